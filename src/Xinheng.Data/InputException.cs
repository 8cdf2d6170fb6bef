namespace Xinheng.Data;

/// <summary>A file that cannot be used at all; <see cref="Problems"/> says what is wrong with it and what to do.</summary>
/// <remarks>
/// Whatever was read from the file before must be thrown away: a fault such as a wrong checksum shows only at the end.
/// Neither the message nor the problems carry content of the file.
/// </remarks>
public sealed class InputException : Exception
{
    internal InputException(IReadOnlyList<Problem> problems, Exception? inner = null)
        : base(string.Join(Environment.NewLine, problems), inner)
    {
        Problems = problems;
    }

    internal InputException(Problem problem, Exception? inner = null)
        : this([problem], inner)
    {
    }

    /// <summary>What is wrong, at least one.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
