namespace Xinheng.Network;

/// <summary>An instrument about schools whose bands say of each target whether it is met.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state.</remarks>
public sealed class ProvisionChecklist
{
    private static readonly Dictionary<string, ProvisionState> States = new(StringComparer.Ordinal)
    {
        ["met"] = ProvisionState.Met, ["partly"] = ProvisionState.Partly, ["not-met"] = ProvisionState.NotMet,
    };

    private readonly int[] _scores;

    private ProvisionChecklist(Instrument instrument, int[] scores)
    {
        Instrument = instrument;
        _scores = scores;
        Targets = [.. scores.Select(score => instrument.Scores[score])];
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The targets in the order of the instrument: its scores with the bands <c>met</c>, <c>not-met</c> and, where there are halves, <c>partly</c>.</summary>
    public IReadOnlyList<ScoreDefinition> Targets { get; }

    /// <summary>The checklist that an instrument is.</summary>
    /// <exception cref="ArgumentException">The instrument is not about schools, or has no score with these bands.</exception>
    public static ProvisionChecklist Of(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        int[] scores = [.. Enumerable.Range(0, instrument.Scores.Count).Where(score => instrument.Scores[score].Bands is [{ For: null } set] && IsTarget([.. set.Starts.Select(b => b.Id)]))];
        return instrument.Definition.Population.Subject == Subject.School && scores.Length > 0
            ? new(instrument, scores)
            : throw new ArgumentException($"Instrument '{instrument.Id}' is no checklist of schools: it is about schools and has scores with the bands met, partly and not-met.", nameof(instrument));
    }

    /// <summary>What a school meets, in the order of <see cref="Targets"/>.</summary>
    /// <param name="report">The school's answers, scored.</param>
    /// <exception cref="ArgumentException">The report is of another instrument.</exception>
    public IReadOnlyList<ProvisionState> Read(ScoreReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Instrument == Instrument ? Read(report.Block, 0) : throw new ArgumentException($"The report is of '{report.Instrument.Id}', not of '{Instrument.Id}'.", nameof(report));
    }

    internal ProvisionState[] Read(ScoreBlock block, int school)
    {
        var states = new ProvisionState[_scores.Length];
        for (var target = 0; target < states.Length; target++)
        {
            if (block.Bands(_scores[target])[school] is var band && band != ScoreBlock.NoBand)
            {
                states[target] = States[Targets[target].Bands[0].Starts[band].Id];
            }
        }

        return states;
    }

    private static bool IsTarget(string[] bands) => bands.Contains("met") && bands.Contains("not-met") && bands.All(States.ContainsKey);
}
