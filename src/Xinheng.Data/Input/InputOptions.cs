namespace Xinheng.Data;

/// <summary>What the caller declares about an input file; all of it may be left out.</summary>
internal sealed record InputOptions
{
    public static InputOptions Default { get; } = new();

    /// <summary>Name of the encoding of a text file; see <see cref="TextEncoding.FromName"/>.</summary>
    public string? Encoding { get; init; }

    /// <summary>Comma, tab or semicolon.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Name of the sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>Takes the values that formulas had when the workbook was saved.</summary>
    public bool CachedFormulas { get; init; }

    /// <summary>Says whether every mapped heading is among these: the evidence for GB18030 where UTF-8 fails.</summary>
    public Func<IReadOnlyList<string>, bool>? HeaderIsKnown { get; init; }

    public InputLimits Limits { get; init; } = InputLimits.Default;
}
