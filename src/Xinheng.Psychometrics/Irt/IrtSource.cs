namespace Xinheng.Psychometrics;

/// <summary>Where item parameters come from.</summary>
/// <remarks>Immutable and thread-safe. Class; every member may be absent.</remarks>
public sealed record IrtSource
{
    /// <summary>Id of the instrument, for example <c>phq-9</c>.</summary>
    public string? Instrument { get; init; }

    /// <summary>Version of its definition.</summary>
    public string? InstrumentVersion { get; init; }

    /// <summary>SHA-256 of its definition.</summary>
    public string? InstrumentHash { get; init; }

    /// <summary>Score whose items these are, for example <c>total</c>.</summary>
    public string? Score { get; init; }

    /// <summary>Items whose answers were turned round before, where no instrument says so.</summary>
    public IReadOnlyList<string>? Reversed { get; init; }

    /// <summary>Number of people used.</summary>
    public long? People { get; init; }

    /// <summary>How the parameters were estimated.</summary>
    public string? Method { get; init; }

    /// <summary>Log-likelihood at the parameters.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Publication the parameters are taken from.</summary>
    public string? Citation { get; init; }
}
