using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Xinheng.Cli.Demo;

/// <summary>Writes <c>truth.json</c>: the model, its rates, and what was really made.</summary>
internal static class TruthFile
{
    public const string Name = "truth.json";

    /// <summary>Marks a folder as a demo that may be replaced.</summary>
    public const string Marker = "xinheng-demo";

    public static void Write(Stream stream, DemoOptions options, int schools, Tally tally)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("kind", Marker);
        json.WriteBoolean("synthetic", true);
        json.WriteString("about", "Every person, answer and event in this folder was drawn by a program. 本文件夹中的人员、答案和事件全部由程序生成。");
        json.WriteNumber("model", ProvinceModel.Version);
        json.WriteNumber("students", options.Students);
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("schools", schools);
        WriteLatents(json);
        WriteScales(json);
        WriteItems(json);
        WriteSources(json);
        WriteRates(json);
        WriteMade(json, tally);
        WriteRealised(json, tally);
        WritePersons(json, tally);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The name of a fate in the file.</summary>
    public static string NameOf(Fate fate) => JsonNamingPolicy.KebabCaseLower.ConvertName(fate.ToString());

    private static void WriteLatents(Utf8JsonWriter json)
    {
        json.WriteStartObject("latent");
        json.WriteString("note", "Each has mean 0 and variance 1 in the province; variance shares of the units, the rest is individual. Day students have no dormitory share.");
        WriteList(json, "names", ProvinceModel.LatentNames);
        json.WriteStartArray("correlations");
        foreach (var row in ProvinceModel.Correlations)
        {
            WriteRaw(json, row);
        }

        json.WriteEndArray();
        json.WriteStartObject("intraclass");
        json.WriteNumber("school", ProvinceModel.SchoolShare);
        json.WriteNumber("class", ProvinceModel.ClassShare);
        json.WriteNumber("dormitory", ProvinceModel.DormitoryShare);
        json.WriteEndObject();
        json.WriteNumber("girlsMinusBoys", ProvinceModel.SexDifference);
        json.WriteEndObject();
    }

    private static void WriteScales(Utf8JsonWriter json)
    {
        json.WriteStartArray("scales");
        foreach (var part in ProvinceModel.Parts)
        {
            json.WriteStartObject();
            json.WriteString("scale", part.Scale);
            json.WriteString("latent", ProvinceModel.LatentNames[part.Latent]);
            json.WriteString("parameters", part.Set);
            json.WriteNumber("mean", part.Mean);
            json.WriteNumber("sd", part.Sd);
            WriteRaw(json, part.Items.Select(i => (decimal)i), "items");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter json)
    {
        json.WriteStartObject("items");
        json.WriteString("note", "Slope and thresholds for a latent variable with mean 0 and variance 1: a * sd and (b - mean) / sd of the estimated ones.");
        for (var i = 0; i < DemoItems.Default.Count; i++)
        {
            var item = DemoItems.Default.Parameters[i];
            json.WritePropertyName(DemoItems.Default.Columns[i]);
            json.WriteRawValue(string.Create(
                CultureInfo.InvariantCulture, $"{{ \"from\": \"{item.Item}\", \"a\": {item.A / 1.0000000000m}, \"b\": [{string.Join(", ", item.B)}] }}"));
        }

        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json)
    {
        json.WriteStartArray("parameters");
        foreach (var set in ItemParameters.Default.Sets)
        {
            json.WriteStartObject();
            json.WriteString("id", set.Id);
            json.WriteNumber("people", set.People);
            json.WriteString("source", set.Source);
            json.WriteString("citation", set.Citation);
            json.WriteString("note", set.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRates(Utf8JsonWriter json)
    {
        json.WriteStartObject("rates");
        json.WriteNumber("boarding", ProvinceModel.BoardingRate / 10_000m);
        json.WriteNumber("left-behind", ProvinceModel.LeftBehindRate / 10_000m);
        json.WriteNumber("people-who-skip", ProvinceModel.SkipperRate / 10_000m);
        json.WriteNumber("cells-they-skip", ProvinceModel.SkippedCellRate / 10_000m);
        json.WriteNumber("critical-cells-anybody-skips", ProvinceModel.CriticalBlankRate / 10_000m);
        json.WriteStartObject("peopleOneIn");
        foreach (var (fate, _, oneIn) in ProvinceModel.Fates)
        {
            json.WriteNumber(NameOf(fate), oneIn);
        }

        json.WriteNumber("unknown-person", ProvinceModel.UnknownOneIn);
        json.WriteEndObject();
        json.WriteStartObject("eventsOneCandidateIn");
        foreach (var kind in ProvinceModel.Events)
        {
            json.WriteStartObject(kind.Kind);
            json.WriteNumber("oneIn", kind.OneIn);
            if (kind.DepressionFrom is { } limit)
            {
                json.WriteNumber("keptWhenDepressionIsAtLeast", limit);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMade(Utf8JsonWriter json, Tally tally)
    {
        json.WriteStartObject("made");
        json.WriteNumber("rows", tally.Rows);
        json.WriteNumber("blankCellsOfCarefulPeople", tally.BlankCells);
        json.WriteStartObject("people");
        foreach (var fate in Enum.GetValues<Fate>())
        {
            json.WriteNumber(NameOf(fate), tally.FateCounts[(int)fate]);
        }

        json.WriteNumber("unknown-person", tally.Unknown.Count);
        json.WriteEndObject();
        json.WriteStartObject("events");
        for (var kind = 0; kind < ProvinceModel.Events.Count; kind++)
        {
            json.WriteNumber(ProvinceModel.Events[kind].Kind, tally.EventCounts[kind]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRealised(Utf8JsonWriter json, Tally tally)
    {
        json.WriteStartObject("realised");
        WriteMoments(json, "all", tally.All);
        WriteMoments(json, "clean", tally.Clean);
        json.WriteEndObject();
    }

    private static void WriteMoments(Utf8JsonWriter json, string name, Moments moments)
    {
        json.WriteStartObject(name);
        json.WriteNumber("people", moments.Count);
        if (moments.Count > 1)
        {
            var all = Enumerable.Range(0, ProvinceModel.Latents);
            WriteRaw(json, all.Select(i => Short(moments.Mean(i))), "mean");
            WriteRaw(json, all.Select(i => Short(moments.Sd(i))), "sd");
            json.WriteStartArray("correlations");
            foreach (var row in all)
            {
                WriteRaw(json, all.Select(column => Short(moments.Correlation(row, column))));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WritePersons(Utf8JsonWriter json, Tally tally)
    {
        json.WriteStartObject("persons");
        foreach (var fate in Enum.GetValues<Fate>().Where(Tally.IsListed))
        {
            WritePersons(json, NameOf(fate), tally.PersonsOf(fate), 'S');
        }

        WritePersons(json, "unknown-person", [.. tally.Unknown.Order()], 'T');
        json.WriteEndObject();
    }

    private static void WritePersons(Utf8JsonWriter json, string name, IReadOnlyList<int> persons, char letter)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(
            $"[{string.Join(", ", persons.Select(p => string.Create(CultureInfo.InvariantCulture, $"\"{letter}{p + 1:0000000}\"")))}]");
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter json, IEnumerable<decimal> values, string? name = null)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteRawValue($"[{string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]");
    }

    /// <summary>Six decimals.</summary>
    private static decimal Short(double value) => Math.Floor(((decimal)value * 1_000_000m) + 0.5m) / 1_000_000m;
}
