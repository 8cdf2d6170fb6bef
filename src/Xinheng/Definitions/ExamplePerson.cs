namespace Xinheng;

/// <summary>The person of a <see cref="WorkedExample"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExamplePerson
{
    /// <summary>Age in completed years.</summary>
    public int? Age { get; init; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }
}
