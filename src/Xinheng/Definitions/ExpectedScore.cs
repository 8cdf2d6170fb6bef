namespace Xinheng;

/// <summary>What a <see cref="WorkedExample"/> expects of one score. A member that is not given is not checked, but for the status.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExpectedScore
{
    /// <summary>Exact value; <see langword="null"/> = no score, unless the status says that there is one.</summary>
    public Rational? Value { get; init; }

    /// <summary>Band id.</summary>
    public string? Band { get; init; }

    /// <summary>Status; <see langword="null"/> in the file means that the score is complete: <c>ok</c>, or <c>unconfirmed</c> where the definition is.</summary>
    public ScoreStatus? Status { get; init; }

    /// <summary>Lowest value still possible under the missing answers.</summary>
    public Rational? Lowest { get; init; }

    /// <summary>Highest value still possible under the missing answers.</summary>
    public Rational? Highest { get; init; }
}
