namespace Xinheng.Cli.Demo;

/// <summary>The declared model of the synthetic province: latent variables, units, items, and the rates of everything that goes wrong.</summary>
/// <remarks>
/// Five correlated latent variables, each with mean 0 and variance 1 in the province. Their variance is the sum of a
/// school, a class, a dormitory, a sex and an individual part; the correlations are those of the whole. Answers follow
/// Samejima's graded-response model (1969, Psychometrika Monograph 17) on the scale of the item's own set: theta = mean + SD * latent.
/// </remarks>
internal static class ProvinceModel
{
    public const int Version = 1;

    public const int Latents = 5;

    public const decimal SchoolShare = 0.06m;
    public const decimal ClassShare = 0.03m;
    public const decimal DormitoryShare = 0.02m;

    /// <summary>Girls stand this much higher than boys on every latent variable but the last.</summary>
    public const decimal SexDifference = 0.30m;

    public const int StudentsPerSchool = 1430;
    public const int StudentsPerClass = 45;
    public const int BedsPerDormitory = 8;

    /// <summary>Rates in ten thousandths: of people, or of cells.</summary>
    public const int BoardingRate = 6800;
    public const int LeftBehindRate = 3200;
    public const int OlderEntrantRate = 3000;
    public const int SkipperRate = 1500;
    public const int SkippedCellRate = 400;
    public const int CriticalBlankRate = 100;

    public static IReadOnlyList<string> LatentNames { get; } = ["depression", "anxiety", "distress", "school-anxiety", "desirability"];

    public static decimal[][] Correlations { get; } =
    [
        [1, 0.75m, 0.80m, 0.55m, -0.15m],
        [0.75m, 1, 0.78m, 0.65m, -0.15m],
        [0.80m, 0.78m, 1, 0.60m, -0.15m],
        [0.55m, 0.65m, 0.60m, 1, -0.15m],
        [-0.15m, -0.15m, -0.15m, -0.15m, 1],
    ];

    /// <summary>
    /// Which items follow which latent variable with whose parameters. The means are shifted from the samples the
    /// parameters were estimated on until the prevalence is plausible for a screening; they are declared, not estimated.
    /// </summary>
    public static IReadOnlyList<ModelPart> Parts { get; } =
    [
        new("phq-9", 0, "phq9-nhanes", -1.9m, 1.0m, [.. Enumerable.Range(1, 9)]),
        new("gad-7", 1, "dass42-anxiety", -1.2m, 1.0m, [.. Enumerable.Range(1, 7)]),
        new("scl-90", 0, "promis-depression", -0.2m, 1.0m, [5, 14, 20, 22, 26, 29, 30, 31, 32, 54, 71, 79]),
        new("scl-90", 1, "promis-anxiety", -0.2m, 1.0m, [2, 17, 23, 33, 39, 57, 72, 78, 80, 86, 13, 25, 47, 50, 70, 75, 82]),
        new("scl-90", 2, "pclc-wenchuan", -1.8m, 1.0m,
        [
            1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 18, 19, 21, 24, 27, 28, 34, 35, 36, 37, 38, 40, 41, 42, 43, 44, 45, 46, 48,
            49, 51, 52, 53, 55, 56, 58, 60, 61, 62, 64, 65, 66, 67, 68, 69, 73, 74, 76, 77, 81, 83, 84, 85, 87, 88, 89, 90,
        ]),
        // Items that ask of death, of harming others and of voices have parameters of their own: dealt ones would make half
        // the province an emergency. A graded item cut at one threshold is a two-parameter item, exactly.
        new("scl-90", 0, "promis-depression", -0.6m, 1.0m, [15, 59]) { Item = "EDDEP39" },
        new("scl-90", 2, "pclc-wenchuan", -1.8m, 1.0m, [16, 63]) { Item = "numb" },
        new("mht", 3, "tma", -1.4m, 0.9m, [.. Enumerable.Range(1, 81), 83, 87, 89, 91, 93, 95, 99]),
        new("mht", 0, "phq9-nhanes", -1.9m, 1.0m, [85]) { Item = "q9", Threshold = 1 },
        new("mht", 0, "phq9-nhanes", -1.9m, 1.0m, [97]) { Item = "q9", Threshold = 2 },
        new("mht", 4, "tma", -1.8m, 0.7m, [82, 84, 86, 88, 90, 92, 94, 96, 98, 100]),
    ];

    /// <summary>Scales in the order of the file: id, items, lowest and highest code.</summary>
    public static IReadOnlyList<ModelScale> Scales { get; } =
        [new("phq-9", 9, 0, 3), new("gad-7", 7, 0, 3), new("scl-90", 90, 1, 5), new("mht", 100, 0, 1)];

    /// <summary>Items some leave blank because of what they ask.</summary>
    public static IReadOnlyList<string> CriticalColumns { get; } = ["phq9_9", "scl90_15", "scl90_59", "mht_85", "mht_97"];

    /// <summary>
    /// What becomes of a person, first match wins: in every block of so many people on the roster one, at a place that is
    /// drawn anew for the block.
    /// </summary>
    public static IReadOnlyList<(Fate Fate, Purpose Purpose, int OneIn)> Fates { get; } =
    [
        (Fate.TruncatedRow, Purpose.TruncatedRow, 1000),
        (Fate.UnreadableCell, Purpose.UnreadableCell, 500),
        (Fate.LetterInCell, Purpose.LetterInCell, 500),
        (Fate.CodeOutOfRange, Purpose.CodeOutOfRange, 300),
        (Fate.ConflictingDuplicate, Purpose.ConflictingDuplicate, 250),
        (Fate.IdenticalDuplicate, Purpose.IdenticalDuplicate, 200),
        (Fate.NotStarted, Purpose.NotStarted, 250),
        (Fate.LeftSchool, Purpose.LeftSchool, 300),
        (Fate.NoConsent, Purpose.NoConsent, 100),
        (Fate.StraightLine, Purpose.StraightLine, 80),
        (Fate.RandomAnswers, Purpose.RandomAnswers, 80),
        (Fate.DropOut, Purpose.DropOut, 70),
        (Fate.Absent, Purpose.Absent, 20),
    ];

    /// <summary>One in so many people on the roster has somebody answering beside them who is not on it.</summary>
    public const int UnknownOneIn = 400;

    /// <summary>Events: one candidate in so many people, kept where depression stands at or above a limit.</summary>
    public static IReadOnlyList<ModelEvent> Events { get; } =
    [
        new("hospital-return", "hospital", Purpose.HospitalReturn, 60, 1.2m),
        new("bereavement", "homeroom-teacher", Purpose.Bereavement, 400, null),
        new("teacher-report", "homeroom-teacher", Purpose.TeacherReport, 40, 1.0m),
        new("peer-report", "peer", Purpose.PeerReport, 60, 1.0m),
        new("self-report", "self", Purpose.SelfReport, 80, 0.8m),
    ];
}

/// <summary>Items of one scale that follow one latent variable with the parameters of one set, dealt in order.</summary>
internal sealed record ModelPart(string Scale, int Latent, string Set, decimal Mean, decimal Sd, IReadOnlyList<int> Items)
{
    /// <summary>The one item of the set that is used for all; <see langword="null"/> = the set is dealt in order.</summary>
    public string? Item { get; init; }

    /// <summary>The one threshold of the item that is used, from 1; <see langword="null"/> = all.</summary>
    public int? Threshold { get; init; }

    /// <summary>The parameters as they are dealt.</summary>
    public IReadOnlyList<ItemParameter> Dealt =>
    [
        .. ItemParameters.Default[Set].Items
            .Where(i => Item is null || i.Item == Item)
            .Select(i => Threshold is { } k ? i with { Item = $"{i.Item}, threshold {k}", B = [i.B[k - 1]] } : i),
    ];
}

/// <summary>One scale of the battery.</summary>
internal sealed record ModelScale(string Id, int Items, int Lowest, int Highest)
{
    public string Prefix { get; } = Id.Replace("-", "", StringComparison.Ordinal);
}

/// <summary>One kind of event.</summary>
internal sealed record ModelEvent(string Kind, string Source, Purpose Purpose, int OneIn, decimal? DepressionFrom);
