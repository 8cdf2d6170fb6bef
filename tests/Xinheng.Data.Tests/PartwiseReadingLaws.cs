using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Data.Tests;

/// <summary>A file that is read in parts on several threads gives what reading it from the beginning to the end gives, byte for byte.</summary>
public sealed class PartwiseReadingLaws
{
    private static readonly string[] Ids = [.. InstrumentCatalog.Default.Ids];

    [Property(MaxTest = 300)]
    public Property Reading_in_parts_gives_the_bytes_of_reading_in_one_go() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            using var folder = new TempFolder();
            var (content, request) = Sample(random, odd: random.Next(4) == 0);
            request = request with { Input = folder.Write("survey.csv", content) };
            var expected = Outcome(folder, request with { Sequential = true, Threads = 1 + random.Next(3) });
            foreach (var threads in new[] { 1, 2, 3 })
            {
                var parts = request with { Threads = threads, NarrowVectors = random.Next(2) == 0, BlockSize = 1 + random.Next(150), UnitBytes = 1 << random.Next(1, 16) };
                Assert.Equal(expected, Outcome(folder, parts));
            }
        });

    [Property(MaxTest = 60)]
    public Property A_plain_file_is_read_in_parts() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            using var folder = new TempFolder();
            var (content, request) = Sample(random, odd: false);
            request = request with { Input = folder.Write("survey.csv", content), UnitBytes = 1 << random.Next(1, 16) };
            Assert.NotNull(SurveyFile.Look(request, roster: null, (_, _) => { }, TestContext.Current.CancellationToken).Units);
        });

    [Fact]
    public void Parts_of_the_usual_size_begin_where_records_begin()
    {
        // Longer than three chunks, with line ends and delimiters inside of quotation marks all over.
        var text = new StringBuilder("id,note,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n");
        var random = new Random(7);
        for (var i = 0; text.Length < 3_500_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"S{i}\",\"a,\n\"\"{new string('x', random.Next(90))}\"\"\",\"{i % 4}\",0,1,2,3,0,1,2,\"{random.Next(4)}\"{(i % 7 == 0 ? "\r\n" : "\n")}");
        }

        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", text.ToString()));
        var file = SurveyFile.Look(request, roster: null, (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.InRange(file.Units!.Count, 4, 6);
        Assert.Equal(Outcome(folder, request with { Sequential = true }), Outcome(folder, request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chunk_that_begins_among_marks_that_may_open_as_well_as_close_is_looked_at_again(int shift)
    {
        // Quoted delimiters, one after another: no mark near the border of the chunks tells on which side of a field it stands.
        const int Columns = 300;
        var text = new StringBuilder($"id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9,{string.Join(',', Enumerable.Range(0, Columns).Select(i => $"n{i}"))}\n");
        text.Append('x', shift);
        for (var i = 0; text.Length < InputProbe.ChunkBytes + 5_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"S{i},0,1,2,3,0,1,2,3,{i % 4}").Insert(text.Length, ",\",\"", Columns).Append('\n');
        }

        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", text.ToString()));
        Assert.NotNull(SurveyFile.Look(request, roster: null, (_, _) => { }, TestContext.Current.CancellationToken).Units);
        Assert.Equal(Outcome(folder, request with { Sequential = true }), Outcome(folder, request));
    }

    [Fact]
    public void A_record_that_goes_on_for_long_in_the_next_chunk_makes_a_file_odd()
    {
        var text = Phq9.Survey(41_000);
        var folder = new TempFolder();
        using (folder)
        {
            var notes = Phq9.Header.Replace("id,", "id,note,", StringComparison.Ordinal) + string.Concat(text.Split('\n')[1..^1].Select((line, i) =>
                line.Insert(9, (i == 34_000 ? "\"" + new string('y', 400_000) + "\"" : "x") + ",") + "\n"));
            var request = SurveyRun.RequestFor(folder.Write("survey.csv", notes));
            Assert.Null(SurveyFile.Look(request, roster: null, (_, _) => { }, TestContext.Current.CancellationToken).Units);
            Assert.Equal(Outcome(folder, request with { Sequential = true }), Outcome(folder, request));
        }
    }

    /// <summary>All that a run says and writes: what it refuses, or its files and counts.</summary>
    private static string Outcome(TempFolder folder, ScoreRequest request)
    {
        try
        {
            var summary = SurveyScorer.Run(request, folder.At("scores.csv"), progress: null, TestContext.Current.CancellationToken);
            var counts = (summary.Read, summary.Scored, summary.Quarantined, summary.Duplicates, summary.UnreadableCells, summary.CriticalUnreadable, summary.WidthNormalized);
            return string.Join('\n', [counts.ToString(), .. summary.Notices, .. summary.Files.Select(Path.GetFileName), .. summary.Files.Select(File.ReadAllText), .. summary.Instruments.Select(Counts)]);
        }
        catch (InputException refusal)
        {
            return string.Join('\n', refusal.Problems.Select(p => $"{p.Code} {p.Row} {p.Line} {p.Column}: {p.Found}. {p.Expected}. {p.Action}"));
        }
    }

    private static string Counts(InstrumentSummary summary) =>
        string.Join('\n', [summary.Instrument.Id, .. summary.Bands.Select(b => b.ToString()), .. summary.Statuses.Select(s => s.ToString()), .. summary.Critical.Select(c => c.ToString()), .. summary.Validity.Select(v => v.ToString())]);

    /// <summary>A file in any dialect; an odd one has besides what no good program writes.</summary>
    private static (byte[] Content, ScoreRequest Request) Sample(Random random, bool odd)
    {
        var first = InstrumentCatalog.Default[Ids[random.Next(Ids.Length)]];
        var instruments = Ids.Select(id => InstrumentCatalog.Default[id]).Where(i => i.Definition.Population.Subject == first.Definition.Population.Subject)
            .OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToArray();
        var delimiter = ",;\t"[random.Next(3)];
        var gb = random.Next(4) == 0;
        var (letters, width, labels) = (random.Next(4) == 0, random.Next(4) == 0, random.Next(4) == 0);
        var items = instruments.SelectMany(i => i.Items.Select((_, n) => (Instrument: i, Item: n, Heading: ColumnPlan.ItemName(i, n)))).ToArray();
        string[] others = ["id", "age", "sex", "所用时间", "备注", "phone"];
        string[] headings = [.. items.Select(i => i.Heading), .. others];
        if (random.Next(2) == 0)
        {
            headings = [.. headings.OrderBy(_ => random.Next())];
        }

        var item = items.ToDictionary(i => i.Heading, StringComparer.Ordinal);
        var (quoting, ends, clean) = (random.Next(4), random.Next(3), random.Next(12, 400));
        var text = new StringBuilder(random.Next(8) == 0 ? "\n\r\n" : "");
        Line(headings);
        var header = text.Length;
        var people = random.Next(1, 180);
        for (var person = 0; person < people; person++)
        {
            var cells = headings.Select(heading => item.TryGetValue(heading, out var known) ? Answer(known.Instrument.ResponsesOf(known.Item)) : Text(heading, person)).ToList();
            if (random.Next(60) == 0)
            {
                cells.RemoveRange(random.Next(1, cells.Count), 1);
            }

            if (random.Next(60) == 0)
            {
                cells.Add("");
            }

            Line(cells);
            if (random.Next(40) == 0)
            {
                text.Append(random.Next(2) == 0 ? "\n" : "\r\n");
            }
        }

        if (random.Next(3) == 0)
        {
            while (text.Length > 0 && text[^1] is '\r' or '\n')
            {
                text.Length--;
            }
        }

        if (odd)
        {
            for (var i = random.Next(1, 3); i > 0; i--)
            {
                text.Insert(random.Next(Math.Min(header, text.Length), text.Length + 1), random.Next(4) switch { 0 => "\"", 1 => "\r", 2 => "\0", _ => "x\"y" });
            }
        }

        Encoding encoding = gb ? TextEncoding.Gb18030.Encoding : new UTF8Encoding(random.Next(3) == 0);
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
        if (odd && random.Next(3) == 0)
        {
            content[content.Length / 2] = 0xFF;
        }

        var format = new AnswerFormat
        {
            Letters = letters, NormalizeWidth = width,
            Labels = labels ? instruments.SelectMany(i => i.Definition.Responses.Values.OfType<OptionSet>()).SelectMany(s => s.Options).Select(o => o.Code).Distinct().Take(1).ToDictionary(_ => "从不", code => code) : [],
        };
        return (content, new ScoreRequest
        {
            Input = "",
            Instruments = instruments,
            Encoding = gb && random.Next(2) == 0 ? "gb18030" : null,
            Mapping = new()
            {
                Answers = instruments.Where(i => !labels || i.Definition.Responses.Values.OfType<OptionSet>().Any(s => s.Options.Any(o => format.Labels.Values.Contains(o.Code)))).ToDictionary(i => i.Id, _ => format),
                Missing = random.Next(3) == 0 ? new Dictionary<string, MissingReason> { ["-"] = MissingReason.Refused, ["#"] = MissingReason.NotAsked } : [],
                Duplicates = random.Next(4) switch { 0 => null, 1 => DuplicateRule.First, 2 => DuplicateRule.Last, _ => DuplicateRule.BestValid },
                NotAsked = [],
            },
        });

        string Answer(ResponseSet responses)
        {
            if (random.Next(clean) == 0)
            {
                string[] strange = ["", "", "-", "#", "?", " 1", "12", "１", "٣", "99", "0", "9", "A", "从不", "1.0", "\"", "a,b", "x\ny", "x\r\ny", "   "];
                return strange[random.Next(strange.Length)];
            }

            switch (responses)
            {
                case OptionSet set:
                    var place = random.Next(set.Options.Count);
                    return letters && random.Next(2) == 0 ? ((char)((random.Next(2) == 0 ? 'a' : 'A') + place)).ToString() : set.Options[place].Code.ToString(CultureInfo.InvariantCulture);
                case NumberRange range:
                    return ((int)range.Min.Numerator + random.Next(3)).ToString(CultureInfo.InvariantCulture);
                default:
                    return string.Create(CultureInfo.InvariantCulture, $"{random.Next(24)}:{random.Next(60):00}");
            }
        }

        string Text(string heading, int person)
        {
            string[] notes = ["", "plain", "a,b;c\td", "say \"x\"", "\"\"", "高一（3）班", "two\nlines", "two\r\nlines", "=1+1", "7"];
            return heading switch
            {
                "id" => random.Next(50) switch { 0 => "", 1 => "  ", 2 => "学生" + person, 3 => "p.1", 4 => "S0", 5 => "a,\"b\"", 6 when odd => "1.23E+17", 7 => new string('z', 4_090 + random.Next(10)), _ => "S" + person },
                "age" => random.Next(6) switch { 0 => "", 1 => "x", 2 => "15岁", _ => random.Next(8, 70).ToString(CultureInfo.InvariantCulture) },
                "sex" => random.Next(5) switch { 0 => "", 1 => "?", 2 => "M", 3 => "女", _ => "男" },
                "所用时间" => random.Next(4) switch { 0 => "12分3秒", 1 => "-", _ => random.Next(900) + "秒" },
                _ => random.Next(300) == 0 ? new string('长', 4_095 + random.Next(3)) : notes[random.Next(notes.Length)],
            };
        }

        void Line(IReadOnlyList<string> cells)
        {
            for (var i = 0; i < cells.Count; i++)
            {
                var quoted = quoting == 1 || (quoting == 2 && random.Next(5) == 0) || cells[i].AsSpan().ContainsAny("\"\r\n" + delimiter);
                text.Append(i == 0 ? "" : delimiter.ToString()).Append(quoted ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
            }

            text.Append(ends == 0 || (ends == 2 && random.Next(2) == 0) ? "\n" : "\r\n");
        }
    }
}
