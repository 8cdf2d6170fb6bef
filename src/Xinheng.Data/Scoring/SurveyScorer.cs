using System.Reflection;

namespace Xinheng.Data;

/// <summary>Scores a survey file: item columns in, scores, bands and statuses out.</summary>
/// <remarks>
/// Thread-safe: no state. Memory is bounded by blocks of people, but for one digest per person to find duplicates. The
/// output depends on the input and the request only, not on the number of threads. Nothing of a run that fails stays.
/// </remarks>
public static class SurveyScorer
{
    /// <summary>Version of the library, as manifests carry it.</summary>
    public static string Version { get; } =
        typeof(Scorer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Scores a file into a CSV, Parquet or JSON file, by its extension, with quarantine and manifest beside it.</summary>
    /// <param name="request">What is to be scored.</param>
    /// <param name="output">File of the scores; <c>NAME.quarantine.csv</c> and <c>NAME.manifest.json</c> come beside it.</param>
    /// <param name="progress">Told now and then how far the run has come.</param>
    /// <param name="cancellation">Stops the run; nothing stays.</param>
    /// <exception cref="InputException">The file is broken; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written; nothing was written.</exception>
    public static ScoreSummary Run(ScoreRequest request, string output, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var stem = Path.Combine(Path.GetDirectoryName(output) ?? "", Path.GetFileNameWithoutExtension(output));
        using var files = new OutputSet(request.Input);
        var run = new ScoreRun(request, progress, cancellation);
        var scores = files.Create(output);
        var summary = run.Execute(
            (passed, columns) => ScoreWriter.ForFile(output, scores, passed, columns, request.ByteOrderMark),
            files.Create(stem + ".quarantine.csv"));
        var manifest = run.Manifest(summary, files.Describe());
        files.Create(stem + ".manifest.json").Write(Documents.DocumentReader.Write(manifest, DataJson.Default.Manifest));
        return summary with { Files = files.Commit() };
    }

    /// <summary>Scores a file into a stream as CSV. What could not be read is in the summary's counts only.</summary>
    /// <inheritdoc cref="Run(ScoreRequest, string, IProgress{ScoreProgress}?, CancellationToken)"/>
    public static ScoreSummary RunToStream(ScoreRequest request, Stream output, IProgress<ScoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        return new ScoreRun(request, progress, cancellation).Execute(
            (passed, columns) => new CsvScoreWriter(output, passed, columns, request.ByteOrderMark), quarantine: null);
    }
}

/// <summary>One run over one file.</summary>
internal sealed class ScoreRun
{
    private readonly ScoreRequest _request;
    private readonly IProgress<ScoreProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Scorer[] _scorers;
    private readonly ScoreCounts _counts;
    private readonly SurveyStage? _stage;
    private InputProbe? _probe;
    private string _idHeading = "none";

    public ScoreRun(ScoreRequest request, IProgress<ScoreProgress>? progress, CancellationToken cancellation, SurveyStage? stage = null)
    {
        _stage = stage;
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.BlockSize, 1);
        if (request.Instruments.Count == 0 || request.Instruments.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() != request.Instruments.Count)
        {
            throw new ArgumentException("Name at least one instrument, and each once.", nameof(request));
        }

        if (Instrument.OddOneOut(request.Instruments, request.Instruments[0].Definition.Population.Subject) is { } odd)
        {
            throw new ArgumentException(odd, nameof(request));
        }

        if (request.Norms.FirstOrDefault(norms => !request.Instruments.Contains(norms.Instrument)) is { } idle)
        {
            throw new ArgumentException($"Norms '{idle.Id}' are for '{idle.Instrument.Id}', which is not scored, or was loaded anew.", nameof(request));
        }

        if (request.Norms.Select(norms => norms.Instrument.Id).Distinct(StringComparer.Ordinal).Count() != request.Norms.Count)
        {
            throw new ArgumentException("Name at most one norm document for an instrument.", nameof(request));
        }

        _request = request;
        _progress = progress;
        _cancellation = cancellation;
        _scorers = [.. request.Instruments.Select(i => Scorer.Compile(i))];
        _counts = new ScoreCounts(request);
    }

    /// <summary>Heading of the column that identifies the person, once the header was read; <c>none</c> where no column does.</summary>
    public string IdHeading => _idHeading;

    public ScoreSummary Execute(Func<IReadOnlyList<string>, IReadOnlyList<ScoreColumn>, ScoreWriter> createWriter, Stream? quarantine) =>
        Execute(createWriter, new Quarantine(quarantine, _request.Input));

    public ScoreSummary Execute(Func<IReadOnlyList<string>, IReadOnlyList<ScoreColumn>, ScoreWriter> createWriter, Quarantine set)
    {
        _probe = InputProbe.Read(_request.Input);
        var duplicates = DuplicatePlan.Create(_request, _scorers, _probe, _stage?.Roster, reader => Report(reader, 0, 0.3), _cancellation);
        using var reader = new SurveyReader(_request, set, _probe);
        _idHeading = reader.Columns.Id < 0 ? "none" : reader.Columns.Headings[reader.Columns.Id];
        if (_stage is not null && reader.Columns.Id < 0)
        {
            throw new InputException(new Problem
            {
                Code = "no-id", File = _request.Input, Row = 1, Found = "No column that identifies the person", Expected = "A column of ids as the roster has them",
                Action = "Name it: --id, or 'id' in the mapping",
            });
        }

        var columns = ScoreColumns.Of(_request).ToArray();
        var writer = createWriter([.. reader.Columns.Passed.Select(c => reader.Columns.Headings[c])], columns);
        var dropped = Score(reader, duplicates, writer, set);
        reader.CheckWhole();
        writer.Complete();
        return Summarize(reader, dropped);
    }

    public Manifest Manifest(ScoreSummary summary, IReadOnlyList<ManifestFile> outputs) => new()
    {
        Kind = "score",
        Version = SurveyScorer.Version,
        Inputs = [new ManifestInput { File = Path.GetFileName(_probe!.File), Bytes = _probe.Length, ChunkedSha256 = _probe.ChunkedSha256 }],
        Definitions =
        [
            .. _request.Instruments.Select(i => new ManifestDefinition { Id = i.Id, Version = i.Definition.Version, Sha256 = i.Hash }),
            .. _request.Norms.Select(n => new ManifestDefinition { Id = "norms:" + n.Id, Version = n.Document.Version, Sha256 = n.Hash }),
            new ManifestDefinition { Id = "validity:" + ValidityRules.Default.Id, Version = ValidityRules.Default.Version, Sha256 = ValidityRules.Default.Hash },
        ],
        Options = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["bounds"] = _request.Bounds ? "true" : "false",
            ["byteOrderMark"] = _request.ByteOrderMark ? "true" : "false",
            ["duplicates"] = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName((_request.Mapping.Duplicates ?? DuplicateRule.First).ToString()),
            ["keepIdentity"] = _request.KeepIdentity ? "true" : "false",
            ["encoding"] = _request.Encoding ?? _request.Mapping.Encoding ?? "by content",
            ["id"] = _request.IdColumn ?? _request.Mapping.Id ?? "by heading",
            ["mapping"] = _request.MappingHash ?? "none",
            ["person"] = _idHeading,
            ["sheet"] = _request.Sheet ?? "first visible",
        },
        Counts = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["read"] = summary.Read,
            ["scored"] = summary.Scored,
            ["quarantined"] = summary.Quarantined,
            ["duplicates"] = summary.Duplicates,
            ["unreadableCells"] = summary.UnreadableCells,
            ["criticalUnreadable"] = summary.CriticalUnreadable,
            ["widthNormalized"] = summary.WidthNormalized,
        },
        Notices = summary.Notices,
        Outputs = outputs,
    };

    /// <summary>
    /// One thread reads, others score and format, and blocks are written in the order of the file: so the output is the
    /// same for any number of threads, and no more blocks exist than threads can use.
    /// </summary>
    private long Score(SurveyReader reader, DuplicatePlan duplicates, ScoreWriter writer, Quarantine quarantine)
    {
        var pending = new Queue<(SurveyBlock Block, Task Work)>();
        var free = new Stack<SurveyBlock>();
        var block = new SurveyBlock(_request, reader.Columns.Passed.Length, _request.BlockSize);
        long dropped = 0;
        try
        {
            while (reader.Read())
            {
                if (duplicates.IsDropped(reader.Row, out var identical))
                {
                    quarantine.Add(identical ? "duplicate-identical" : "duplicate-conflict", reader.Row, reader.Line, "", "one row per person", "another row of the same person counts");
                    reader.CheckCells();
                    dropped++;
                    continue;
                }

                reader.AddTo(block);
                _stage?.Identify(reader, block);
                block.Raised[block.Count - 1] = duplicates.RaisedFor(reader.Row);
                if (block.Count == block.Capacity)
                {
                    Enqueue(block);
                    _cancellation.ThrowIfCancellationRequested();
                    Report(reader, 0.3, 1);
                    block = free.Count > 0 ? free.Pop() : new SurveyBlock(_request, reader.Columns.Passed.Length, _request.BlockSize);
                    block.Clear();
                }
            }

            Enqueue(block);
            while (pending.Count > 0)
            {
                WriteOldest();
            }
        }
        finally
        {
            // A block must not be in work any more when the run ends, however it ends.
            foreach (var (_, work) in pending)
            {
                ((IAsyncResult)work).AsyncWaitHandle.WaitOne();
            }
        }

        return dropped;

        void Enqueue(SurveyBlock full)
        {
            pending.Enqueue((full, Task.Run(() => Process(full, duplicates, writer))));
            while (pending.Count > _request.Threads)
            {
                WriteOldest();
            }
        }

        void WriteOldest()
        {
            var (done, work) = pending.Peek();
            work.GetAwaiter().GetResult();
            pending.Dequeue();
            writer.Write(done);
            _counts.Add(done);
            _stage?.Accept(done);
            free.Push(done);
        }
    }

    private void Process(SurveyBlock block, DuplicatePlan duplicates, ScoreWriter writer)
    {
        for (var i = 0; i < _scorers.Length; i++)
        {
            _scorers[i].ScoreBatch(block.Answers[i], block.Scores[i]);
        }

        RaiseCriticalItems(block, duplicates);
        _stage?.Process(block);
        for (var i = 0; i < _scorers.Length; i++)
        {
            block.Norms[i]?.Norms.ApplyBatch(block.Answers[i], block.Scores[i], block.Norms[i]!);
        }

        writer.Format(block);
    }

    /// <summary>On a conflict between rows of one person, the worst critical answer wins, and the class that goes with it.</summary>
    private static void RaiseCriticalItems(SurveyBlock block, DuplicatePlan duplicates)
    {
        for (var person = 0; person < block.Count; person++)
        {
            if (block.Raised[person] is not { } raised)
            {
                continue;
            }

            foreach (var outcome in duplicates.ClassesFor(block.Rows[person]))
            {
                outcome.PutInto(block.Scores[outcome.Instrument], person);
            }

            var next = 0;
            foreach (var scores in block.Scores)
            {
                for (var c = 0; c < scores.Instrument.Definition.CriticalItems.Count; c++)
                {
                    if (raised[next++] is var state and (CriticalState.Yes or CriticalState.Unreadable))
                    {
                        scores.CriticalColumn(c)[person] = state;
                    }
                }
            }
        }
    }

    private ScoreSummary Summarize(SurveyReader reader, long dropped)
    {
        if (reader.Records != _counts.People + reader.Quarantined + dropped)
        {
            throw new InvalidOperationException("The counts do not balance: read = scored + quarantined + duplicates.");
        }

        var hasCritical = _request.Instruments.Any(i => i.Definition.CriticalItems.Count > 0);
        return new ScoreSummary
        {
            Read = reader.Records,
            Scored = _counts.People,
            Quarantined = reader.Quarantined,
            Duplicates = dropped,
            UnreadableCells = reader.UnreadableCells,
            CriticalUnreadable = _counts.CriticalUnreadable + (hasCritical ? reader.Quarantined : 0),
            WidthNormalized = reader.WidthNormalized,
            Notices = [.. reader.Columns.Notices, .. reader.Notices],
            Instruments = _counts.Summaries(),
            Files = [],
        };
    }

    private void Report(SurveyReader reader, double from, double to) =>
        _progress?.Report(new ScoreProgress(reader.Records, from + (reader.Fraction * (to - from))));
}
