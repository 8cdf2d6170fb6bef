using System.Globalization;
using System.Text;

namespace Xinheng.Psychometrics.Tests;

/// <summary>Collects golden values and ours, prints all of them, and fails with all that differ.</summary>
internal sealed class Comparison(string title)
{
    private readonly StringBuilder _table = new();
    private readonly List<string> _differences = [];

    public int Count { get; private set; }

    public void Same(string name, double golden, double ours, double tolerance)
    {
        Count++;
        var line = string.Create(CultureInfo.InvariantCulture, $"{title} {name}: golden {golden:R}, ours {ours:R}, difference {Math.Abs(golden - ours):E1}, allowed {tolerance:E0}");
        _table.AppendLine(line);
        if (!(Math.Abs(golden - ours) <= tolerance))
        {
            _differences.Add(line);
        }
    }

    public void Same(string name, double golden, Estimate ours, double tolerance)
    {
        if (!ours.HasValue)
        {
            Count++;
            _differences.Add(string.Create(CultureInfo.InvariantCulture, $"{title} {name}: golden {golden:R}, ours {ours.Status}"));
            return;
        }

        Same(name, golden, ours.Value, tolerance);
    }

    public void Finish(int atLeast)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(_table.ToString());
        Assert.True(_differences.Count == 0, string.Join(Environment.NewLine, _differences));
        Assert.True(Count >= atLeast, string.Create(CultureInfo.InvariantCulture, $"{title}: {Count} values were compared, at least {atLeast} should be."));
    }
}
