namespace Xinheng.Network;

/// <summary>Two policies on the same people: who would have which tier by each, and who would change.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. Screening results, no diagnoses.</remarks>
public sealed class PolicyComparison
{
    private const int Tiers = (int)Tier.Red + 1;

    private readonly int[] _counts = new int[Tiers * Tiers];

    private PolicyComparison(Policy first, Policy second)
    {
        (First, Second) = (first, second);
    }

    /// <summary>The policy to change from.</summary>
    public Policy First { get; }

    /// <summary>The policy to change to.</summary>
    public Policy Second { get; }

    /// <summary>Everybody: members of the roster and people off it, with answers or without.</summary>
    public int People => _counts.Sum();

    /// <summary>People with a higher tier by the second policy, see <see cref="TierChange.IsHigher"/>.</summary>
    public int Higher { get; private set; }

    /// <summary>People with a lower tier by the second policy.</summary>
    public int Lower => Changes.Count - Higher;

    /// <summary>Who changes: members in the order of the roster, then people off the roster.</summary>
    public IReadOnlyList<TierChange> Changes { get; private set; } = [];

    /// <summary>People with one tier by the first policy and one by the second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tier is not defined.</exception>
    public int this[Tier first, Tier second] => first <= Tier.Red && second <= Tier.Red ? _counts[Cell(first, second)] : throw new ArgumentOutOfRangeException(first > Tier.Red ? nameof(first) : nameof(second));

    /// <summary>Compares two policies on the same scored people.</summary>
    /// <param name="first">Where everybody stands by the first policy.</param>
    /// <param name="firstTriage">The first policy.</param>
    /// <param name="second">Where everybody stands by the second policy, on the same roster and the same answers.</param>
    /// <param name="secondTriage">The second policy.</param>
    /// <exception cref="ArgumentException">The policies are of different populations, or the states of different people or answers.</exception>
    public static PolicyComparison Create(NetworkState first, Triage firstTriage, NetworkState second, Triage secondTriage)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(firstTriage);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(secondTriage);
        PolicyForecast.CheckPopulation(first, firstTriage);
        PolicyForecast.CheckPopulation(second, secondTriage);
        var (strangers, others) = (first.Unassigned(), second.Unassigned());
        if (!ReferenceEquals(first.Roster, second.Roster) || !strangers.Select(s => s.Person).SequenceEqual(others.Select(s => s.Person)))
        {
            throw new ArgumentException("Two policies are compared on one roster and the same people.", nameof(second));
        }

        var comparison = new PolicyComparison(firstTriage.Policy, secondTriage.Policy);
        var changes = new List<TierChange>();
        var (firstRules, secondRules) = (new Dictionary<ulong, IReadOnlyList<string>>(), new Dictionary<ulong, IReadOnlyList<string>>());
        for (var member = 0; member < first.Roster.Count; member++)
        {
            Add(member, null, first[member], second[member]);
        }

        for (var i = 0; i < strangers.Count; i++)
        {
            Add(-1, strangers[i].Person, strangers[i].State, others[i].State);
        }

        comparison.Changes = changes.AsReadOnly();
        comparison.Higher = changes.Count(change => change.IsHigher);
        return comparison;

        void Add(int member, string? stranger, in PersonState by, in PersonState with)
        {
            if (by.Validity != with.Validity)
            {
                throw new ArgumentException("Two policies are compared on the same answers.", nameof(second));
            }

            comparison._counts[Cell(by.CountedTier, with.CountedTier)]++;
            if (by.CountedTier != with.CountedTier)
            {
                changes.Add(new TierChange
                {
                    Person = stranger ?? first.Roster.Person(member), From = by.CountedTier, To = with.CountedTier,
                    FromRules = Rules(firstTriage, firstRules, by.Outcome.Fired), ToRules = Rules(secondTriage, secondRules, with.Outcome.Fired),
                });
            }
        }
    }

    /// <summary>The policies.</summary>
    public override string ToString() => $"{First} and {Second}";

    private static int Cell(Tier first, Tier second) => ((int)first * Tiers) + (int)second;

    private static IReadOnlyList<string> Rules(Triage triage, Dictionary<ulong, IReadOnlyList<string>> known, ulong fired) =>
        known.TryGetValue(fired, out var rules) ? rules : known[fired] = triage.Policy.RulesOf(fired).Select(rule => rule.Id).ToList().AsReadOnly();
}
