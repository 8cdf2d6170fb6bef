namespace Xinheng.Data;

/// <summary>How the answers to one instrument are written in a file. Without any member they are the stored codes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AnswerFormat
{
    /// <summary>
    /// The cells hold the number of the option on the form, and the first option has this number: 1 for survey tools that
    /// count from one. <see langword="null"/> = the cells hold stored codes.
    /// </summary>
    public int? Offset { get; init; }

    /// <summary>The cells may hold the letter of the option: A is the first.</summary>
    public bool Letters { get; init; }

    /// <summary>Text of an option to its stored code.</summary>
    public IReadOnlyDictionary<string, int> Labels { get => field ?? new Dictionary<string, int>(); init; }

    /// <summary>Reads full-width digits and letters as their ASCII forms; how often that was needed is counted.</summary>
    public bool NormalizeWidth { get; init; }
}
