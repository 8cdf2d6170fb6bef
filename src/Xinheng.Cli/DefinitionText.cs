using System.Globalization;

namespace Xinheng.Cli;

/// <summary>One definition for people, with what each fact rests on.</summary>
internal static class DefinitionText
{
    public static void Write(TextWriter output, Instrument instrument)
    {
        var definition = instrument.Definition;
        output.WriteLine($"{instrument.Id} {definition.Version}  {definition.Abbreviation}");
        output.WriteLine($"{definition.Name.En}  {definition.Name.ZhHans}");
        output.WriteLine(definition.Description.En);
        output.WriteLine(definition.Description.ZhHans);
        output.WriteLine($"SHA-256 {instrument.Hash}");
        output.WriteLine();
        output.WriteLine($"For       {definition.Population.Description.En}  {definition.Population.Description.ZhHans}{Ages(definition.Population.MinAge, definition.Population.MaxAge)}  {Of(definition.Population.Evidence)}");
        if (definition.RecallDays is { } days)
        {
            output.WriteLine($"Recall    {days.ToString(CultureInfo.InvariantCulture)} days");
        }

        output.WriteLine($"Licence   {ScalesCommand.Kebab(definition.Licence.Status)}, {definition.Licence.Holder}: {definition.Licence.Terms.En}  {Of(definition.Licence.Evidence)}");
        foreach (var (fact, evidence) in definition.Evidence)
        {
            output.WriteLine($"{fact,-9} {Of(evidence)}{Note(evidence)}");
        }

        output.WriteLine();
        output.WriteLine($"Items ({instrument.Items.Count}); the wording is its owner's and not shipped");
        foreach (var item in instrument.Items)
        {
            output.WriteLine($"  {item.Id,4}  {item.Label.En} {item.Label.ZhHans}  [{item.Responses}]{(item.Reverse ? " reversed" : "")}{(item.Unscored ? " unscored" : "")}{Skip(item)}");
        }

        output.WriteLine();
        output.WriteLine("Answers");
        foreach (var (id, responses) in definition.Responses)
        {
            output.WriteLine($"  {id}: {Options(responses)}  {Of(responses.Evidence)}");
        }

        output.WriteLine();
        output.WriteLine("Scores");
        foreach (var score in instrument.Scores)
        {
            Write(output, definition, score);
        }

        if (definition.CriticalItems.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Critical items");
            foreach (var critical in definition.CriticalItems)
            {
                output.WriteLine($"  {critical.Id}: item {critical.Item} answered {string.Join(", ", critical.Codes)} ({ScalesCommand.Kebab(critical.Class)})  {Of(critical.Evidence)}{Note(critical.Evidence)}");
            }
        }

        foreach (var scale in definition.ValidityScales)
        {
            output.WriteLine($"  validity: {scale.Score}{(scale.Caution is { } caution ? $" caution from {caution}" : "")}{(scale.Invalid is { } invalid ? $" invalid from {invalid}" : "")}  {Of(scale.Evidence)}{Note(scale.Evidence)}");
        }

        if (definition.Notes.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Know before use");
            foreach (var note in definition.Notes)
            {
                output.WriteLine($"  - {note.En}");
                output.WriteLine($"    {note.ZhHans}");
            }
        }

        WriteSources(output, definition.Sources);

        if (definition.Evidence.ContainsKey(Fact.Loinc))
        {
            output.WriteLine();
            output.WriteLine("LOINC codes are copyright Regenstrief Institute, Inc. and the LOINC Committee, and available at no cost under the LOINC licence.");
        }
    }

    private static void Write(TextWriter output, InstrumentDefinition definition, ScoreDefinition score)
    {
        output.WriteLine($"  {score.Id}: {score.Name.En} {score.Name.ZhHans}, {score.Range.Min} to {score.Range.Max}, {ScalesCommand.Kebab(score.Direction)}  {Of(score.Evidence)}{Note(score.Evidence)}");
        if (score is ItemScore items)
        {
            output.WriteLine($"      items {string.Join(" ", items.Items)}{(score.Times is { } times ? $", times {times}" : "")}{(score.Round == Rounding.None ? "" : $", rounded {ScalesCommand.Kebab(score.Round)}")}");
            output.WriteLine($"      missing: at most {items.Missing.MaxMissing}{(items.Missing.Round is { } round ? $", prorated, rounding {ScalesCommand.Kebab(round)}" : "")}  {Of(items.Missing.Evidence)}{Note(items.Missing.Evidence)}");
        }

        foreach (var set in score.Bands)
        {
            var bands = string.Join(", ", set.Starts.Select(b => $"{b.From} {definition.BandLabels[b.Id].En} {definition.BandLabels[b.Id].ZhHans}"));
            output.WriteLine($"      bands from {bands}{(set.For is { } group ? $" (for {group.Sex} {group.MinAge}-{group.MaxAge})" : "")}  {Of(set.Evidence)}{Note(set.Evidence)}");
        }
    }

    public static void WriteSources(TextWriter output, IReadOnlyDictionary<string, Source> sources)
    {
        if (sources.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("Sources");
        foreach (var (id, source) in sources)
        {
            var where = string.Join(" ", new[] { source.Doi is { } doi ? "doi:" + doi : null, source.Url, source.Revision, source.Locator }.OfType<string>());
            output.WriteLine($"  [{id}] {source.Citation}{(where.Length > 0 ? " " + where : "")}");
        }
    }

    public static string Ages(int? from, int? to) => (from, to) switch
    {
        (null, null) => "",
        ({ } min, null) => $", from {min} years",
        (null, { } max) => $", up to {max} years",
        ({ } min, { } max) => $", {min} to {max} years",
    };

    private static string Skip(Item item) =>
        (item.AskedWhen is { } asked ? $" asked when {asked.Item} is {string.Join(" or ", asked.Codes)}, otherwise {asked.Otherwise}" : "")
        + (item.WhenBlank is { } blank ? $" blank counts {blank}" : "");

    private static string Options(ResponseSet responses) => responses switch
    {
        OptionSet set => string.Join(", ", set.Options.Select(o => o.Value == o.Code ? $"{o.Code}" : $"{o.Code} worth {o.Value}")),
        NumberRange range => $"{range.Min} to {range.Max} {range.Unit}",
        _ => "time of day",
    };

    public static string Of(Evidence evidence) => $"({ScalesCommand.Kebab(evidence.Verdict)}{(evidence.Sources.Count > 0 ? ": " + string.Join(", ", evidence.Sources) : "")})";

    private static string Note(Evidence evidence) => evidence.Note is { } note ? $" {note.En}" : "";
}
