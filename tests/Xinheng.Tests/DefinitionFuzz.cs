using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Xinheng.Tests;

/// <summary>Damaged definitions: each loads and scores, or gives problems; nothing else happens.</summary>
public partial class DefinitionFuzz
{
    private const int Cases = 24_000;

    /// <summary>Every shipped definition, and as often a small one that has one of each thing.</summary>
    private static readonly byte[][] Originals =
    [
        .. InstrumentCatalog.Default.Ids.Select(id => File.ReadAllBytes(Repository.PathOf("scales", id, "instrument.json"))),
        .. Enumerable.Repeat(File.ReadAllBytes(Repository.PathOf("tests", "Xinheng.Tests", "every-kind.json")), 2 * InstrumentCatalog.Default.Ids.Count),
    ];

    /// <summary>Values that have broken parsers and arithmetic before.</summary>
    private static readonly byte[][] Tokens =
    [
        .. ((string[])
        [
            "0", "-1", "1", "2", "250", "251", "255", "256", "1000", "1001", "65281", "2147483647", "-2147483648", "4294967296", "999999999999999",
            "-999999999999999", "0.000000000000001", "999999999.999999", "1e400", "0.1", "12345678901234567890", "null", "true", "[]", "{}", "\"\"", "\"1-9\"", "\"9-1\"",
            "\"17/12\"", "\"1/999999999999999\"", "\"999999999999999/7\"", "\"1/0\"", "\"total\"", "\"item\"", "\"\\ud800\"", "\"\\u202e\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"kind\":\"all\",\"of\":[]}", "\u0000", "\uFEFF", "\"half-up\"", "\"Half-Up\"", "\"female, male\"",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void AnyMutationOfADefinition_LoadsAndScores_OrGivesProblems()
    {
        var failures = new ConcurrentQueue<string>();
        var loaded = 0;
        Parallel.For(0, Cases, seed =>
        {
            var content = Mutate(new Random(seed));
            try
            {
                if (Instrument.TryLoad(content, "fuzz.json", out var instrument, out var problems))
                {
                    Interlocked.Increment(ref loaded);
                    Score(instrument!);
                }

                Check(problems, instrument);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {exception}"));
            }
        });
        Assert.True(failures.IsEmpty, $"{failures.Count} of {Cases}: {string.Join("\n\n", failures.Take(3))}");
        Assert.InRange(loaded, Cases / 100, Cases / 2); // both sides are exercised
    }

    private static void Check(IReadOnlyList<Problem> problems, Instrument? instrument)
    {
        Assert.Equal(instrument is null, problems.Count > 0);
        foreach (var problem in problems)
        {
            Assert.Matches("^[a-z]+(-[a-z0-9]+)*$", problem.Code);
            Assert.Equal("fuzz.json", problem.File);
            Assert.NotEmpty(problem.Found);
            Assert.NotEmpty(problem.Expected);
            Assert.True(problem.Line is null or > 0);
            Assert.True(problem.Path is null || (problem.Path.StartsWith('$') && problem.Line is not null), problem.ToString());
            Assert.True(problem.ToString().Length < 4_000, problem.ToString());
        }
    }

    private static void Score(Instrument instrument)
    {
        var scorer = Scorer.Compile(instrument);
        var lowest = Enumerable.Range(0, instrument.Items.Count).Select(i => Survey.Lowest(instrument.ResponsesOf(i)).ToAnswer()).ToArray();
        Assert.Equal(instrument.Scores.Count, scorer.Score(lowest).Scores.Count);
        Assert.Equal(instrument.Scores.Count, scorer.Explain(Enumerable.Repeat(Answer.Skipped, lowest.Length).ToArray()).Scores.Count);
        foreach (var item in Enumerable.Range(0, lowest.Length).Take(12))
        {
            // One blank at a time: proration and bounds of every score.
            Answer[] open = [.. lowest];
            open[item] = Answer.Skipped;
            foreach (var score in scorer.Score(open).Scores)
            {
                Assert.True(score.Exact is null || (score.Lowest <= score.Exact && score.Exact <= score.Highest), $"{score.Exact} outside {score.Lowest} to {score.Highest}");
            }
        }

        Examples.Check(instrument);
        Assert.Equal(instrument.Scores.Select(s => s.Id), Instrument.Create(instrument.Definition).Scores.Select(s => s.Id));
    }

    private static byte[] Mutate(Random random)
    {
        List<byte> content = [.. Originals[random.Next(Originals.Length)]];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(content.Count);
            var length = Math.Min(random.Next(1, random.Next(2, 200)), content.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    content[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    content.RemoveRange(at, Math.Min(length, 1 + random.Next(4)));
                    break;
                case 2:
                    content.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    var other = Originals[random.Next(Originals.Length)];
                    var from = random.Next(other.Length);
                    content.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                    break;
                case 4 when random.Next(4) == 0:
                    content.RemoveRange(at, content.Count - at);
                    break;
                case 5:
                    content.InsertRange(at, content.GetRange(at, length));
                    break;
                default:
                    // A whole value gives way to another value, so that the grammar holds and the meaning does not.
                    // Examples are the longest part of a file and the dullest.
                    var text = Encoding.Latin1.GetString([.. content]);
                    var values = Value().Matches(random.Next(8) > 0 ? text.Split("\"examples\"")[0] : text);
                    if (values.Count > 0)
                    {
                        var value = values[random.Next(values.Count)].Groups[1];
                        content.RemoveRange(value.Index, value.Length);
                        content.InsertRange(value.Index, random.Next(3) > 0 ? Tokens[random.Next(Tokens.Length)] : Encoding.Latin1.GetBytes(values[random.Next(values.Count)].Groups[1].Value));
                    }

                    break;
            }

            if (content.Count == 0)
            {
                content.Add((byte)'0');
            }
        }

        return [.. content];
    }

    [GeneratedRegex("""[:\[,]\s*("[^"]*"|-?[0-9.]+|true|false|null)""")]
    private static partial Regex Value();
}
