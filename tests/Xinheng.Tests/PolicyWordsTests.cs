namespace Xinheng.Tests;

/// <summary>What a decision says in words, and what it must not print.</summary>
public class PolicyWordsTests
{
    private static readonly string[] Diagnoses =
        ["诊断", "确诊", "患有", "患者", "抑郁症", "焦虑症", "精神病", "精神分裂", "强迫症", "diagnos", "disorder", "patient", "suffer", "mentally ill", "psychosis", "schizo"];

    [Fact]
    public void Reasons_AreInBothLanguages_AndMakeNoDiagnosis()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in PolicyExamples.All)
        {
            var report = person.Decide(person.Compile(Policy.Default(person.Policy)));
            var texts = report.Rules.Select(r => r.Rule.Reason).Concat(report.Rules.SelectMany(r => r.Facts).Select(f => f.Text)).Concat(report.Tasks.Select(t => t.Text));
            Assert.All(texts, text => AssertPlain(text, person));
            Assert.All(report.Rules.Where(r => r.Fired), r => Assert.NotEmpty(r.Facts));
            Assert.All(report.Rules.Where(r => !r.Fired), r => Assert.Contains(r.Facts, f => !f.Known));
            kinds.UnionWith(report.Rules.SelectMany(r => r.Facts).Select(f => f.Kind));
        }

        Assert.Equal(["change", "context", "critical", "event", "history", "severity", "validity"], kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WordsOfThePolicies_AreInBothLanguages_AndMakeNoDiagnosis()
    {
        foreach (var definition in Enum.GetValues<PopulationKind>().Select(p => Policy.Default(p).Definition))
        {
            LocalizedText[] texts =
            [
                .. definition.Rules.Select(r => r.Reason), .. definition.Tasks.Select(t => t.Text), .. definition.EventKinds.Values, .. definition.Domains.Select(d => d.Name),
                .. definition.Actions.Where(a => definition.Notifications.Any(n => n.Audience != Audience.Psychologist && n.Actions.Contains(a.Key))).Select(a => a.Value),
            ];
            Assert.All(texts, text => AssertPlain(text, definition.Id));
        }

        Assert.All(Enum.GetValues<Tier>(), tier => AssertPlain(PolicyText.NameOf(tier), tier));
    }

    [Fact]
    public void ADecision_PrintsNoAnswer_NoScore_AndNoTier()
    {
        string[] secrets = ["20", "phq", "depress", "farewell", "canary", "2026", "1999", "orange", "red", "yellow", "blue", "O3", "R2", "O5", "poverty", "severe", "橙", "红", "抑郁"];
        var person = new WorkedPerson(PopulationKind.Student, "phq-9 1-8:20 9=-", "farewell@3 last=orange@100 poverty left-behind before:phq-9/total=1", "");
        var triage = person.Compile(Policy.Default(PopulationKind.Student));
        var report = person.Decide(triage);
        var facts = person.FactsFor(triage);
        Assert.Superset(new HashSet<string> { "R2", "O3", "O5", "Y3", "B2" }, report.Rules.Select(r => r.Rule.Id).ToHashSet());
        object[] all =
        [
            report, report.Outcome, facts, new PersonEvent { Kind = "farewell", Date = new(1999, 1, 1), Source = "canary" },
            .. facts.Events, .. report.Rules, .. report.Rules.SelectMany(r => r.Facts),
        ];
        foreach (var one in all)
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, one.ToString()!, StringComparison.OrdinalIgnoreCase));
        }

        var other = person with { Forms = "phq-9 9=3", Known = "" };
        Assert.Equal("rule", Assert.Single(other.Decide(triage).Rules.Select(r => r.ToString()).Distinct()));
        Assert.Equal("complete", other.Decide(triage).ToString());
        Assert.Equal((person with { Forms = "phq-9" }).Decide(triage).Outcome.ToString(), other.Decide(triage).Outcome.ToString());
    }

    private static void AssertPlain(LocalizedText text, object of)
    {
        Assert.False(string.IsNullOrWhiteSpace(text.En) || string.IsNullOrWhiteSpace(text.ZhHans), $"{of}: '{text.En}' '{text.ZhHans}'");
        Assert.True(text.En.All(c => c < 0x3000), $"{of}: {text.En}");
        Assert.True(text.ZhHans.Any(c => c is >= '\u4e00' and <= '\u9fff'), $"{of}: {text.ZhHans}");

        // "Symptoms" and the published name of a factor are no finding.
        var words = (text.En + "\n" + text.ZhHans).Replace("症状", "", StringComparison.Ordinal).Replace("精神病性", "", StringComparison.Ordinal);
        Assert.All(Diagnoses, word => Assert.DoesNotContain(word, words, StringComparison.OrdinalIgnoreCase));
    }
}
