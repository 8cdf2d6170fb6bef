using System.Numerics;

namespace Xinheng.Scoring;

/// <summary>
/// The outcomes of a score that depends on a sum and little else. Each is computed once, exactly, when
/// somebody first has it; from then on scoring a person is one look-up.
/// </summary>
/// <remarks>Thread-safe: an entry that two threads make at once is the same either way.</remarks>
internal sealed class OutcomeTable
{
    private readonly ScorePlan _plan;
    private readonly Func<int, int, Outcome> _create;
    private readonly int _columns;
    private readonly Entry?[]?[] _rows;

    /// <param name="plan">The score.</param>
    /// <param name="rows">Number of rows: what an outcome depends on besides a sum, such as the number of missing answers.</param>
    /// <param name="highest">Highest sum.</param>
    /// <param name="create">The outcome of a sum and a row.</param>
    public OutcomeTable(ScorePlan plan, int rows, int highest, Func<int, int, Outcome> create)
    {
        _plan = plan;
        _create = create;
        _columns = highest + 1;
        Shift = 32 - BitOperations.LeadingZeroCount((uint)highest);
        _rows = new Entry?[rows][];
    }

    /// <summary>An entry is the row, shifted by this, and the sum.</summary>
    public int Shift { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _rows.Length;

    /// <summary>Number of sums in a row.</summary>
    public int Columns => _columns;

    public Entry this[int entry]
    {
        get
        {
            var (row, sum) = (entry >> Shift, entry & ((1 << Shift) - 1));
            var entries = _rows[row] ??= new Entry?[_columns];
            return entries[sum] ?? Make(entries, row, sum);
        }
    }

    private Entry Make(Entry?[] entries, int row, int sum)
    {
        var outcome = _create(sum, row);
        return entries[sum] = new Entry(outcome, _plan.JudgeEverywhere(outcome));
    }

    /// <summary>An outcome and what is reported of it in each place.</summary>
    public sealed record Entry(Outcome Outcome, Reading[] Readings);
}
