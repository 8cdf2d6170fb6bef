using System.Diagnostics;
using System.Globalization;
using Xinheng.Data;

namespace Xinheng.Benchmarks;

/// <summary>How long each stage of the way from a survey file to its scores takes: first look, reading of answers, scoring, text.</summary>
internal static class ReadingRun
{
    private const int Times = 5;

    public static void Measure(string file, string[] scales, int threads, TextWriter output)
    {
        var request = new ScoreRequest { Input = file, Instruments = [.. scales.Select(id => InstrumentCatalog.Default[id])], Threads = threads };
        var megabytes = new FileInfo(file).Length / 1e6;
        SurveyFile? looked = null;
        Report("look", () => looked = SurveyFile.Look(request, roster: null, (_, _) => { }, default));
        Report("look, every byte in order", () => InputProbe.Read(file, threads: 1));
        if (looked is { Units: { } units } plain)
        {
            Report("read answers", () => ReadAnswers(plain, units, request));
            Report("read answers, 128 bits", () => ReadAnswers(plain, units, request with { NarrowVectors = true }));
        }

        Report("look, read and score", () => new ScoreRun(request, null, default).Execute((_, _) => new NoScoreWriter(), quarantine: null));
        Report("all, and text", () => SurveyScorer.RunToStream(request, Stream.Null));

        void Report(string stage, Action run)
        {
            var seconds = new double[Times];
            for (var i = 0; i < Times; i++)
            {
                var watch = Stopwatch.StartNew();
                run();
                seconds[i] = watch.Elapsed.TotalSeconds;
            }

            Array.Sort(seconds);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage,-28} {seconds[Times / 2],8:F3} s (best {seconds[0]:F3}) {megabytes / seconds[Times / 2],8:F0} MB/s"));
        }
    }

    /// <summary>Everything that pass 2 does up to the answers in their columns.</summary>
    private static void ReadAnswers(SurveyFile file, CsvUnits units, ScoreRequest request)
    {
        using var content = new UnitContent(file.Probe, units);
        using (var table = new SurveyReader(request, probe: file.Probe))
        {
            var next = 0;
            var work = new OrderedWork<Part>(request.Threads, () => new Part(table.Table, units));
            work.Run(
                part =>
                {
                    part.Unit = next;
                    return next++ < units.Count;
                },
                part => part.Read(content),
                _ => { },
                default);
            work.Parts.ForEach(part => part.Dispose());
        }
    }

    private sealed class Part : IDisposable
    {
        private readonly CsvUnitReader _reader;
        private readonly SurveyRows _rows;
        private readonly CleanRows _clean;
        private readonly SurveyBlock _block;
        private byte[] _bytes = [];

        public Part(SurveyTable table, CsvUnits units)
        {
            _reader = new CsvUnitReader(table.Request.Input, units.Shape);
            _rows = new SurveyRows(table, _reader, quarantine: null);
            _clean = new CleanRows(table, units.Shape, _reader, _rows);
            _block = new SurveyBlock(table.Request, table.Columns.Passed.Length, table.Request.BlockSize);
        }

        public int Unit { get; set; }

        public void Dispose() => _reader.Dispose();

        public void Read(UnitContent content)
        {
            _bytes = content.Load(Unit, _bytes, _reader);
            for (var more = true; more;)
            {
                _block.Clear();
                while (_block.Count < _block.Capacity && more)
                {
                    if (!_clean.TryAdd(_block))
                    {
                        more = _rows.Read();
                        if (more)
                        {
                            _rows.AddTo(_block);
                        }
                    }
                }

                _clean.Flush(_block);
            }
        }
    }
}
