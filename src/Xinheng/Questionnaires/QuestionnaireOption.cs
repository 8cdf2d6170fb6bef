namespace Xinheng;

/// <summary>One option of an item as it is shown.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record QuestionnaireOption
{
    /// <summary>The code that is stored when the person chooses it.</summary>
    public required int Code { get; init; }

    /// <summary>The text; without a wording the neutral name or, where there is none, the code.</summary>
    public required string Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is the wording and not a stand-in.</summary>
    public required bool IsWorded { get; init; }

    /// <summary>The code.</summary>
    public override string ToString() => $"code {Code}";
}
