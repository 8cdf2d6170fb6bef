using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Xinheng.Data.Tests;

/// <summary>Whatever goes wrong, what stands in the output folder is either a complete set or none.</summary>
public sealed class OutputSafetyTests
{
    private const string Full = "/dev/full";

    [Fact]
    public void A_stream_on_a_full_disk_ends_the_run_with_an_io_error()
    {
        Assert.SkipUnless(File.Exists(Full), "There is no /dev/full on this system");
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(5_000)));
        using var full = new FileStream(Full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Assert.Throws<IOException>(() => SurveyScorer.RunToStream(request, full, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["survey.csv"], folder.Names);
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_and_what_a_living_run_writes_stays()
    {
        using var folder = new TempFolder();
        folder.Write(".scores.csv.0123456789ab.part", "left by a run that was killed");
        var living = folder.Write(".scores.csv.ba9876543210.part", "in use");
        using (new FileStream(living, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            SurveyRun.Score(SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(20))), folder.At("scores.csv"));
        }

        Assert.Equal(
            [".scores.csv.ba9876543210.part", "scores.csv", "scores.manifest.json", "scores.quarantine.csv", "survey.csv"],
            folder.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.json")]
    [InlineData("scores.parquet")]
    public void A_disk_that_fills_up_leaves_nothing_half_written(string output)
    {
        using var folder = new TempFolder();
        var disk = Directory.CreateDirectory(folder.At("disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk), "A small disk cannot be mounted here");
        try
        {
            var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(5_000)));
            Assert.Throws<IOException>(() => SurveyRun.Score(request, Path.Combine(disk, output)));
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_ends_the_run_with_an_io_error()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(5)));
        Assert.ThrowsAny<IOException>(() => SurveyRun.Score(request, folder.At(Path.Combine("survey.csv", "below", "scores.csv"))));
        Assert.Equal(["survey.csv"], folder.Names);
    }

    [Fact]
    public void A_folder_made_for_the_output_goes_again_when_the_run_fails()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Header));
        Assert.Throws<InputException>(() => SurveyRun.Score(request, folder.At(Path.Combine("new", "deeper", "scores.csv"))));
        Assert.Equal(["survey.csv"], folder.Names);
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.quarantine.csv")]
    [InlineData("scores.manifest.json")]
    public void A_folder_in_the_place_of_an_output_file_stops_the_run_before_anything_is_put_in_place(string taken)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At(taken));
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(5)));
        Assert.ThrowsAny<IOException>(() => SurveyRun.Score(request, folder.At("scores.csv")));
        Assert.Equal(new[] { taken, "survey.csv" }.Order(StringComparer.Ordinal), folder.Names);
    }

    [Theory]
    [InlineData("survey.csv", "survey.csv")]
    [InlineData("scores.quarantine.csv", "scores.csv")]
    public void The_survey_itself_is_never_overwritten(string input, string output)
    {
        using var folder = new TempFolder();
        var survey = Phq9.Survey(5);
        var request = SurveyRun.RequestFor(folder.Write(input, survey));
        Assert.ThrowsAny<IOException>(() => SurveyRun.Score(request, folder.At(output)));
        Assert.Equal([input], folder.Names);
        Assert.Equal(survey, File.ReadAllText(folder.At(input)));
    }

    [Theory]
    [InlineData("mapping.json")]
    [InlineData("linked.json")]
    [InlineData("below/../mapping.json")]
    public void No_file_that_a_run_reads_is_overwritten(string output)
    {
        using var folder = new TempFolder();
        folder.Write("mapping.json", "{}");
        Directory.CreateDirectory(folder.At("below"));
        File.CreateSymbolicLink(folder.At("linked.json"), folder.At("mapping.json"));
        using var files = new OutputSet(folder.Write("survey.csv", Phq9.Header), folder.At("mapping.json"));
        Assert.Contains("which is read", Assert.Throws<IOException>(() => files.Create(folder.At(output))).Message, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(folder.At("mapping.json")));
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(2, false, true)]
    public void A_set_that_cannot_be_put_in_place_says_whether_anything_was(int taken, bool older, bool incomplete)
    {
        using var folder = new TempFolder();
        string[] names = ["a.csv", "b.csv", "m.json"];
        if (older)
        {
            folder.Write("m.json", "older");
        }

        using (var files = new OutputSet(folder.Write("survey.csv", Phq9.Header)))
        {
            foreach (var name in names)
            {
                files.Create(folder.At(name)).WriteByte(1);
            }

            // Somebody puts a folder there after the files were created.
            Directory.CreateDirectory(folder.At(Path.Combine(names[taken], "x")));
            var refusal = Assert.ThrowsAny<Exception>(files.Commit);
            Assert.Equal(incomplete, refusal is IncompleteOutputException);
            Assert.Equal(incomplete, refusal.Message.EndsWith($"The set in {folder.Path} is incomplete: it has no manifest.", StringComparison.Ordinal));
        }

        Assert.False(File.Exists(folder.At("m.json")));
        Assert.DoesNotContain(folder.Names, name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(10_000))) with { BlockSize = 100 };
        foreach (var after in new[] { 0, 2, 30 })
        {
            using var source = new CancellationTokenSource();
            var reports = 0;
            var progress = new Reports(_ =>
            {
                if (reports++ == after)
                {
                    source.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(() => SurveyScorer.Run(request, folder.At("scores.csv"), progress, source.Token));
            Assert.Equal(["survey.csv"], folder.Names);
        }
    }

    [Fact]
    public void Progress_never_goes_back_and_stays_between_nothing_and_all()
    {
        using var folder = new TempFolder();
        var request = SurveyRun.RequestFor(folder.Write("survey.csv", Phq9.Survey(20_000)));
        var fractions = new List<double>();
        SurveyRun.Score(request, folder.At("scores.csv"), new Reports(p => fractions.Add(p.Fraction)));
        Assert.True(fractions.Count > 5);
        Assert.Equal(fractions.Order(), fractions);
        Assert.All(fractions, fraction => Assert.InRange(fraction, 0, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void B23_A_survey_that_is_changed_while_it_is_read_is_refused(int after)
    {
        using var folder = new TempFolder();
        var file = folder.Write("survey.csv", Phq9.Survey(10_000));
        var request = SurveyRun.RequestFor(file) with { BlockSize = 100 };
        var reports = 0;
        var progress = new Reports(_ =>
        {
            if (reports++ == after)
            {
                // Another program: it does not ask for the lock that we hold.
                Assert.True(Run("sh", "-c", "printf 'x,0,0,0,0,0,0,0,0,0\\n' >> '" + file + "'"));
            }
        });
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test appends with a shell");
        var refusal = Assert.Throws<InputException>(() => SurveyRun.Score(request, folder.At("scores.csv"), progress));
        Assert.Equal("input-changed", Assert.Single(refusal.Problems).Code);
        Assert.Equal(["survey.csv"], folder.Names);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void A_manifest_tells_the_length_and_digest_of_every_file_and_its_counts_balance(string extension)
    {
        using var run = SurveyRun.Of(
            Phq9.Header + Phq9.Row("a", "1", (9, "?")) + "b,1\n" + Phq9.Row("c") + Phq9.Row("c") + Phq9.Row("d"), output: $"scores.{extension}");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(run.Folder.At("scores.manifest.json")));
        var outputs = manifest.RootElement.GetProperty("outputs").EnumerateArray().ToArray();
        Assert.Equal([$"scores.{extension}", "scores.quarantine.csv"], outputs.Select(o => o.GetProperty("file").GetString()));
        foreach (var output in outputs)
        {
            var bytes = File.ReadAllBytes(run.Folder.At(output.GetProperty("file").GetString()!));
            Assert.Equal(bytes.Length, output.GetProperty("bytes").GetInt64());
            Assert.Equal(Digest(bytes), output.GetProperty("chunkedSha256").GetString());
        }

        var input = manifest.RootElement.GetProperty("inputs")[0];
        var content = File.ReadAllBytes(run.Folder.At("survey.csv"));
        Assert.Equal(content.Length, input.GetProperty("bytes").GetInt64());
        Assert.Equal(Digest(content), input.GetProperty("chunkedSha256").GetString());
        Assert.Equal(InstrumentCatalog.Default["phq-9"].Hash, manifest.RootElement.GetProperty("definitions")[0].GetProperty("sha256").GetString());
        var counts = manifest.RootElement.GetProperty("counts").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetInt64());
        Assert.Equal((5, 3, 1, 1), (counts["read"], counts["scored"], counts["quarantined"], counts["duplicates"]));
        Assert.Equal((1, 2), (counts["unreadableCells"], counts["criticalUnreadable"]));
    }

    [Fact]
    public void An_older_set_is_replaced_as_a_whole()
    {
        using var folder = new TempFolder();
        SurveyRun.Score(SurveyRun.RequestFor(folder.Write("one.csv", Phq9.Survey(5, seed: 1))), folder.At("scores.csv"));
        var first = File.ReadAllBytes(folder.At("scores.manifest.json"));
        SurveyRun.Score(SurveyRun.RequestFor(folder.Write("two.csv", Phq9.Survey(5, seed: 2))), folder.At("scores.csv"));
        Assert.NotEqual(first, File.ReadAllBytes(folder.At("scores.manifest.json")));
        Assert.Equal(["one.csv", "scores.csv", "scores.manifest.json", "scores.quarantine.csv", "two.csv"], folder.Names);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(folder.At("scores.manifest.json")));
        Assert.Equal(
            Digest(File.ReadAllBytes(folder.At("scores.csv"))),
            manifest.RootElement.GetProperty("outputs")[0].GetProperty("chunkedSha256").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((5 << 20) - 3)]
    public void A_file_is_digested_by_its_chunks_however_it_is_written(int length)
    {
        using var folder = new TempFolder();
        var random = new Random(length);
        var content = new byte[length];
        random.NextBytes(content);
        using var files = new OutputSet();
        var stream = files.Create(folder.At("a.bin"));
        for (var written = 0; written < length;)
        {
            var part = Math.Min(random.Next(1, 300_000), length - written);
            stream.Write(content.AsSpan(written, part));
            written += part;
        }

        var described = Assert.Single(files.Describe());
        files.Commit();
        Assert.Equal(("a.bin", length, Digest(content)), (described.File, described.Bytes, described.ChunkedSha256));
        Assert.Equal(content, File.ReadAllBytes(folder.At("a.bin")));
    }

    /// <summary>The digest as its definition says it.</summary>
    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData([.. content.Chunk(1 << 20).SelectMany(SHA256.HashData)]));

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Progress told at once, on the thread that reports.</summary>
    private sealed class Reports(Action<ScoreProgress> told) : IProgress<ScoreProgress>
    {
        public void Report(ScoreProgress value) => told(value);
    }
}
