namespace Xinheng;

/// <summary>An answer as a <see cref="WorkedExample"/> writes it: a code or quantity (<c>3</c>, <c>6.5</c>), a time (<c>"23:30"</c>), <c>null</c> for a blank, or a reason such as <c>"refused"</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Text">The answer as text, empty for a blank.</param>
public readonly record struct AnswerLiteral(string Text)
{
    /// <summary>No answer.</summary>
    public static AnswerLiteral Blank => new("");
}
