using System.Globalization;
using System.Text.Json;
using Xinheng.Cli.Demo;

namespace Xinheng.Benchmarks.Recovery;

/// <summary>What an estimation found.</summary>
internal sealed record RecoveryResult(int People, int Schools, IReadOnlyList<RecoveryRow> Rows);

/// <summary>Makes a synthetic province, forgets the model, estimates it from the files, and compares with <c>truth.json</c>.</summary>
/// <remarks>
/// <para>
/// Careless, broken, repeated and unknown rows are left out by the truth: the question is whether the generator draws from
/// the model it declares, not whether a validity check finds such rows.
/// </para>
/// <para>
/// A fit cannot know the latent mean and standard deviation of the people it sees and takes them for 0 and 1; in a few
/// schools they are not. What went in is therefore put on the scale of the realised people: a * sd and (b - mean) / sd, and the
/// correlation that was realised. The intraclass correlations are compared with the declared ones; their error is that of
/// drawing so few schools.
/// </para>
/// </remarks>
internal static class RecoveryRun
{
    /// <summary>The columns of three scales, each following one latent variable alone.</summary>
    private static readonly (string Scale, int Latent)[] Scales = [("phq-9", 0), ("gad-7", 1), ("mht", 3)];

    public static void Make(string folder, int students, ulong seed) => DemoProvince.Write(new DemoOptions(students, seed, folder));

    public static RecoveryResult Estimate(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json")));
        var realised = truth.RootElement.GetProperty("realised").GetProperty("clean");
        var (schools, rows) = Read(folder, truth.RootElement);
        var fits = Scales.Select(s => Fit(rows, s)).ToArray();
        List<RecoveryRow> table = [.. Items(fits[0], Columns(Scales[0]), truth.RootElement, realised)];
        for (var i = 0; i < Scales.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (value, error) = LatentCorrelation.Estimate(fits[i], fits[j], rows.Length);
                var went = realised.GetProperty("correlations")[Scales[i].Latent][Scales[j].Latent].GetDouble();
                table.Add(new RecoveryRow($"latent correlation {Scales[j].Scale}, {Scales[i].Scale}", went, value, error));
            }
        }

        var columns = Columns(Scales[0]);
        var declared = truth.RootElement.GetProperty("latent").GetProperty("intraclass").GetProperty("school").GetDouble();
        var sums = rows.Zip(schools)
            .Where(r => columns.All(c => r.First[c] != DemoItems.Blank))
            .Select(r => (r.Second, (double)columns.Sum(c => r.First[c])));
        var ofSum = Intraclass.Anova(sums);
        var items = columns.Select(c => Declared(truth.RootElement, DemoItems.Default.Columns[c])).ToArray();
        table.Add(new RecoveryRow("school intraclass, phq-9 sum (ANOVA)", Intraclass.OfSum(items, declared), ofSum.Value, ofSum.StandardError));
        var latent = Intraclass.Latent(fits[0].Items, ofSum);
        table.Add(new RecoveryRow("school intraclass, latent depression", declared, latent.Value, latent.StandardError));
        return new RecoveryResult(rows.Length, schools.Distinct().Count(), table);
    }

    private static int[] Columns((string Scale, int Latent) scale) =>
    [
        .. Enumerable.Range(0, DemoItems.Default.Count)
            .Where(c => DemoItems.Default.ScaleOf[c].Id == scale.Scale && DemoItems.Default.LatentOf(c) == scale.Latent),
    ];

    private static GradedFit Fit(byte[][] rows, (string Scale, int Latent) scale)
    {
        var columns = Columns(scale);
        var of = DemoItems.Default.ScaleOf[columns[0]];
        byte[][] answers =
        [
            .. rows.Select(row => columns.Select(c => row[c] == DemoItems.Blank ? GradedFit.Missing : (byte)(row[c] - of.Lowest)).ToArray()),
        ];
        return GradedFit.Run(answers, [.. columns.Select(_ => of.Highest - of.Lowest + 1)]);
    }

    private static IEnumerable<RecoveryRow> Items(GradedFit fit, int[] columns, JsonElement truth, JsonElement realised)
    {
        var mean = realised.GetProperty("mean")[Scales[0].Latent].GetDouble();
        var sd = realised.GetProperty("sd")[Scales[0].Latent].GetDouble();
        var errors = fit.StandardErrors();
        for (var i = 0; i < columns.Length; i++)
        {
            var name = DemoItems.Default.Columns[columns[i]];
            var declared = Declared(truth, name);
            yield return new RecoveryRow($"{name} a", declared.Slope * sd, fit.Items[i].Slope, errors[i][0]);
            for (var k = 1; k < declared.Categories; k++)
            {
                yield return new RecoveryRow($"{name} b{k}", (declared.Threshold(k) - mean) / sd, fit.Items[i].Threshold(k), errors[i][k]);
            }
        }
    }

    private static GradedItem Declared(JsonElement truth, string column)
    {
        var item = truth.GetProperty("items").GetProperty(column);
        var a = item.GetProperty("a").GetDouble();
        return new GradedItem(a, [.. item.GetProperty("b").EnumerateArray().Select(b => -a * b.GetDouble())]);
    }

    /// <summary>School and codes of everybody with one careful row.</summary>
    private static (int[] Schools, byte[][] Rows) Read(string folder, JsonElement truth)
    {
        var excluded = truth.GetProperty("persons").EnumerateObject().SelectMany(l => l.Value.EnumerateArray()).Select(p => p.GetString()!).ToHashSet();
        var roster = File.ReadLines(Path.Combine(folder, "roster.csv")).Skip(1).Select(l => l.Split(','))
            .ToDictionary(f => f[0], f => int.Parse(f[2].AsSpan("合成学校".Length), CultureInfo.InvariantCulture));
        List<int> schools = [];
        List<byte[]> rows = [];
        foreach (var line in File.ReadLines(Path.Combine(folder, "survey.csv")).Skip(1))
        {
            var fields = line.Split(',');
            if (!excluded.Contains(fields[4]))
            {
                schools.Add(roster[fields[4]]);
                rows.Add([.. fields.Skip(5).Select(f => f.Length == 0 ? DemoItems.Blank : (byte)(f[0] - '0'))]);
            }
        }

        return ([.. schools], [.. rows]);
    }
}
