using System.Security.Cryptography;
using Xinheng.Documents;
using Xinheng.Norms;

namespace Xinheng;

/// <summary>A checked norm document, made ready for use: T scores and percentiles of one instrument against one population.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Nothing is guessed: a person whose sex or age is needed and unknown
/// gets no norm score unless the document says on whom to fall back; a percentile comes from a published table only. One
/// person is compared by the same code as a million.
/// </remarks>
public sealed class NormSet
{
    private readonly NormPlan?[][] _plans;
    private readonly int[] _scores;

    private NormSet(NormDocument document, Instrument instrument, string hash)
    {
        Document = document;
        Instrument = instrument;
        Hash = hash;
        Scores = [.. instrument.Scores.Where(s => Norms(s.Id).Any(GivesScores))];
        _scores = [.. Scores.Select(s => instrument.IndexOfScore(s.Id))];
        _plans = [.. Scores.Select(s => NormPlan.Compile(document, s))];
    }

    /// <summary>Everything the document says.</summary>
    public NormDocument Document { get; }

    /// <summary>Kebab-case id of the document.</summary>
    public string Id => Document.Id;

    /// <summary>The instrument the norms are for.</summary>
    public Instrument Instrument { get; }

    /// <summary>SHA-256 of the document in lower-case hexadecimal; results are kept with it.</summary>
    public string Hash { get; }

    /// <summary>Scores with a T or a percentile in at least one group, in the order of the instrument.</summary>
    public IReadOnlyList<ScoreDefinition> Scores { get; }

    /// <summary>Loads and checks a norm document.</summary>
    /// <param name="utf8">Content of the file; a byte-order mark is skipped.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="instruments">Where the instrument of the norms is looked up.</param>
    /// <param name="expectedHash">Hash the file must have, lower-case hexadecimal; <see langword="null"/> = any.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static NormSet Load(ReadOnlySpan<byte> utf8, string file, InstrumentCatalog instruments, string? expectedHash = null) =>
        TryLoad(utf8, file, instruments, out var norms, out var problems, expectedHash) ? norms! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a norm document; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(
        ReadOnlySpan<byte> utf8, string file, InstrumentCatalog instruments, out NormSet? norms, out IReadOnlyList<Problem> problems, string? expectedHash = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(instruments);
        norms = null;
        var report = new ProblemReport(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(utf8));
        if (expectedHash is not null && hash != expectedHash)
        {
            report.Add("digest", "$", "the content of the file has changed", $"SHA-256 {expectedHash}", "Restore the file, or accept the new version by its new hash");
        }

        var document = DocumentReader.TryRead(utf8, report, XinhengJson.Default.NormDocument);
        var instrument = document is null ? null : instruments.Find(document.Instrument);
        if (document is not null)
        {
            NormCheck.Run(document, instrument, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || document is null || instrument is null)
        {
            return false;
        }

        norms = new NormSet(document, instrument, hash);
        return true;
    }

    /// <summary>Checks norms that were built in code. Their hash is that of their JSON form.</summary>
    /// <exception cref="DefinitionException">The norms are refused; the exception carries all their problems.</exception>
    public static NormSet Create(NormDocument document, InstrumentCatalog instruments)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Load(DocumentReader.Write(document, XinhengJson.Default.NormDocument), document.Id, instruments);
    }

    /// <summary>Position of a covered score in <see cref="Scores"/>, or -1.</summary>
    public int IndexOfScore(string id)
    {
        for (var i = 0; i < Scores.Count; i++)
        {
            if (Scores[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Stability of the scores, for reliable change: those of which all groups with a standard deviation and a test-retest
    /// correlation give the same. Where groups differ there is none, for a policy judges a change without looking for a group.
    /// </summary>
    public IReadOnlyList<RetestReliability> RetestReliabilities =>
    [
        .. Document.Groups.SelectMany(g => g.Scores).Where(s => s is { Sd: not null, TestRetest: not null })
            .Select(s => new RetestReliability { Instrument = Instrument.Id, Score = s.Score, StandardDeviation = s.Sd!.Value, Correlation = s.TestRetest!.R })
            .GroupBy(s => s.Score, StringComparer.Ordinal)
            .Where(same => same.Distinct().Count() == 1)
            .Select(same => same.First()),
    ];

    /// <summary>Whether any group gives a T for the score.</summary>
    public bool HasT(string score) => Norms(score).Any(n => n.Mean is not null || GivesT(n.Table));

    /// <summary>Whether any group gives a percentile for the score.</summary>
    public bool HasPercentile(string score) => Norms(score).Any(n => n.Table is { } table && table.Rows.Any(r => r.Percentile is not null));

    /// <summary>Compares the scores of one person with the norms.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="person">What is known of the person; nothing by default.</param>
    /// <exception cref="ArgumentException">The scores are of another instrument.</exception>
    public NormReport Apply(ScoreReport report, Respondent person = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        Demand(report.Instrument, nameof(report));
        var group = GroupOf(person);
        var results = new NormResult[Scores.Count];
        for (var s = 0; s < results.Length; s++)
        {
            var status = Apply(s, group, report.Scores[_scores[s]].Exact, out var used, out var t, out var percentile);
            results[s] = new NormResult
            {
                Score = Scores[s].Id,
                Status = status,
                Group = used == NormBlock.NoGroup ? null : Document.Groups[used],
                T = double.IsNaN(t) ? null : t,
                Percentile = double.IsNaN(percentile) ? null : percentile,
            };
        }

        return new NormReport(this, results);
    }

    /// <summary>Compares the scores of a block of people with the norms. Allocates nothing.</summary>
    /// <param name="people">The block that holds sex and age of the people.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="results">Where the norm scores go.</param>
    /// <exception cref="ArgumentException">A block belongs to another instrument or other norms, holds other people, or has no room.</exception>
    public void ApplyBatch(AnswerBlock people, ScoreBlock scores, NormBlock results)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(results);
        Demand(people.Instrument, nameof(people));
        Demand(scores.Instrument, nameof(scores));
        if (results.Norms != this)
        {
            throw new ArgumentException($"The block belongs to other norms than '{Id}'.", nameof(results));
        }

        if (people.Count != scores.Count || results.Capacity < scores.Count)
        {
            throw new ArgumentException($"There are {people.Count} people, {scores.Count} scored, and room for {results.Capacity} results.", nameof(results));
        }

        results.Count = scores.Count;
        for (var person = 0; person < scores.Count; person++)
        {
            results.MatchedGroup[person] = GroupOf(people.GetPerson(person));
        }

        for (var s = 0; s < _scores.Length; s++)
        {
            for (var person = 0; person < scores.Count; person++)
            {
                results.StatusColumns[s][person] = Apply(
                    s,
                    results.MatchedGroup[person],
                    scores.ExactValue(_scores[s], person),
                    out results.GroupColumns[s][person],
                    out results.TColumns[s][person],
                    out results.PercentileColumns[s][person]);
            }
        }
    }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{Id} {Document.Version}";

    /// <summary>Whether a norm gives T scores or percentiles, and not reliability figures alone.</summary>
    internal static bool GivesScores(NormScore norm) => norm.Mean is not null || norm.Table is not null;

    private static bool GivesT(NormTable? table) => table is not null && table.Rows.Any(r => r.T is not null);

    private IEnumerable<NormScore> Norms(string score) => Document.Groups.SelectMany(g => g.Scores).Where(s => s.Score == score);

    private void Demand(Instrument instrument, string parameter)
    {
        if (instrument != Instrument)
        {
            throw new ArgumentException($"Norms '{Id}' are for instrument '{Instrument.Id}' as it was when they were loaded.", parameter);
        }
    }

    private byte GroupOf(Respondent person)
    {
        for (var g = 0; g < Document.Groups.Count; g++)
        {
            if (Document.Groups[g].Includes(person))
            {
                return (byte)g;
            }
        }

        return NormBlock.NoGroup;
    }

    private NormStatus Apply(int score, byte group, Rational? value, out byte used, out double t, out double percentile)
    {
        (used, t, percentile) = (NormBlock.NoGroup, double.NaN, double.NaN);
        var none = group == NormBlock.NoGroup;
        if (none && Document.Fallback.Count == 0)
        {
            return NormStatus.NoGroup;
        }

        if (_plans[score][none ? ^1 : group] is not { } plan)
        {
            return NormStatus.NoNorm;
        }

        used = plan.Group;
        return value is { } exact ? plan.Apply(exact, out t, out percentile) : NormStatus.NoScore;
    }
}
