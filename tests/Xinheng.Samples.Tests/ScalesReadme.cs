using System.Text;
using Xinheng.Cli;

namespace Xinheng.Samples.Tests;

/// <summary>What scales/README.md says of every document that ships: how well its facts are confirmed, and which are not.</summary>
internal sealed class ScalesReadme(bool chinese)
{
    private readonly StringBuilder _text = new();

    public static string Write(bool chinese) => new ScalesReadme(chinese).Write();

    /// <summary>The instruments of README.md, by what their owners allow.</summary>
    public static string TableByLicence(bool chinese)
    {
        var words = new ScalesReadme(chinese);
        words.Row([words.Say("licence", "许可"), words.Say("instruments", "量表")]);
        words.Row(["---", "---"]);
        foreach (var group in Instruments.GroupBy(i => i.Definition.Licence.Status).OrderBy(g => g.Key))
        {
            words.Row($"{words.Say(Words.Of(group.Key))} ({group.Count()})", string.Join(", ", group.Select(i => $"`{i.Id}`")));
        }

        return words._text.ToString();
    }

    private static IEnumerable<Instrument> Instruments => InstrumentCatalog.Default.Ids.Select(id => InstrumentCatalog.Default[id]);

    private string Write()
    {
        Line(Say("# Definitions", "# 量表定义"));
        Line(Say(
            "Written from the definitions by `UPDATE_README=1 dotnet test -c Release --project tests/Xinheng.Samples.Tests`; a test fails when it differs. 中文：[README.zh-CN.md](README.zh-CN.md)",
            "本文由 `UPDATE_README=1 dotnet test -c Release --project tests/Xinheng.Samples.Tests` 根据定义生成，内容不一致时测试不通过。English: [README.md](README.md)"));
        Line(Say(
            "Every key, reversal, cut and rule of a definition says what it rests on. The columns count these facts by verdict:",
            "定义中的每一项计分规则、反向计分、分界值与处理规则都注明依据。各列为按核实程度统计的项数："));
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            _text.Append(Say($"- **{Words.Of(verdict).En}**: {Explain(verdict).En}", $"- **{Words.Of(verdict).ZhHans}**：{Explain(verdict).ZhHans}")).Append('\n');
        }

        Line();
        Line(Say(
            "`xinheng scales show ID` prints each fact with its value, its sources with the place in them, and the notes. The wording of the questions is not here and belongs to its owners.",
            "`xinheng scales show ID` 列出每一项的内容、出处及其位置和说明。此处不含题目原文，题目原文的权利归权利人所有。"));

        Line(Say("## Instruments", "## 量表"));
        Row([.. Cells("id", "标识"), .. Cells("name", "名称"), .. Cells("items", "题数"), .. Cells("scores", "分数个数"), .. Cells("labels", "标签语言"), .. Cells("licence", "许可"), .. VerdictNames(), .. Cells("disputed or unconfirmed", "有分歧或未核实的内容")]);
        Row(["---", "---", "---:", "---:", "---", "---", .. VerdictNames().Select(_ => "---:"), "---"]);
        foreach (var instrument in Instruments)
        {
            var definition = instrument.Definition;
            var facts = DefinitionFacts.Of(instrument);
            Row([
                $"[{instrument.Id}](#{instrument.Id})", $"{definition.Name.En} · {definition.Name.ZhHans}", $"{instrument.Items.Count}", $"{instrument.Scores.Count}", Languages(instrument),
                Say(Words.Of(definition.Licence.Status)), .. Counts(facts.Select(f => f.Evidence)), Open(facts),
            ]);
        }

        Line();
        Line(Say("## Norms", "## 常模"));
        Row([.. Cells("id", "标识"), .. Cells("instrument", "量表"), .. Cells("population", "人群"), "n", .. VerdictNames(), .. Cells("disputed or unconfirmed", "有分歧或未核实的内容")]);
        Row(["---", "---", "---", "---:", .. VerdictNames().Select(_ => "---:"), "---"]);
        foreach (var norms in NormCatalog.Default.Ids.Select(id => NormCatalog.Default[id]))
        {
            var facts = DefinitionFacts.Of(norms);
            Row([$"`{norms.Id}`", $"`{norms.Instrument.Id}`", Say(norms.Document.Population), $"{norms.Document.SampleSize}", .. Counts(facts.Select(f => f.Evidence)), Open(facts)]);
        }

        Line();
        Line(Say("## Policies and calendars", "## 预警规则与校历"));
        Row([.. Cells("id", "标识"), .. Cells("name", "名称"), .. VerdictNames()]);
        Row(["---", "---", .. VerdictNames().Select(_ => "---:")]);
        foreach (var definition in Enum.GetValues<PopulationKind>().Select(p => Policy.Default(p).Definition))
        {
            Row([$"`{definition.Id}`", Say(definition.Name), .. Counts(EvidenceOf(definition))]);
        }

        var calendar = SchoolCalendar.Default.Definition;
        Row([$"`{calendar.Id}`", Say(calendar.Name), .. Counts([.. calendar.Evidence.Values, .. calendar.Terms.Select(t => t.Evidence), .. calendar.Holidays.Select(h => h.Evidence), .. calendar.MakeUpDays.Select(d => d.Evidence)])]);

        Line();
        Line(Say("## Verdicts by instrument", "## 各量表的依据"));
        foreach (var instrument in Instruments)
        {
            WriteVerdicts(instrument);
        }

        return _text.ToString().TrimEnd('\n') + "\n";
    }

    private static LocalizedText Explain(Verdict verdict) => verdict switch
    {
        Verdict.Publication => Words.Both("read in the publication, the manual or the owner's own page", "已在发表文献、手册或权利人网页中查到"),
        Verdict.Implementations => Words.Both("found alike in independent implementations or secondary texts, which are listed", "在所列独立实现或二手文献中一致"),
        Verdict.Disputed => Words.Both("sources disagree; the note gives the values and the choice", "来源不一致，说明中列出各取值与取舍"),
        Verdict.Convention => Words.Both("nothing is published: a convention of this project or of practice", "无发表依据，为本项目或通行做法的约定"),
        _ => Words.Both("not confirmed; a score that rests on it says so in its status", "未能核实，依赖它的分数会在状态中标明"),
    };

    private static IEnumerable<Evidence> EvidenceOf(PolicyDefinition policy) =>
    [
        .. policy.Severities.Select(s => s.Evidence), .. policy.Rules.Select(r => r.Evidence), .. policy.Tasks.Select(t => t.Evidence),
        .. policy.Clusters is { } clusters ? [clusters.Evidence] : Array.Empty<Evidence>(), policy.Coverage.Evidence, policy.Disclosure.Evidence,
    ];

    private static string Languages(Instrument instrument) => string.Join(", ", new[] { "en", "zh-Hans" }.Where(language => instrument.Items.All(i => i.Label.For(language).Length > 0)));

    private static IEnumerable<string> Counts(IEnumerable<Evidence> evidence)
    {
        var counts = evidence.CountBy(e => e.Verdict).ToDictionary();
        return Enum.GetValues<Verdict>().Select(verdict => counts.TryGetValue(verdict, out var count) ? $"{count}" : "");
    }

    private static bool IsOpen(Evidence evidence) => evidence.Verdict is Verdict.Disputed or Verdict.Unconfirmed;

    private string Open(IReadOnlyList<DefinitionFact> facts) => string.Join(Say("; ", "；"), facts
        .Where(f => IsOpen(f.Evidence))
        .GroupBy(f => f.Evidence.Verdict)
        .OrderBy(g => g.Key)
        .Select(g => $"{Say(Words.Of(g.Key))}{Say(": ", "：")}{Names(g)}"));

    private string Names(IEnumerable<DefinitionFact> facts) => string.Join(Say(", ", "、"), facts.Select(f => Say(f.Name)));

    /// <summary>A row for the facts that rest on the same; the notes of what is disputed or unconfirmed below.</summary>
    private void WriteVerdicts(Instrument instrument)
    {
        var definition = instrument.Definition;
        var groups = DefinitionFacts.Of(instrument)
            .GroupBy(f => (f.Evidence.Verdict, Sources: string.Join(", ", f.Evidence.Sources.Select(id => Link(id, definition.Sources[id]))), Note: IsOpen(f.Evidence) ? f.Evidence.Note : null))
            .Select(g => (g.Key, Names: Names(g)))
            .ToArray();
        Line($"### {instrument.Id}");
        Line($"{definition.Name.En} · {definition.Name.ZhHans} · {definition.Version}");
        Row([.. Cells("facts", "内容"), .. Cells("verdict", "核实程度"), .. Cells("sources", "出处")]);
        Row(["---", "---", "---"]);
        foreach (var (key, names) in groups)
        {
            Row(names, Say(Words.Of(key.Verdict)), key.Sources);
        }

        Line();
        foreach (var (key, names) in groups.Where(g => g.Key.Note is not null))
        {
            _text.Append(Say($"- **{names}**: {key.Note!.En}", $"- **{names}**：{key.Note!.ZhHans}")).Append('\n');
        }

        if (groups.Any(g => g.Key.Note is not null))
        {
            Line();
        }
    }

    private static string Link(string id, Source source) => source.Doi is { } doi ? $"[{id}](https://doi.org/{Address(doi)})" : source.Url is { } url ? $"[{id}]({Address(url)})" : id;

    private static string Address(string url) => url.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);

    private string Say(LocalizedText text) => chinese ? text.ZhHans : text.En;

    private string Say(string en, string zh) => chinese ? zh : en;

    private string[] Cells(string en, string zh) => [Say(en, zh)];

    private IEnumerable<string> VerdictNames() => Enum.GetValues<Verdict>().Select(verdict => Say(Words.Of(verdict)));

    private void Row(params IEnumerable<string> cells) => _text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private void Line(string text = "") => _text.Append(text).Append(text.Length > 0 ? "\n\n" : "\n");
}
