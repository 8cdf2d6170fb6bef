using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xinheng.Documents;

namespace Xinheng.Tests;

/// <summary>
/// Every fact of every shipped definition is altered a little, one at a time: an item moved to another score, a reversal flipped, a
/// cut shifted by one. The definition's own load checks or its own worked examples must notice, or a wrong fact could stand in it
/// unnoticed. A new folder under <c>scales</c> is taken in by itself.
/// </summary>
public class DefinitionMutationTests
{
    private const string Convention = "{ \"verdict\": \"convention\" }";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Roundings = ["none", "half-up", "floor"];
    private static readonly string[] CriticalClasses = [.. Enum.GetValues<CriticalClass>().Select(PolicyText.Of)];

    /// <summary>Every kind of alteration is made somewhere.</summary>
    private static readonly string[] Kinds =
    [
        "age", "band name", "band start", "code", "critical class", "critical codes", "critical item", "item left out", "item moved", "items exchanged", "loinc", "missing limit",
        "part of a score", "range", "reversal", "rounding", "rule", "skip", "step", "table", "threshold", "validity cut", "weight", "worth",
    ];

    /// <summary>Alterations that cannot change any result, by name, with the reason. One that is not made or that is noticed is an error as well.</summary>
    private static readonly (string[] Alterations, string Reason)[] Equivalent =
    [
        ([
            "dass-21: depression mild from 10 -1", "dass-21: depression moderate from 14 -1", "dass-21: depression severe from 21 +1", "dass-21: depression extremely-severe from 28 -1",
            "dass-21: anxiety mild from 8 -1", "dass-21: anxiety moderate from 10 -1", "dass-21: anxiety severe from 15 +1", "dass-21: anxiety extremely-severe from 20 -1",
            "dass-21: stress mild from 15 +1", "dass-21: stress moderate from 19 +1", "dass-21: stress severe from 26 -1", "dass-21: stress extremely-severe from 34 -1",
        ], "a doubled sum has no odd values; the cuts are those of the 42 items"),
        (["who-5: percent low from 32 -1", "who-5: percent above-cut from 52 -1"], "the percentage has multiples of four only"),
        (["sas: standard mild from 50 -1", "sas: standard moderate from 60 -1", "sas: standard severe from 70 -1"], "five quarters of a raw sum, cut off, are never 49, 59 or 69"),
        (["school-provision: hours-target class 1 hours at least 2 -1", "school-provision: lessons-target class 1 lessons at least 2 -1", "school-provision: funding-target class 1 funding at least 2 -1"], "a number is met (2) or not met (0); no step is worth 1"),
    ];

    /// <summary>One alteration of one definition.</summary>
    private sealed record Alteration(string Kind, string Name, Action<JsonObject> Change);

    private enum Outcome
    {
        Lint,
        Examples,
        Unnoticed,
    }

    [Fact]
    public void EveryAlterationOfADefinition_IsNoticedByItsChecksOrItsExamples()
    {
        var subjects = InstrumentCatalog.Default.Ids.Select(id => new Subject(id)).ToArray();
        var outcomes = new ConcurrentBag<(string Kind, string Name, Outcome Outcome)>();
        Parallel.ForEach(
            subjects.SelectMany(subject => subject.Alterations().Select(alteration => (subject, alteration))).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            work => outcomes.Add((work.alteration.Kind, work.alteration.Name, work.subject.Try(work.alteration))));

        var equivalent = Equivalent.SelectMany(e => e.Alterations).ToHashSet(StringComparer.Ordinal);
        var unnoticed = outcomes.Where(o => o.Outcome == Outcome.Unnoticed).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var table = new StringBuilder($"{"alteration",-20}{"made",8}{"lint",8}{"examples",10}{"equivalent",12}{"survived",10}\n");
        foreach (var kind in outcomes.GroupBy(o => o.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int Count(Func<(string Kind, string Name, Outcome Outcome), bool> which) => kind.Count(which);
            table.Append(
                CultureInfo.InvariantCulture,
                $"{kind.Key,-20}{kind.Count(),8}{Count(o => o.Outcome == Outcome.Lint),8}{Count(o => o.Outcome == Outcome.Examples),10}{Count(o => o.Outcome == Outcome.Unnoticed && equivalent.Contains(o.Name)),12}{Count(o => o.Outcome == Outcome.Unnoticed && !equivalent.Contains(o.Name)),10}\n");
        }

        TestContext.Current.SendDiagnosticMessage(table.ToString());
        Assert.Distinct(outcomes.Select(o => o.Name));
        Assert.Empty(Kinds.Except(outcomes.Select(o => o.Kind)));
        var missed = unnoticed.Except(equivalent).Order(StringComparer.Ordinal).ToList();
        Assert.True(missed.Count == 0, $"{table}\nNothing notices:\n{string.Join('\n', missed)}");
        var stale = equivalent.Except(unnoticed).Order(StringComparer.Ordinal).ToList();
        Assert.True(stale.Count == 0, $"called equivalent, but they are noticed or not made:\n{string.Join('\n', stale)}");
    }

    /// <summary>One definition, and what is altered in it.</summary>
    private sealed class Subject
    {
        private readonly string _id;
        private readonly JsonObject _definition;
        private readonly JsonNode _examples;
        private readonly IReadOnlyList<WorkedExample> _worked;
        private readonly string[] _items;
        private readonly Dictionary<string, JsonObject> _scores;
        private volatile int _noticed;

        public Subject(string id)
        {
            _id = id;
            var content = File.ReadAllBytes(Repository.PathOf("scales", id, "instrument.json"));
            _definition = JsonNode.Parse(content)!.AsObject();
            _examples = _definition["examples"]!;
            _worked = Instrument.Load(content, id).Definition.Examples;
            _definition["examples"] = new JsonArray();
            _definition.Remove("notes");
            _items = [.. _definition["items"]!.AsArray().Select(i => (string)i!["id"]!)];
            foreach (var score in List(_definition, "scores").Where(s => s.ContainsKey("items")))
            {
                score["items"] = Names([.. ItemsOf(score)]);
            }

            _scores = List(_definition, "scores").ToDictionary(s => (string)s["id"]!, StringComparer.Ordinal);
        }

        /// <summary>What notices the alteration. The examples, by far the longest part of a file, are parsed only when nothing else notices.</summary>
        public Outcome Try(Alteration alteration)
        {
            var altered = _definition.DeepClone().AsObject();
            alteration.Change(altered);
            if (!Loads(altered, out var instrument))
            {
                return Outcome.Lint;
            }

            var critical = instrument!.Definition.CriticalItems.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
            if (_worked.All(e => e.Critical.Keys.All(critical.Contains)))
            {
                var scorer = Scorer.Compile(instrument);
                var report = new ProblemReport(_id);

                // What noticed one alteration often notices the next as well, so the search goes on from there.
                var from = _noticed;
                for (var i = 0; i < _worked.Count; i++)
                {
                    var at = (from + i) % _worked.Count;
                    Examples.Check(scorer, _worked[at], "$", report);
                    if (report.Count > 0)
                    {
                        _noticed = at;
                        return Outcome.Examples;
                    }
                }
            }

            altered["examples"] = _examples.DeepClone();
            return Loads(altered, out _) ? Outcome.Unnoticed : Outcome.Lint;
        }

        private bool Loads(JsonObject definition, out Instrument? instrument) =>
            Instrument.TryLoad(JsonSerializer.SerializeToUtf8Bytes(definition, Plain), _id, out instrument, out _);

        public IEnumerable<Alteration> Alterations() => new[] { Keys(), Items(), Options(), Scores(), Bands(), Critical(), Rules(), People(), Loinc() }.SelectMany(part => part);

        private Alteration Of(string kind, string what, Action<JsonObject> change) => new(kind, $"{_id}: {what}", change);

        private static IEnumerable<JsonObject> List(JsonObject of, string member) => of[member]?.AsArray().Select(n => n!.AsObject()) ?? [];

        private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(n => (JsonNode)n)];

        private static JsonArray Codes(IEnumerable<int> codes) => [.. codes.Order().Select(c => (JsonNode)c)];

        /// <summary>Items of a score, runs written out.</summary>
        private IEnumerable<string> ItemsOf(JsonObject score) => score["items"]!.AsArray().SelectMany(entry => ItemRuns.Expand((string)entry!, id => Array.IndexOf(_items, id))).Select(i => _items[i]);

        private JsonObject Item(string id) => _definition["items"]![Array.IndexOf(_items, id)]!.AsObject();

        private JsonObject Responses(string item) => _definition["responses"]![(string)Item(item)["responses"]!]!.AsObject();

        private static int[] CodesOf(JsonObject responses) => [.. List(responses, "options").Select(o => (int)o["code"]!)];

        private static int WorthOf(JsonObject option) => (int)(option["score"] ?? option["code"])!;

        private (int, int) RangeOf(string item) => List(Responses(item), "options").Select(WorthOf).ToArray() is { Length: > 0 } worths ? (worths.Min(), worths.Max()) : (0, 0);

        private static JsonObject Score(JsonObject definition, string id) => List(definition, "scores").Single(s => (string)s["id"]! == id);

        /// <summary>Items that a score adds up: of the others only the codes matter, not what they are worth.</summary>
        private bool IsKeyed(string item) =>
            _scores.Values.Any(s => (s.ContainsKey("items") && ItemsOf(s).Contains(item)) || ((string)s["kind"]! == "quantity" && (string)s["item"]! == item));

        /// <summary>Items moved, exchanged, left out; parts of totals and quotients.</summary>
        private IEnumerable<Alteration> Keys()
        {
            var keys = _scores.Where(s => s.Value.ContainsKey("items")).ToDictionary(s => s.Key, s => ItemsOf(s.Value).ToArray());
            foreach (var (from, items) in keys)
            {
                foreach (var item in items.Where(_ => items.Length > 1))
                {
                    yield return Of("item left out", $"{from} without item {item}", d => Score(d, from)["items"] = Names(items.Where(i => i != item)));
                }

                foreach (var (to, others) in keys.Where(k => !k.Value.Intersect(items).Any() && k.Value.Concat(items).Select(RangeOf).Distinct().Count() == 1))
                {
                    foreach (var item in items)
                    {
                        yield return Of("item moved", $"item {item} from {from} to {to}", d =>
                        {
                            Score(d, from)["items"] = Names(items.Where(i => i != item));
                            Score(d, to)["items"] = Names([.. others, item]);
                        });
                    }

                    foreach (var (one, other) in items.Zip(others).Where(_ => string.CompareOrdinal(from, to) < 0))
                    {
                        yield return Of("items exchanged", $"item {one} of {from} and item {other} of {to}", d =>
                        {
                            Score(d, from)["items"] = Names(items.Select(i => i == one ? other : i));
                            Score(d, to)["items"] = Names(others.Select(i => i == other ? one : i));
                        });
                    }
                }
            }

            foreach (var (id, score) in _scores)
            {
                switch ((string)score["kind"]!)
                {
                    case "total":
                        string[] parts = [.. score["scores"]!.AsArray().Select(p => (string)p!)];
                        foreach (var part in parts)
                        {
                            if (parts.Length > 1)
                            {
                                yield return Of("part of a score", $"{id} without {part}", d => Score(d, id)["scores"] = Names(parts.Where(p => p != part)));
                            }

                            foreach (var other in _scores.Keys.TakeWhile(s => s != id).Except(parts))
                            {
                                yield return Of("part of a score", $"{id} of {other} instead of {part}", d => Score(d, id)["scores"] = Names(parts.Select(p => p == part ? other : p)));
                            }
                        }

                        break;
                    case "ratio":
                        yield return Of("part of a score", $"{id} turned over", d => Exchange(Score(d, id), "numerator", "denominator"));
                        break;
                    case "clock-span":
                        yield return Of("part of a score", $"{id} turned over", d => Exchange(Score(d, id), "from", "to"));
                        break;
                    case "quantity":
                        foreach (var other in _items.Where(i => i != (string)score["item"]! && (string)Item(i)["responses"]! == (string)Item((string)score["item"]!)["responses"]!))
                        {
                            yield return Of("part of a score", $"{id} of item {other}", d => Score(d, id)["item"] = other);
                        }

                        break;
                    case "steps" or "table":
                        foreach (var other in _scores.Keys.TakeWhile(s => s != id).Where(s => s != (string)score["score"]!))
                        {
                            yield return Of("part of a score", $"{id} of {other}", d => Score(d, id)["score"] = other);
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        private static void Exchange(JsonObject of, string one, string other)
        {
            var (first, second) = (of[one]!.DeepClone(), of[other]!.DeepClone());
            (of[one], of[other]) = (second, first);
        }

        /// <summary>Reversal, skips and blanks of items.</summary>
        private IEnumerable<Alteration> Items()
        {
            for (var i = 0; i < _items.Length; i++)
            {
                var (at, id) = (i, _items[i]);
                var item = Item(id);
                if ((string)Responses(id)["kind"]! == "options")
                {
                    yield return Of("reversal", $"item {id} {(item.ContainsKey("reverse") ? "not reversed" : "reversed")}", d =>
                    {
                        var altered = d["items"]![at]!.AsObject();
                        if (!altered.Remove("reverse"))
                        {
                            altered["reverse"] = true;
                            d["evidence"]!["reversal"] ??= JsonNode.Parse(Convention);
                        }
                    });
                }

                if (item["askedWhen"] is JsonObject asked)
                {
                    yield return Of("skip", $"item {id} always asked", d => d["items"]![at]!.AsObject().Remove("askedWhen"));
                    foreach (var (what, change) in OfCondition(asked["when"]!.AsObject()))
                    {
                        yield return Of("skip", $"item {id} asked when{what}", d => change(d["items"]![at]!["askedWhen"]!["when"]!.AsObject()));
                    }

                    foreach (var code in CodesOf(Responses(id)).Where(c => c != (int)asked["otherwise"]!))
                    {
                        yield return Of("skip", $"item {id} counts as {code} when skipped", d => d["items"]![at]!["askedWhen"]!["otherwise"] = code);
                    }
                }

                if (item["whenBlank"] is { } blank)
                {
                    yield return Of("skip", $"item {id} missing when blank", d => d["items"]![at]!.AsObject().Remove("whenBlank"));
                    foreach (var code in CodesOf(Responses(id)).Where(c => c != (int)blank))
                    {
                        yield return Of("skip", $"item {id} counts as {code} when blank", d => d["items"]![at]!["whenBlank"] = code);
                    }
                }
            }
        }

        /// <summary>Codes with one taken away or put in, and all raised or lowered by one.</summary>
        private static IEnumerable<(string Name, int[] Codes)> OtherCodes(JsonArray codes, int[] all)
        {
            int[] now = [.. codes.Select(c => (int)c!)];
            var others = new List<int[]>();
            others.AddRange(all.Select(code => now.Contains(code) ? now.Except([code]).ToArray() : [.. now, code]));
            others.AddRange(new[] { -1, 1 }.Select(step => now.Select(c => c + step).Intersect(all).ToArray()));
            return others.Select(o => o.Order().ToArray())
                .Where(o => o.Length > 0 && !o.SequenceEqual(now.Order()))
                .DistinctBy(o => string.Join(',', o))
                .Select(o => ($"{string.Join(',', now)} -> {string.Join(',', o)}", o));
        }

        /// <summary>Stored codes and what they are worth.</summary>
        private IEnumerable<Alteration> Options()
        {
            foreach (var (set, node) in _definition["responses"]!.AsObject().Where(r => (string)r.Value!["kind"]! == "options"))
            {
                var options = List(node!.AsObject(), "options").ToArray();
                var keyed = _items.Any(i => (string)Item(i)["responses"]! == set && IsKeyed(i));
                for (var i = 0; i < options.Length; i++)
                {
                    var (at, code, worth) = (i, (int)options[i]["code"]!, WorthOf(options[i]));
                    foreach (var step in new[] { -1, 1 })
                    {
                        yield return Of("code", $"{set} code {code} -> {code + step}", d => Option(d, at)["code"] = code + step);
                        if (keyed)
                        {
                            yield return Of("worth", $"{set} code {code} worth {worth} -> {worth + step}", d => Option(d, at)["score"] = worth + step);
                        }
                    }

                    for (var j = i + 1; j < options.Length && keyed; j++)
                    {
                        var (to, other) = (j, (int)options[j]["code"]!);
                        var otherWorth = WorthOf(options[j]);
                        if (worth != otherWorth)
                        {
                            yield return Of("code", $"{set} codes {code} and {other} exchanged", d => (Option(d, at)["score"], Option(d, to)["score"]) = (otherWorth, worth));
                        }
                    }
                }

                JsonObject Option(JsonObject d, int at) => d["responses"]![set]!["options"]![at]!.AsObject();
            }

            foreach (var (set, node) in _definition["responses"]!.AsObject().Where(r => (string)r.Value!["kind"]! == "number"))
            {
                // A decimal place more reads every answer of an example as the same number, so none is added.
                foreach (var (member, step) in new[] { ("min", 1), ("max", -1), ("max", 1), ("decimals", -1) })
                {
                    var now = Number(node![member] ?? 0);
                    yield return Of("code", $"{set} {member} {now} {step:+0;-0}", d => d["responses"]![set]![member] = (int)now.Numerator + step);
                }
            }
        }

        private static Rational Number(JsonNode? node)
        {
            Assert.True(Rational.TryParse(node!.ToString(), out var value));
            return value;
        }

        /// <summary>Weights, ranges, limits of missing answers, rounding, thresholds, steps, tables, validity scales.</summary>
        private IEnumerable<Alteration> Scores()
        {
            foreach (var (id, score) in _scores)
            {
                var kind = (string)score["kind"]!;
                string[] kept = [.. score["unreversed"]?.AsArray().Select(i => (string)i!) ?? []];
                foreach (var item in score.ContainsKey("items") ? ItemsOf(score).Where(i => Item(i).ContainsKey("reverse")) : [])
                {
                    yield return Of("reversal", $"{id} item {item} {(kept.Contains(item) ? "reversed" : "not reversed")}", d =>
                        Score(d, id)["unreversed"] = Names(kept.Contains(item) ? kept.Where(i => i != item) : [.. kept, item]));
                }

                foreach (var (name, step) in new[] { ("-1", -1), ("+1", 1) })
                {
                    yield return Of("weight", $"{id} times {name}", d => Score(d, id)["times"] = Text(Number(score["times"] ?? 1) + step));
                    yield return Of("range", $"{id} min {name}", d => Score(d, id)["range"]!["min"] = Text(Number(score["range"]!["min"]) + step));
                    yield return Of("range", $"{id} max {name}", d => Score(d, id)["range"]!["max"] = Text(Number(score["range"]!["max"]) + step));
                    if (score["atLeast"] is { } from)
                    {
                        yield return Of("threshold", $"{id} from {from} {name}", d => Score(d, id)["atLeast"] = (int)from + step);
                    }

                    if (score["missing"] is { } missing)
                    {
                        yield return Of("missing limit", $"{id} {missing["maxMissing"]} missing {name}", d =>
                        {
                            var altered = Score(d, id)["missing"]!.AsObject();
                            altered["maxMissing"] = (int)missing["maxMissing"]! + step;
                            if (kind != "mean")
                            {
                                altered["round"] ??= "half-up";
                            }
                        });
                    }
                }

                foreach (var alteration in RoundingOf(id, score, kind).Concat(StepsOf(id, score)))
                {
                    yield return alteration;
                }
            }

            for (var i = 0; i < List(_definition, "validityScales").Count(); i++)
            {
                var at = i;
                var scale = List(_definition, "validityScales").ElementAt(i);
                foreach (var cut in new[] { "caution", "invalid" }.Where(scale.ContainsKey))
                {
                    foreach (var step in new[] { -1, 1 })
                    {
                        yield return Of("validity cut", $"{scale["score"]} {cut} {step:+0;-0}", d => d["validityScales"]![at]![cut] = Text(Number(scale[cut]) + step));
                    }
                }
            }
        }

        /// <summary>Rounding of whole numbers is no alteration, so none is made.</summary>
        private IEnumerable<Alteration> RoundingOf(string id, JsonObject score, string kind)
        {
            if (kind != "mean" && score["missing"] is { } missing && (int)missing["maxMissing"]! > 0)
            {
                foreach (var rule in Roundings.Where(r => r != (string?)missing["round"]))
                {
                    yield return Of("rounding", $"{id} prorated {missing["round"]} -> {rule}", d => Score(d, id)["missing"]!["round"] = rule);
                }
            }

            if (!IsWhole(score, rounded: false))
            {
                var now = (string?)score["round"] ?? "none";
                foreach (var rule in Roundings.Where(r => r != now))
                {
                    yield return Of("rounding", $"{id} {now} -> {rule}", d => Score(d, id)["round"] = rule);
                }
            }
        }

        private bool IsWhole(JsonObject score, bool rounded)
        {
            if (rounded && (string?)score["round"] is "half-up" or "floor")
            {
                return true;
            }

            return Number(score["times"] ?? 1).IsWhole && (string)score["kind"]! switch
            {
                "mean" or "ratio" => false,
                "sum" or "count" => (int)score["missing"]!["maxMissing"]! == 0 || (string?)score["missing"]!["round"] != "none",
                "total" => score["scores"]!.AsArray().All(s => IsWhole(_scores[(string)s!], rounded: true)),
                "quantity" => (int)(Responses((string)score["item"]!)["decimals"] ?? 0) == 0,
                "steps" => List(score, "steps").All(s => Number(s["value"]).IsWhole),
                "table" => score["values"]!.AsArray().All(v => Number(v).IsWhole),
                _ => true,
            };
        }

        private IEnumerable<Alteration> StepsOf(string id, JsonObject score)
        {
            var unit = score["score"] is { } source ? StepOf(_scores[(string)source!]) : 1;
            for (var i = 0; i < List(score, "steps").Count(); i++)
            {
                var at = i;
                var step = List(score, "steps").ElementAt(i);
                var start = $"{(step.ContainsKey("after") ? "after" : "from")} {step["from"]}";
                foreach (var by in new[] { -1, 1, unit * -1, unit }.Distinct())
                {
                    yield return Of("step", $"{id} step {at} from {step["from"]} {(by > 0 ? "+" : "")}{by}", d => Score(d, id)["steps"]![at]!["from"] = Text(Number(step["from"]) + by));
                }

                yield return Of("step", $"{id} step {at} from {step["from"]} {(step.ContainsKey("after") ? "on" : "after")}", d =>
                {
                    var altered = Score(d, id)["steps"]![at]!.AsObject();
                    if (!altered.Remove("after"))
                    {
                        altered["after"] = true;
                    }
                });
                foreach (var by in new[] { -1, 1 })
                {
                    yield return Of("step", $"{id} step {at} from {step["from"]} worth {step["value"]} {by:+0;-0}", d => Score(d, id)["steps"]![at]!["value"] = Text(Number(step["value"]) + by));
                }
            }

            for (var i = 0; i < (score["values"]?.AsArray().Count ?? 0); i++)
            {
                var at = i;
                foreach (var by in new Rational[] { -1, 1, new(-1, 100), new(1, 100) })
                {
                    yield return Of("table", $"{id} value {i} {(by > 0 ? "+" : "")}{by}", d => Score(d, id)["values"]![at] = Text(Number(score["values"]![at]) + by));
                }
            }
        }

        /// <summary>The smallest distance of two values of a score.</summary>
        private Rational StepOf(JsonObject score)
        {
            var raw = (string)score["kind"]! switch
            {
                "mean" => new Rational(1, ItemsOf(score).Count()),
                "ratio" => new Rational(1, 10),
                "quantity" => new Rational(1, Answer.PowerOfTen((int)(Responses((string)score["item"]!)["decimals"] ?? 0))),
                _ => 1,
            };
            return (string?)score["round"] is "half-up" or "floor" ? 1 : raw * Number(score["times"] ?? 1);
        }

        /// <summary>Cuts and the groups they are for.</summary>
        private IEnumerable<Alteration> Bands()
        {
            foreach (var (id, score) in _scores)
            {
                for (var i = 0; i < List(score, "bands").Count(); i++)
                {
                    var at = i;
                    var set = List(score, "bands").ElementAt(i);
                    var starts = List(set, "starts").ToArray();
                    var name = $"{id}{(i == 0 ? "" : $" group {i}")}";
                    for (var j = 0; j < starts.Length; j++)
                    {
                        var (band, from) = (j, Number(starts[j]["from"]));
                        foreach (var by in new[] { -1, 1, StepOf(score) * -1, StepOf(score) }.Distinct())
                        {
                            yield return Of("band start", $"{name} {starts[j]["band"]} from {from} {(by > 0 ? "+" : "")}{by}", d => Set(d)["starts"]![band]!["from"] = Text(from + by));
                        }

                        if (j > 0)
                        {
                            yield return Of("band name", $"{name} {starts[j - 1]["band"]} and {starts[j]["band"]} exchanged", d =>
                            {
                                var altered = Set(d)["starts"]!;
                                (altered[band - 1]!["band"], altered[band]!["band"]) = ((string)starts[band]["band"]!, (string)starts[band - 1]["band"]!);
                            });
                        }
                    }

                    foreach (var alteration in Group(name, set["for"]?.AsObject(), d => Set(d)["for"]!.AsObject()))
                    {
                        yield return alteration;
                    }

                    JsonObject Set(JsonObject d) => Score(d, id)["bands"]![at]!.AsObject();
                }
            }
        }

        private IEnumerable<Alteration> Group(string name, JsonObject? group, Func<JsonObject, JsonObject> find)
        {
            foreach (var limit in new[] { "minAge", "maxAge" }.Where(m => group?[m] is not null))
            {
                foreach (var step in new[] { -1, 1 })
                {
                    yield return Of("age", $"{name} {limit} {group![limit]} {step:+0;-0}", d => find(d)[limit] = (int)group[limit]! + step);
                }

                yield return Of("age", $"{name} without {limit}", d => find(d).Remove(limit));
            }

            if ((string?)group?["sex"] is { } sex)
            {
                yield return Of("sex", $"{name} not {sex}", d => find(d)["sex"] = sex == "female" ? "male" : "female");
            }
        }

        private IEnumerable<Alteration> Critical()
        {
            for (var i = 0; i < List(_definition, "criticalItems").Count(); i++)
            {
                var at = i;
                var critical = List(_definition, "criticalItems").ElementAt(i);
                var (id, item) = ((string)critical["id"]!, (string)critical["item"]!);
                yield return Of("critical item", $"{id} removed", d => d["criticalItems"]!.AsArray().RemoveAt(at));
                int[] codes = [.. critical["codes"]!.AsArray().Select(c => (int)c!)];
                foreach (var other in _items.Where(o => o != item && codes.All(CodesOf(Responses(o)).Contains)))
                {
                    yield return Of("critical item", $"{id} on item {other}", d => d["criticalItems"]![at]!["item"] = other);
                }

                foreach (var (name, changed) in OtherCodes(critical["codes"]!.AsArray(), CodesOf(Responses(item))))
                {
                    yield return Of("critical codes", $"{id} {name}", d => d["criticalItems"]![at]!["codes"] = Codes(changed));
                }

                foreach (var other in CriticalClasses.Where(c => c != (string)critical["class"]!))
                {
                    yield return Of("critical class", $"{id} {other}", d => d["criticalItems"]![at]!["class"] = other);
                }
            }
        }

        /// <summary>Classes and their conditions.</summary>
        private IEnumerable<Alteration> Rules()
        {
            foreach (var (id, score) in _scores.Where(s => (string)s.Value["kind"]! == "classes"))
            {
                foreach (var step in new[] { -1, 1 })
                {
                    yield return Of("rule", $"{id} otherwise {step:+0;-0}", d => Score(d, id)["otherwise"] = (int)score["otherwise"]! + step);
                }

                for (var i = 0; i < List(score, "classes").Count(); i++)
                {
                    var at = i;
                    var name = $"{id} class {score["classes"]![i]!["value"]}";
                    yield return Of("rule", $"{name} removed", d => Score(d, id)["classes"]!.AsArray().RemoveAt(at));
                    foreach (var step in new[] { -1, 1 })
                    {
                        yield return Of("rule", $"{name} worth {step:+0;-0}", d => Score(d, id)["classes"]![at]!["value"] = (int)score["classes"]![at]!["value"]! + step);
                    }

                    foreach (var (what, change) in OfCondition(score["classes"]![i]!["when"]!.AsObject()))
                    {
                        yield return Of("rule", $"{name}{what}", d => change(Score(d, id)["classes"]![at]!["when"]!.AsObject()));
                    }
                }
            }
        }

        private IEnumerable<(string What, Action<JsonObject> Change)> OfCondition(JsonObject condition)
        {
            var kind = (string)condition["kind"]!;
            var parts = List(condition, "of").ToArray();
            switch (kind)
            {
                case "item":
                    var item = (string)condition["item"]!;
                    foreach (var (what, codes) in OtherCodes(condition["codes"]!.AsArray(), CodesOf(Responses(item))))
                    {
                        yield return ($" item {item} {what}", c => c["codes"] = Codes(codes));
                    }

                    break;
                case "score" or "number" or "count":
                    foreach (var step in new[] { -1, 1 })
                    {
                        yield return ($" {condition["score"] ?? condition["item"] ?? kind} at least {condition["atLeast"]} {step:+0;-0}", c => c["atLeast"] = Text(Number(condition["atLeast"]) + step));
                    }

                    break;
                case "any" or "all" when parts.Length > 1:
                    yield return ($" {kind} turned", c => c["kind"] = kind == "any" ? "all" : "any");
                    break;
                default:
                    break;
            }

            if ((string?)condition["item"] is { } of)
            {
                foreach (var other in _items.Where(o => o != of && (string)Item(o)["responses"]! == (string)Item(of)["responses"]!))
                {
                    yield return ($" item {of} -> {other}", c => c["item"] = other);
                }
            }

            for (var i = 0; i < parts.Length; i++)
            {
                var at = i;
                if (parts.Length > 1)
                {
                    yield return ($" {kind} without part {i}", c => c["of"]!.AsArray().RemoveAt(at));
                }

                foreach (var (what, change) in OfCondition(parts[i]))
                {
                    yield return ($" {kind}/{i}{what}", c => change(c["of"]![at]!.AsObject()));
                }
            }
        }

        private IEnumerable<Alteration> People() => Group("population", _definition["population"]!.AsObject(), d => d["population"]!.AsObject());

        private IEnumerable<Alteration> Loinc()
        {
            var places = new List<(string Name, Func<JsonObject, JsonNode> Find)> { ("panel", d => d) };
            places.AddRange(_items.Select((id, i) => ($"item {id}", (Func<JsonObject, JsonNode>)(d => d["items"]![i]!))));
            places.AddRange(_scores.Keys.Select(id => (id, (Func<JsonObject, JsonNode>)(d => Score(d, id)))));
            foreach (var (name, find) in places)
            {
                if ((string?)find(_definition)["loinc"] is { } code)
                {
                    for (var i = 0; i < code.Length - 2; i++)
                    {
                        var other = code[..i] + (char)('0' + ((code[i] - '0' + 1) % 10)) + code[(i + 1)..];
                        yield return Of("loinc", $"{name} {code} -> {other}", d => find(d)["loinc"] = other);
                    }
                }
            }
        }

        private static JsonNode Text(Rational value) => value.IsWhole ? value.Numerator : $"{value.Numerator}/{value.Denominator}";
    }
}
