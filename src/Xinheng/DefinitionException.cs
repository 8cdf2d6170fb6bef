namespace Xinheng;

/// <summary>A definition or another document was refused. Carries every problem that was found in it.</summary>
public sealed class DefinitionException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public DefinitionException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>All problems, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
