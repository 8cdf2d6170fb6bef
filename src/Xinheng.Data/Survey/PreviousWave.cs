using System.Globalization;
using System.Text.Json;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What the folder of an earlier survey knows of people: their tiers, and the scores in which a reliable change can be seen.</summary>
internal sealed class PreviousWave
{
    /// <summary>Largest denominator of a score that is read back: means of so many items are exact.</summary>
    private const int MaxDenominator = 1000;

    private readonly Tier[] _tiers;
    private readonly Dictionary<string, Tier> _others = new(StringComparer.Ordinal);
    private readonly Rational?[][] _scores;

    private PreviousWave(DateOnly date, int members, int scores)
    {
        Date = date;
        _tiers = new Tier[members];
        _scores = [.. Enumerable.Range(0, scores).Select(_ => new Rational?[members])];
    }

    /// <summary>Day of the earlier survey.</summary>
    public DateOnly Date { get; }

    /// <summary>What the reader of the results should know.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Digest of the manifest, which holds those of all files.</summary>
    public ManifestInput Source { get; private set; } = null!;

    /// <summary>Reads an earlier survey.</summary>
    /// <exception cref="InputException">It is no survey, is not earlier, or was changed since it was written.</exception>
    public static PreviousWave Read(SurveyRequest request, Triage triage, Roster roster, Quarantine quarantine)
    {
        var folder = request.Previous!;
        var manifest = ReadManifest(folder, out var bytes);
        if (manifest.Kind != "survey" || !manifest.Options.TryGetValue("asOf", out var day)
            || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw Refused(folder, "not-a-survey", "A folder that no survey wrote", "The output folder of an earlier 'xinheng survey'", "Name that folder");
        }

        if (date >= request.AsOf)
        {
            throw Refused(folder, "not-earlier", $"A survey of {day}", $"One before {request.AsOf:yyyy-MM-dd}", "Name the last wave before this one");
        }

        var wave = new PreviousWave(date, roster.Count, triage.ChangeScores.Count)
        {
            Source = new ManifestInput { File = "previous/manifest.json", Bytes = bytes.Length, ChunkedSha256 = ChunkedSha256.Of(bytes) },
        };
        wave.ReadTiers(Checked(folder, "tiers.csv", manifest), roster, quarantine);
        if (triage.ChangeScores.Count > 0)
        {
            wave.ReadScores(Checked(folder, "scores.csv", manifest), manifest, triage, roster, quarantine);
        }

        return wave;
    }

    /// <summary>Tier of the earlier wave; <see cref="Tier.Unknown"/> = none known.</summary>
    public Tier TierOf(int member, string? unknown) => member >= 0 ? _tiers[member] : unknown is null ? Tier.Unknown : _others.GetValueOrDefault(unknown);

    /// <summary>The facts with what the earlier wave knows.</summary>
    public PersonFacts AddTo(PersonFacts facts, int member, string? unknown) => facts with
    {
        PreviousTier = TierOf(member, unknown),
        PreviousDate = Date,
        PreviousScores = member >= 0 && _scores.Length > 0 ? [.. _scores.Select(column => column[member])] : null,
    };

    private void ReadTiers(string file, Roster roster, Quarantine quarantine)
    {
        using var table = new SideTable(file, quarantine, [(["person"], true), (["tier"], true)]);
        while (table.Read())
        {
            var text = table.Text(1);
            Tier? found = null;
            foreach (var tier in Enum.GetValues<Tier>())
            {
                found = text.SequenceEqual(PolicyText.Of(tier)) ? tier : found;
            }

            if (found is not { } known)
            {
                table.Cell(1, "unreadable", "a tier such as orange");
            }
            else if (roster.IndexOf(table.Text(0)) is >= 0 and var member)
            {
                _tiers[member] = known;
            }
            else if (known > Tier.Green)
            {
                // Whoever left is nobody's concern here, but may answer without standing on the roster.
                _others[table.Text(0).ToString()] = known;
            }
        }
    }

    private void ReadScores(string file, Manifest manifest, Triage triage, Roster roster, Quarantine quarantine)
    {
        var columns = new List<(string[], bool)> { ([manifest.Options.GetValueOrDefault("person") ?? "person"], true) };
        var read = new List<int>();
        foreach (var (id, score) in triage.ChangeScores)
        {
            var instrument = triage.Instruments.First(i => i.Id == id);
            var known = manifest.Definitions.FirstOrDefault(d => d.Id == id);
            if (known?.Sha256 == instrument.Hash)
            {
                read.Add(columns.Count);
                columns.Add(([ScoreColumns.Name(instrument, score)], true));
            }
            else
            {
                read.Add(-1);
                Notices.Add(known is null
                    ? $"no change of {id}: it was not asked in the last wave"
                    : $"no change of {id}: the last wave scored it by another edition of its definition");
            }
        }

        using var table = new SideTable(file, quarantine, columns);
        while (table.Read())
        {
            if (roster.IndexOf(table.Text(0)) is >= 0 and var member)
            {
                for (var i = 0; i < read.Count; i++)
                {
                    _scores[i][member] = read[i] >= 0 && double.TryParse(table.Text(read[i]), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? Fraction(value) : null;
                }
            }
        }
    }

    /// <summary>The fraction that a printed score was: the smallest denominator that comes within the last digits.</summary>
    private static Rational? Fraction(double value)
    {
        for (var denominator = 1; denominator <= MaxDenominator && Math.Abs(value) < 1e9; denominator++)
        {
            var numerator = Math.Round(value * denominator, MidpointRounding.AwayFromZero);
            if (Math.Abs((value * denominator) - numerator) < 1e-9 * Math.Max(1, Math.Abs(numerator)))
            {
                return new Rational((long)numerator, denominator);
            }
        }

        return null;
    }

    private static Manifest ReadManifest(string folder, out byte[] bytes)
    {
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(folder, "manifest.json"));
            return JsonSerializer.Deserialize(bytes, DataJson.Default.Manifest)!;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(folder, "not-a-survey", "No manifest of a survey", "The output folder of an earlier 'xinheng survey'", "Name that folder");
        }
    }

    /// <summary>A file of the earlier survey, unchanged since.</summary>
    private static string Checked(string folder, string name, Manifest manifest)
    {
        var file = Path.Combine(folder, name);
        using var stream = File.Exists(file) ? File.OpenRead(file) : null;
        if (stream is null || ChunkedSha256.Of(stream) != manifest.Outputs.FirstOrDefault(o => o.File == name)?.ChunkedSha256)
        {
            throw Refused(file, "file-changed", stream is null ? "No such file" : "Another content than its manifest says", "The file as the survey wrote it", "Take the folder as it was written");
        }

        return file;
    }

    private static InputException Refused(string file, string code, string found, string expected, string action) =>
        new(new Problem { Code = code, File = file, Found = found, Expected = expected, Action = action });
}
