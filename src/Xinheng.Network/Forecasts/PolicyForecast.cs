namespace Xinheng.Network;

/// <summary>What a policy would lead to: people by tier, hours of talk, and whether the first five school days can hold them.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. Class; no default state. Screening results, no diagnoses; nothing in it is about one person.</para>
/// <para>
/// Everybody is in one of three groups. <b>Decided</b>: people with answers, and people without whom a report raised; of the
/// latter the tier can still rise. <b>Waiting</b>: eligible members without either. They are predicted from those with answers.
/// <b>Left out</b>: members on leave, and people off the roster, without either.
/// </para>
/// <para>
/// Prediction: of n people with answers x are of a tier. The shares of the six tiers have Jeffreys' prior for a multinomial,
/// Dirichlet(1/2, ..., 1/2) (Jeffreys 1946, Proc. R. Soc. A 186(1007), 453-461; Gelman et al., Bayesian Data Analysis, 3rd
/// ed., sections 2.8 and 3.4). So the tier's share is Beta(x + 1/2, n - x + 5/2), and the number among m people waiting is
/// beta-binomial with the mean m (x + 1/2) / (n + 3), exact here; the means of all tiers add up to m. With a prior of its own
/// for each tier they would not. The interval leaves 5 % at most on either side.
/// </para>
/// <para>
/// <b>The interval is too narrow for a pilot of whole classes.</b> It takes the people with answers for a random part of all;
/// people of one class resemble each other, and those who answer late or not at all differ from those who answer at once.
/// </para>
/// </remarks>
public sealed class PolicyForecast
{
    private const double Tail = 0.05;

    /// <summary>From what must not wait to what is unknown.</summary>
    private static readonly Tier[] Order = [Tier.Red, Tier.Orange, Tier.Yellow, Tier.Blue, Tier.Green, Tier.Unknown];

    private PolicyForecast(Policy policy, DateOnly asOf, int answered, int waiting, int leftOut, TierForecast[] tiers, FirstSchoolDays? firstDays)
    {
        (Policy, AsOf, Answered, Waiting, LeftOut, FirstDays) = (policy, asOf, answered, waiting, leftOut, firstDays);
        Tiers = Array.AsReadOnly(tiers);
        Hours = tiers.Aggregate(default(Rational), (sum, tier) => sum + tier.Hours);
    }

    /// <summary>The policy that would decide.</summary>
    public Policy Policy { get; }

    /// <summary>Day of the survey.</summary>
    public DateOnly AsOf { get; }

    /// <summary>People with answers, those off the roster included: what the prediction rests on. At least 1.</summary>
    public int Answered { get; }

    /// <summary>Eligible members without answers whom no report raised: predicted.</summary>
    public int Waiting { get; }

    /// <summary>Members on leave and people off the roster, without answers and without a report that raises them: in no number here.</summary>
    public int LeftOut { get; }

    /// <summary>People in the forecast: decided and waiting. The expected people of all tiers add up to it.</summary>
    public int People => Tiers.Sum(tier => tier.Decided) + Waiting;

    /// <summary>The six tiers: red, orange, yellow, blue, green, unknown.</summary>
    public IReadOnlyList<TierForecast> Tiers { get; }

    /// <summary>Hours of talk with everybody expected, whenever they are due.</summary>
    public Rational Hours { get; }

    /// <summary>The first five school days; <see langword="null"/> when the calendar has fewer from the day of the survey on.</summary>
    public FirstSchoolDays? FirstDays { get; }

    /// <summary>One tier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tier is not defined.</exception>
    public TierForecast this[Tier tier] => tier <= Tier.Red ? Tiers[Array.IndexOf(Order, tier)] : throw new ArgumentOutOfRangeException(nameof(tier));

    /// <summary>Forecasts from people whom a policy has decided on trial.</summary>
    /// <param name="state">Where everybody stands by the policy, those without answers decided by what was reported of them.</param>
    /// <param name="triage">The policy that decided them, with its battery.</param>
    /// <param name="calendar">School days, from which due times follow; the clock starts when the day of the survey does.</param>
    /// <param name="counsellorHoursPerDay">Hours of one school day of all who talk with these people together, above 0, at most 1,000,000, with at most two decimals; <see langword="null"/> = not known: no red line.</param>
    /// <exception cref="ArgumentException">The roster is of another population than the policy, or nobody has answered: there is nothing to predict from.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The hours are not such a number.</exception>
    public static PolicyForecast Create(NetworkState state, Triage triage, SchoolCalendar calendar, Rational? counsellorHoursPerDay = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(triage);
        ArgumentNullException.ThrowIfNull(calendar);
        if (counsellorHoursPerDay is { } hours && (hours <= 0 || hours > 1_000_000 || 100 % hours.Denominator != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(counsellorHoursPerDay), "Counsellor hours of a school day are a number above 0, at most 1000000, with at most two decimals.");
        }

        CheckPopulation(state, triage);
        var counts = new Counts(state, triage, calendar);
        if (counts.Answered == 0)
        {
            throw new ArgumentException("Nobody has answered: there is nothing to predict from. Forecast from the answers of some classes.", nameof(state));
        }

        var tiers = Order.Select(tier => Forecast(tier, counts, triage.Policy.Definition)).ToArray();
        return new(triage.Policy, state.Roster.AsOf, counts.Answered, counts.Waiting, counts.LeftOut, tiers, counts.Days is [var first, .., var last]
            ? new FirstSchoolDays
            {
                From = first,
                Until = last,
                People = tiers.Aggregate(default(Rational), (sum, tier) => sum + tier.DueInFirstDays!.Value),
                Hours = tiers.Aggregate(default(Rational), (sum, tier) => sum + tier.HoursInFirstDays!.Value),
                CounsellorHoursPerDay = counsellorHoursPerDay,
            }
            : null);
    }

    /// <summary>The policy.</summary>
    public override string ToString() => $"forecast of {Policy}";

    internal static void CheckPopulation(NetworkState state, Triage triage)
    {
        if (state.Roster.Population != triage.Policy.Definition.Population)
        {
            throw new ArgumentException($"The policy '{triage.Policy}' is for another population than the roster.", nameof(triage));
        }
    }

    private static TierForecast Forecast(Tier tier, Counts counts, PolicyDefinition policy)
    {
        var (n, x, m) = (counts.Answered, counts.ByAnswers[(int)tier], counts.Waiting);
        var (low, high) = BetaBinomial.Interval(m, x + 0.5, n - x + ((Order.Length - 1) / 2.0), Tail);
        return new TierForecast
        {
            Tier = tier,
            Decided = counts.Decided[(int)tier],
            Expected = counts.Decided[(int)tier] + Predicted(x, 1),
            Low = counts.Decided[(int)tier] + low,
            High = counts.Decided[(int)tier] + high,
            MinutesPerPerson = policy.MinutesPerPerson.GetValueOrDefault(tier),

            // The prior's half person is due in the first days where anything that leads to the tier is: rather too soon.
            DueInFirstDays = counts.Days.Count == 0 ? null : counts.Due[(int)tier] + Predicted(counts.DueByAnswers[(int)tier], counts.CanBeDue(tier) ? 1 : 0),
        };

        Rational Predicted(int people, int halves) => new((long)m * ((2L * people) + halves), (2L * n) + Order.Length);
    }

    /// <summary>Who is what, by tier, and for whom something is due in the first days.</summary>
    private sealed class Counts
    {
        private readonly Triage _triage;
        private readonly SchoolCalendar _calendar;
        private readonly DateTimeOffset _start;
        private readonly Dictionary<ResponseTime, bool> _due = [];

        public Counts(NetworkState state, Triage triage, SchoolCalendar calendar)
        {
            (_triage, _calendar, _start) = (triage, calendar, calendar.StartOf(state.Roster.AsOf));
            Days = calendar.SchoolDaysFrom(state.Roster.AsOf, FirstSchoolDays.Count) is { Count: FirstSchoolDays.Count } days ? days : [];
            for (var member = 0; member < state.Roster.Count; member++)
            {
                Add(state[member], state.Roster[member].IsEligible);
            }

            foreach (var person in state.Unassigned())
            {
                Add(person.State, canAnswer: false);
            }
        }

        /// <summary>The five school days; empty where the calendar has fewer.</summary>
        public IReadOnlyList<DateOnly> Days { get; }

        public int Answered { get; private set; }

        public int Waiting { get; private set; }

        public int LeftOut { get; private set; }

        public int[] Decided { get; } = new int[Order.Length];

        public int[] Due { get; } = new int[Order.Length];

        /// <summary>Those of <see cref="Decided"/> with answers.</summary>
        public int[] ByAnswers { get; } = new int[Order.Length];

        /// <summary>Those of <see cref="Due"/> with answers.</summary>
        public int[] DueByAnswers { get; } = new int[Order.Length];

        /// <summary>Whether anything that leads to the tier, or leaves it unknown, is due in the first days.</summary>
        public bool CanBeDue(Tier tier) => tier == Tier.Unknown
            ? _triage.Policy.Definition.Tasks.Any(task => IsDue(task.Within))
            : _triage.Policy.Definition.Rules.Any(rule => rule.Tier == tier && IsDue(rule.Within));

        private void Add(in PersonState person, bool canAnswer)
        {
            var tier = (int)person.CountedTier;
            if (!person.Answered && tier == (int)Tier.Unknown)
            {
                Waiting += canAnswer ? 1 : 0;
                LeftOut += canAnswer ? 0 : 1;
                return;
            }

            var due = _triage.Policy.UrgencyOf(person.Outcome) is { } within && IsDue(within) ? 1 : 0;
            Decided[tier]++;
            Due[tier] += due;
            if (person.Answered)
            {
                Answered++;
                ByAnswers[tier]++;
                DueByAnswers[tier] += due;
            }
        }

        /// <summary>Whether a time that starts with the survey ends on the fifth school day or before. What is due that night counts.</summary>
        private bool IsDue(ResponseTime within)
        {
            if (!_due.TryGetValue(within, out var due))
            {
                _due[within] = due = Days is [.., var last] && DateOnly.FromDateTime(_calendar.DueAt(within, _start).DateTime) <= last;
            }

            return due;
        }
    }
}
