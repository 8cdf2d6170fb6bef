using System.Text;
using Xinheng.Network;

namespace Xinheng.Data.Tests;

/// <summary>
/// Every operation on an output file fails once, and once more with everything after it, as when the process is killed there:
/// the set is absent or complete, never part of one, and the next run gives the same bytes and leaves nothing else behind.
/// </summary>
public class CrashTests
{
    private static readonly Instrument Phq9 = InstrumentCatalog.Default["phq-9"];
    private static readonly Instrument Checklist = InstrumentCatalog.Default["school-provision"];

    [Theory]
    [InlineData("survey", false, false)]
    [InlineData("survey", false, true)]
    [InlineData("survey", true, false)]
    [InlineData("survey", true, true)]
    [InlineData("provision", false, false)]
    [InlineData("provision", false, true)]
    [InlineData("provision", true, false)]
    [InlineData("provision", true, true)]
    [InlineData("score", false, false)]
    [InlineData("score", false, true)]
    [InlineData("score", true, false)]
    [InlineData("score", true, true)]
    public void AFailureAtAnyFileOperation_LeavesNothingOrAWholeSet_AndTheNextRunGivesTheSameBytes(string verb, bool dies, bool older)
    {
        string whole, before = "";
        using (var folder = new TempFolder())
        {
            if (older)
            {
                Run(verb, folder, people: 2);
                before = Outputs(folder);
            }

            Run(verb, folder, people: 12);
            whole = Outputs(folder);
        }

        var steps = new List<string>();
        for (var failing = 0; ; failing++)
        {
            using var folder = new TempFolder();
            if (older)
            {
                Run(verb, folder, people: 2);
            }

            var done = 0;
            FileSteps.Watch = step =>
            {
                var at = Interlocked.Increment(ref done) - 1;
                if (at == failing)
                {
                    steps.Add(step);
                }

                if (at == failing || (dies && at > failing))
                {
                    throw new IOException($"'{step}' fails.");
                }
            };
            var failed = false;
            try
            {
                Run(verb, folder, people: 12);
            }
            catch (IOException)
            {
                failed = true;
            }
            finally
            {
                FileSteps.Watch = null;
            }

            var left = Outputs(folder);
            var where = steps.Count > failing ? steps[failing] : "end";
            if (verb == "score")
            {
                // Its files are put in place one by one, the manifest last: the manifest alone vouches for the set.
                Assert.True(!left.Contains("out.manifest.json", StringComparison.Ordinal) || left == whole || left == before, where);
            }
            else
            {
                Assert.True(left.Length == 0 || left == whole || left == before, where);
                Assert.True(dies || left == (failed ? before : whole), where);
            }

            Assert.True(dies || where == "remove the older set" || !folder.Names.Any(name => name.StartsWith('.')), where);
            Run(verb, folder, people: 12);
            Assert.Equal(whole, Outputs(folder));
            Assert.DoesNotContain(folder.Names, name => name.StartsWith('.'));
            if (done <= failing)
            {
                break;
            }
        }

        string[] kinds = verb == "score" ? ["create ", "flush", "put in place "] : ["lock", "create ", "write ", "close ", "flush ", "put the folder in its place"];
        Assert.All(kinds, kind => Assert.Contains(steps, step => step.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Equal(older, steps.Contains(verb == "score" ? "remove the older manifest" : "put the older set aside"));
    }

    /// <summary>A run that lives keeps its temporary folder while another one for the same place starts and ends.</summary>
    [Fact]
    public void ALivingRun_IsNotTakenForAKilledOne()
    {
        using var folder = new TempFolder();
        FileSteps.Watch = step =>
        {
            if (step == "create manifest")
            {
                FileSteps.Watch = null;
                Run("survey", folder, people: 12);
            }
        };
        Run("survey", folder, people: 12);
        Assert.Contains("manifest.json", Outputs(folder), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Names, name => name.StartsWith('.'));
    }

    private static void Run(string verb, TempFolder folder, int people)
    {
        var rows = Enumerable.Range(0, people).ToArray();
        var scores = new ScoreRequest
        {
            Input = folder.Write("survey.csv", "id," + string.Join(',', Phq9.Items.Select(i => $"phq9_{i.Id}")) + "\n" + string.Concat(rows.Select(r => $"p{r}{string.Concat(Enumerable.Range(0, 9).Select(i => $",{(r + i) % 4}"))}\n"))),
            Instruments = [Phq9], IdColumn = "id", Threads = 1,
        };
        switch (verb)
        {
            case "score":
                SurveyScorer.Run(scores, folder.At("out.csv"), null, TestContext.Current.CancellationToken);
                break;
            case "provision":
                var header = string.Join(',', Checklist.Items.Select(i => $"schoolprovision_{i.Id}"));
                ProvisionRun.Run(
                    new()
                    {
                        Input = folder.Write("schools.csv", $"school,county,city,{header}\n" + string.Concat(rows.Select(r => $"S{r},A,X{new string(',', Checklist.Items.Count)}\n"))),
                        Checklist = ProvisionChecklist.Of(Checklist),
                    },
                    folder.At("out"),
                    null,
                    TestContext.Current.CancellationToken);
                break;
            default:
                Xinheng.Data.SurveyRun.Run(
                    new SurveyRequest
                    {
                        Scores = scores,
                        Roster = folder.Write("roster.csv", "person,school,grade,class,consent\n" + string.Concat(rows.Select(r => $"p{r},S,1,{r % 2},是\n"))),
                        Policy = Policy.Default(PopulationKind.Student), AsOf = new(2026, 11, 2), Wave = "2026", AllowDraft = true,
                    },
                    folder.At("out"),
                    null,
                    TestContext.Current.CancellationToken);
                break;
        }
    }

    /// <summary>Names and bytes of everything that was written in its place.</summary>
    private static string Outputs(TempFolder folder)
    {
        var text = new StringBuilder();
        foreach (var name in folder.Names.Where(name => name.StartsWith("out", StringComparison.Ordinal) && File.Exists(folder.At(name))))
        {
            text.Append(name).Append('\n').Append(Convert.ToBase64String(File.ReadAllBytes(folder.At(name)))).Append('\n');
        }

        return text.ToString();
    }
}
