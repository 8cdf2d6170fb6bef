using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Xinheng.Tests;

/// <summary>
/// Every rule, task and severity of the policies that ship is changed a little, one at a time. Somebody among the people worked by
/// hand must then be decided differently: otherwise nobody would notice if the policy said something else.
/// </summary>
public class MutationTests
{
    private static readonly string[] Times = ["immediate", "2h", "same-school-day", "24h", "48h", "7d", "30d"];
    private static readonly string[] Tiers = ["blue", "yellow", "orange", "red"];
    private static readonly string[] Classes = [.. Enum.GetValues<CriticalClass>().Select(PolicyText.Of)];

    /// <summary>Why a change may be refused at load: what it says, never how it is written.</summary>
    private static readonly string[] Refusals =
        ["too-late", "unreachable-tier", "unreachable-rule", "invalid-severity", "severity-falls", "empty-condition", "invalid-number", "context-alone", "no-task"];

    /// <summary>Changes that decide nobody differently, by what they change, with the reason. One that is not found is an error as well.</summary>
    private static readonly (PopulationKind Policy, string[] Mutations, string Reason)[] Equivalent =
    [
        (PopulationKind.Student, [.. OutsideCore(
            "k10/total/very-high 3", "phq-4/total/severe 3", "dass-21/stress/severe 3", "dass-21/stress/extremely-severe 4",
            "mssmhs/obsessive-compulsive/marked 3", "mssmhs/obsessive-compulsive/severe 4", "mssmhs/paranoid-ideation/marked 3", "mssmhs/paranoid-ideation/severe 4",
            "mssmhs/hostility/marked 3", "mssmhs/hostility/severe 4", "mssmhs/interpersonal-sensitivity/marked 3", "mssmhs/interpersonal-sensitivity/severe 4",
            "mssmhs/academic-pressure/marked 3", "mssmhs/academic-pressure/severe 4", "mssmhs/maladjustment/marked 3", "mssmhs/maladjustment/severe 4",
            "mssmhs/emotional-instability/marked 3", "mssmhs/emotional-instability/severe 4", "mssmhs/psychological-imbalance/marked 3", "mssmhs/psychological-imbalance/severe 4",
            "mssmhs/mean/marked 3", "mssmhs/mean/severe 4",
            "scl-90/somatization/moderate 3", "scl-90/somatization/severe 4", "scl-90/obsessive-compulsive/moderate 3", "scl-90/obsessive-compulsive/severe 4",
            "scl-90/interpersonal-sensitivity/moderate 3", "scl-90/interpersonal-sensitivity/severe 4", "scl-90/hostility/moderate 3", "scl-90/hostility/severe 4",
            "scl-90/paranoid-ideation/moderate 3", "scl-90/paranoid-ideation/severe 4", "scl-90/additional/moderate 3", "scl-90/additional/severe 4",
            "mht/total/raised 3", "upi/class/class-1 3", "isi/total/severe 3", "audit/total/zone-4 3", "iat-20/total/severe 3")], "outside the core domains no rule asks for more than severity 3"),
        (PopulationKind.Student, ["mssmhs/mean removed", "mssmhs/mean/mild 1 -> 0", "mssmhs/mean/moderate 2 -> 1", "mssmhs/mean/marked 3 -> 2"],
            "the mean of the sixty items is no more than the largest of its ten factors, and rules on all domains ask for one domain"),
        (PopulationKind.Student, ["phq-4/total/moderate 2 -> 1"], "a total of 6 has a half of 3 or more, which is severity 2 already, and rules on all domains ask for one domain"),
        (PopulationKind.Staff, [.. OutsideCore(
            "k10/total/very-high 3", "phq-4/total/severe 3", "dass-21/stress/severe 3", "dass-21/stress/extremely-severe 4",
            "scl-90/somatization/moderate 3", "scl-90/somatization/severe 4", "scl-90/obsessive-compulsive/moderate 3", "scl-90/obsessive-compulsive/severe 4",
            "scl-90/interpersonal-sensitivity/moderate 3", "scl-90/interpersonal-sensitivity/severe 4", "scl-90/hostility/moderate 3", "scl-90/hostility/severe 4",
            "scl-90/paranoid-ideation/moderate 3", "scl-90/paranoid-ideation/severe 4", "scl-90/additional/moderate 3", "scl-90/additional/severe 4",
            "isi/total/severe 3", "audit/total/zone-4 3")],
            "outside the core domains no rule asks for more than severity 3"),
        (PopulationKind.Staff, ["phq-4/total/moderate 2 -> 1"], "a total of 6 has a half of 3 or more, which is severity 2 already, and rules on all domains ask for one domain"),
        (PopulationKind.Staff,
            [
                .. Quiet("phq-9/total/minimal", "phq-9/total/mild", "gad-7/total/minimal", "gad-7/total/mild", "phq-2/total/negative", "gad-2/total/negative"),
                .. Quiet("phq-4/depression/negative", "phq-4/anxiety/negative", "phq-4/total/none", "phq-4/total/mild", "k10/total/low", "k10/total/moderate"),
                .. Quiet("sds/standard/normal", "sds/standard/mild", "sas/standard/normal", "sas/standard/mild"),
                .. Quiet("dass-21/depression/normal", "dass-21/depression/mild", "dass-21/anxiety/normal", "dass-21/anxiety/mild", "dass-21/stress/normal", "dass-21/stress/mild"),
                .. Quiet("scl-90/somatization/none", "scl-90/obsessive-compulsive/none", "scl-90/interpersonal-sensitivity/none", "scl-90/depression/none", "scl-90/anxiety/none", "scl-90/hostility/none"),
                .. Quiet("scl-90/phobic-anxiety/none", "scl-90/paranoid-ideation/none", "scl-90/psychoticism/none", "scl-90/additional/none", "scl-90/total/negative", "scl-90/positive-items/negative"),
                .. Quiet("who-5/percent/above-cut", "who-5/percent/low", "k6/total/low", "k6/total/moderate", "isi/total/none", "isi/total/subthreshold", "ais/total/below-cut"),
                .. Quiet("ces-d/total/below-cut", "pcl-5/total/below-cut", "pcl-5/dsm-5-rule/rule-not-met", "audit/total/zone-1", "audit/total/zone-2", "asq/screen/negative"),
            ],
            "the staff policy has no rule on severity 1, which only B2 of the students' policy asks for"),
    ];

    [Theory]
    [InlineData(PopulationKind.Student)]
    [InlineData(PopulationKind.Staff)]
    public void EveryChangeOfAPolicy_ChangesHowSomebodyIsDecided(PopulationKind population)
    {
        var definition = JsonNode.Parse(File.ReadAllBytes(Repository.PathOf("scales", "policies", $"{PolicyName(population)}-default.json")))!.AsObject();
        var people = PolicyExamples.All.Where(p => p.Policy == population).GroupBy(p => p.BatteryKey).Select(g => g.ToArray()).ToArray();
        var (survived, killed, refused) = (new ConcurrentBag<string>(), 0, 0);
        Parallel.ForEach(Mutations(definition).ToList(), mutation =>
        {
            var copy = definition.DeepClone().AsObject();
            mutation.Change(copy);
            if (!Policy.TryLoad(System.Text.Encoding.UTF8.GetBytes(copy.ToJsonString()), "mutant.json", InstrumentCatalog.Default, out var policy, out var problems))
            {
                Assert.All(problems, problem => Assert.Contains(problem.Code, Refusals));
                Interlocked.Increment(ref refused);
            }
            else if (people.Where(group => mutation.Instrument is null || group[0].Battery.Any(i => i.Id == mutation.Instrument)).Any(group => group[0].Compile(policy!) is var triage && group.Any(p => WorkedPerson.Text(p.Decide(triage)) != p.Expected)))
            {
                Interlocked.Increment(ref killed);
            }
            else
            {
                survived.Add(mutation.Name);
            }
        });
        var equivalent = Equivalent.Where(e => e.Policy == population).SelectMany(e => e.Mutations).ToList();
        Assert.Distinct(equivalent);
        var missed = survived.Except(equivalent).Order(StringComparer.Ordinal).ToList();
        Assert.True(missed.Count == 0, $"nobody is decided differently after:\n{string.Join('\n', missed)}");
        var stale = equivalent.Except(survived).Order(StringComparer.Ordinal).ToList();
        Assert.True(stale.Count == 0, $"called equivalent, but they change a decision, cannot be loaded or are not made:\n{string.Join('\n', stale)}");
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{population}: {killed} changes noticed, {survived.Count} equivalent, {refused} refused at load"));
        Assert.True(killed > (population == PopulationKind.Student ? 600 : 300), $"{killed} changes noticed");
    }

    private static string PolicyName(PopulationKind population) => population == PopulationKind.Student ? "student" : "staff";

    /// <summary>From 3 to 4 or from 4 to 3.</summary>
    private static IEnumerable<string> OutsideCore(params string[] bands) => bands.Select(band => $"{band} -> {(band[^1] == '3' ? 4 : 3)}");

    /// <summary>From 0 to 1 or from 1 to 0.</summary>
    private static IEnumerable<string> Quiet(params string[] bands) =>
        bands.Select(band => band.EndsWith("/mild", StringComparison.Ordinal) || band is "k10/total/moderate" or "who-5/percent/low" or "k6/total/moderate" or "isi/total/subthreshold" or "audit/total/zone-2" ? $"{band} 1 -> 0" : $"{band} 0 -> 1");

    /// <summary>A severity is looked up for those only who answered its instrument.</summary>
    private static IEnumerable<(string Name, string? Instrument, Action<JsonObject> Change)> Mutations(JsonObject policy)
    {
        string[] kinds = [.. policy["eventKinds"]!.AsObject().Select(k => k.Key)];
        foreach (var list in new[] { "rules", "tasks" })
        {
            for (var i = 0; i < policy[list]!.AsArray().Count; i++)
            {
                var at = i;
                var id = (string)policy[list]![i]!["id"]!;
                yield return ($"{id} removed", null, p => p[list]!.AsArray().RemoveAt(at));
                foreach (var (name, change) in OfRule(policy[list]![i]!.AsObject(), list == "rules", kinds))
                {
                    yield return ($"{id} {name}", null, p => change(p[list]![at]!.AsObject()));
                }
            }
        }

        for (var i = 0; i < policy["severities"]!.AsArray().Count; i++)
        {
            var at = i;
            var row = policy["severities"]![i]!;
            yield return ($"{row["instrument"]}/{row["score"]} removed", (string)row["instrument"]!, p => p["severities"]!.AsArray().RemoveAt(at));
            foreach (var (band, severity) in row["bands"]!.AsObject())
            {
                foreach (var other in new[] { (int)severity! - 1, (int)severity! + 1 })
                {
                    yield return ($"{row["instrument"]}/{row["score"]}/{band} {severity} -> {other}", (string)row["instrument"]!, p => p["severities"]![at]!["bands"]![band] = other);
                }
            }
        }
    }

    private static IEnumerable<(string Name, Action<JsonObject> Change)> OfRule(JsonObject rule, bool isRule, string[] kinds)
    {
        foreach (var time in Times.Where(t => t != (string)rule["within"]!))
        {
            yield return ($"within {rule["within"]} -> {time}", r => r["within"] = time);
        }

        if (isRule)
        {
            foreach (var tier in Neighbours((string)rule["tier"]!))
            {
                // A tier that somebody must act on within two days takes no longer time.
                var hasten = (string)rule["tier"]! == "yellow" && tier == "orange";
                yield return ($"tier {rule["tier"]} -> {tier}", r => (r["tier"], r["within"]) = (tier, hasten ? "48h" : (string)r["within"]!));
            }

            foreach (var flag in new[] { "protection", "voluntary" })
            {
                yield return ($"{flag} turned", r => r[flag] = !((bool?)r[flag] ?? false));
            }
        }

        foreach (var (name, path, value) in OfCondition(rule["when"]!.AsObject(), "", kinds))
        {
            yield return ($"when{name}", r => Set(r["when"]!, path, value));
        }
    }

    private static string[] Neighbours(string tier) => [.. Tiers.Where(t => Math.Abs(Array.IndexOf(Tiers, t) - Array.IndexOf(Tiers, tier)) == 1)];

    /// <summary>Changes of a condition: the path of a member within it and its new value.</summary>
    private static IEnumerable<(string Name, string Path, JsonNode Value)> OfCondition(JsonObject condition, string path, string[] kinds)
    {
        var kind = (string)condition["kind"]!;
        if (kind is "any" or "all")
        {
            yield return ($"{path} {kind} turned", $"{path}/kind", kind == "any" ? "all" : "any");
            for (var i = 0; i < condition["of"]!.AsArray().Count; i++)
            {
                foreach (var inner in OfCondition(condition["of"]![i]!.AsObject(), $"{path}/of/{i}", kinds))
                {
                    yield return inner;
                }

                yield return ($"{path}/of/{i} removed", $"{path}/of", new JsonArray([.. condition["of"]!.AsArray().Where((_, j) => j != i).Select(c => c!.DeepClone())]));
            }

            yield break;
        }

        foreach (var (member, value) in condition.Where(m => m.Value!.GetValueKind() == System.Text.Json.JsonValueKind.Number))
        {
            foreach (var step in new[] { -1, 1 })
            {
                yield return ($"{path}/{member} {value} {(step > 0 ? "+" : "-")}1", $"{path}/{member}", (decimal)value! + step);
            }
        }

        switch (kind)
        {
            case "severity" or "reliable-deterioration":
                yield return ($"{path}/scope turned", $"{path}/scope", (string)condition["scope"]! == "core" ? "all" : "core");
                break;
            case "unanswered":
                yield return ($"{path}/unreadableOnly turned", $"{path}/unreadableOnly", !((bool?)condition["unreadableOnly"] ?? false));
                break;
            case "history":
                foreach (var tier in Neighbours((string)condition["atLeast"]!))
                {
                    yield return ($"{path}/atLeast {tier}", $"{path}/atLeast", tier);
                }

                break;
            case "validity":
                yield return ($"{path}/atLeast turned", $"{path}/atLeast", (string)condition["atLeast"]! == "invalid" ? "caution" : "invalid");
                break;
            default:
                break;
        }

        foreach (var (member, all) in new (string, string[])[] { ("classes", Classes), ("kinds", kinds), ("of", ["left-behind", "single-parent", "poverty"]) })
        {
            if (condition[member] is JsonArray list)
            {
                string[] now = [.. list.Select(entry => (string)entry!)];
                foreach (var one in all)
                {
                    string[] changed = now.Contains(one) ? [.. now.Where(entry => entry != one)] : [.. now, one];
                    yield return ($"{path}/{member} {(now.Contains(one) ? "without" : "with")} {one}", $"{path}/{member}", new JsonArray([.. changed.Select(entry => (JsonNode)entry)]));
                }
            }
        }
    }

    private static void Set(JsonNode node, string path, JsonNode value)
    {
        var parts = path.Split('/')[1..];
        foreach (var part in parts[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!;
        }

        node[parts[^1]] = value.DeepClone();
    }
}
