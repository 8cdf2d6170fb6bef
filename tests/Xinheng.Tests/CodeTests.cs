namespace Xinheng.Tests;

/// <summary>People whose codes stand in memory already: one by one, by rows, by columns. All give what the answers themselves give.</summary>
public class CodeTests
{
    public static TheoryData<string> Ids => [.. Survey.Catalog.Ids.Where(id => Enumerable.Range(0, Survey.Catalog[id].Items.Count).All(item => Survey.Catalog[id].ResponsesOf(item) is OptionSet))];

    [Theory]
    [MemberData(nameof(Ids))]
    public void CodesInMemory_ScoreAsAnswersDo(string id)
    {
        const int People = 70;
        var instrument = Survey.Catalog[id];
        var scorer = Scorer.Compile(instrument);
        var random = new Random(3);
        var items = instrument.Items.Count;
        var rows = new byte[People * items];
        for (var at = 0; at < rows.Length; at++)
        {
            var options = ((OptionSet)instrument.ResponsesOf(at % items)).Options;
            rows[at] = random.Next(15) == 0 ? (byte)random.Next(240, 256) : (byte)options[random.Next(options.Count)].Code;
        }

        var columns = Enumerable.Range(0, rows.Length).Select(at => rows[(at % People * items) + (at / People)]).ToArray();
        var byRows = new AnswerBlock(instrument, People);
        byRows.LoadRows(rows, People);
        var byColumns = new AnswerBlock(instrument, People - 10);
        byColumns.LoadColumns(columns, People, 10, People - 10);
        var (scores, part) = (new ScoreBlock(instrument, People), new ScoreBlock(instrument, People));
        scorer.ScoreBatch(byRows, scores);
        scorer.ScoreBatch(byColumns, part);
        var values = new ScoreValue[instrument.Scores.Count];
        var critical = new CriticalState[instrument.Definition.CriticalItems.Count];
        for (var person = 0; person < People; person++)
        {
            var own = rows.AsSpan(person * items, items);
            var report = scorer.Score([.. own.ToArray().Select(code => code > 250 ? new Answer((MissingReason)code) : (Answer)code)]);
            Assert.Equal(Fingerprint.Of(report), Fingerprint.Of(scores, person));
            if (person >= 10)
            {
                Assert.Equal(Fingerprint.Of(report), Fingerprint.Of(part, person - 10));
            }

            Assert.Equal(report.Validity.Validity, scorer.ScoreInto(own, default, values, critical));
            Assert.Equal(report.Scores.Select(s => (s.Status, s.Exact?.ToDouble() ?? double.NaN)), values.Select(v => (v.Status, v.Value)));
            Assert.Equal(report.Scores.Select(s => s.Band), values.Select((v, s) => v.Band == ScoreBlock.NoBand ? null : instrument.Scores[s].Bands[v.BandSet].Starts[v.Band].Id));
            Assert.Equal(report.CriticalItems.Select(c => c.State), critical);
        }
    }

    [Fact]
    public void OnePerson_AllocatesNothing()
    {
        var scorer = Scorer.Compile(InstrumentCatalog.Default["phq-9"]);
        var (values, critical) = (new ScoreValue[scorer.Instrument.Scores.Count], new CriticalState[scorer.Instrument.Definition.CriticalItems.Count]);
        byte[] codes = [0, 1, 2, 3, 0, 1, 2, 3, 1, 1];
        for (var warmUp = 0; warmUp < 5; warmUp++)
        {
            scorer.ScoreInto(codes, default, values, critical);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        scorer.ScoreInto(codes, default, values, critical);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((13, CriticalState.Yes), (values[0].Value, critical[0]));
    }

    [Fact]
    public void CodesOfAnotherShape_AreRefused()
    {
        var scorer = Scorer.Compile(InstrumentCatalog.Default["phq-9"]);
        var block = new AnswerBlock(scorer.Instrument, 4);
        Assert.Contains("make 20 codes; 19 were given", Assert.Throws<ArgumentException>(() => block.LoadRows(new byte[19], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.LoadRows(new byte[50], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => block.LoadColumns(new byte[40], 4, 2, 3));
        Assert.Contains("quantities", Assert.Throws<ArgumentException>(() => new AnswerBlock(InstrumentCatalog.Default["psqi"], 1).LoadRows(new byte[18], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("room for 0 and 0", Assert.Throws<ArgumentException>(() => scorer.ScoreInto(new byte[10], default, [], [])).Message, StringComparison.Ordinal);
    }
}
