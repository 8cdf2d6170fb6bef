namespace Xinheng.Norms;

/// <summary>The norm of one score in one group made ready: T as a straight line in whole numbers, tables as arrays.</summary>
internal sealed class NormPlan
{
    private readonly bool _unconfirmed;
    private readonly bool _hasLine;
    private readonly long _perTop;
    private readonly long _perBottom;
    private readonly long _divisor;
    private readonly bool _exact;
    private readonly Rational _through;
    private readonly Rational[] _raw;
    private readonly double[] _t;
    private readonly double[] _percentiles;

    private NormPlan(NormScore norm, ScoreDefinition score, byte group, bool unconfirmed)
    {
        Group = group;
        _unconfirmed = unconfirmed;
        if (norm is { Mean: { } mean, Sd: { } sd })
        {
            // 50 + 10 (x - mean) / sd over one divisor: (perTop * x.Numerator + perBottom * x.Denominator) / (divisor * x.Denominator).
            _hasLine = true;
            _perTop = checked(10 * sd.Denominator * mean.Denominator);
            _perBottom = checked((50 * mean.Denominator * sd.Numerator) - (10 * mean.Numerator * sd.Denominator));
            _divisor = checked(mean.Denominator * sd.Numerator);
        }

        var rows = norm.Table?.Rows ?? [];
        _exact = norm.Table?.Match == NormMatch.Exact;
        _through = norm.Table?.Through ?? score.Range.Max;
        _raw = [.. rows.Select(r => r.Raw)];
        _t = [.. rows.Select(r => r.T?.ToDouble() ?? double.NaN)];
        _percentiles = [.. rows.Select(r => r.Percentile?.ToDouble() ?? double.NaN)];
    }

    /// <summary>Position of the group the norm belongs to.</summary>
    public byte Group { get; }

    /// <summary>The norm that each group uses for a score, and last the one for people without a group; <see langword="null"/> where there is none.</summary>
    public static NormPlan?[] Compile(NormDocument document, ScoreDefinition score)
    {
        var groups = document.Groups;
        var own = new NormPlan?[groups.Count];
        for (var g = 0; g < groups.Count; g++)
        {
            own[g] = groups[g].Scores.FirstOrDefault(s => s.Score == score.Id && NormSet.GivesScores(s)) is { } norm
                ? new NormPlan(norm, score, (byte)g, groups[g].SampleSize is null || Evidence.IsUnconfirmed(norm.Evidence) || Evidence.IsUnconfirmed(document.Evidence))
                : null;
        }

        NormPlan? After(NormGroup group) => own[IndexOf(group.Id)] ?? (group.Fallback is { } next ? After(groups[IndexOf(next)]) : null);
        int IndexOf(string id) => groups.TakeWhile(g => g.Id != id).Count();
        return [.. groups.Select(After), document.Fallback.Select(id => After(groups[IndexOf(id)])).FirstOrDefault(plan => plan is not null)];
    }

    /// <summary>T and percentile of one value; the only place where either comes about.</summary>
    public NormStatus Apply(Rational value, out double t, out double percentile)
    {
        t = _hasLine ? Line(value) : double.NaN;
        percentile = double.NaN;
        if (_raw.Length > 0)
        {
            var row = RowOf(value);
            if (row < 0)
            {
                return NormStatus.OutsideTable;
            }

            t = _hasLine ? t : _t[row];
            percentile = _percentiles[row];
        }

        return _unconfirmed ? NormStatus.Unconfirmed : NormStatus.Ok;
    }

    private double Line(Rational value) => ExactQuotient.ToDouble(
        ((Int128)_perTop * value.Numerator) + ((Int128)_perBottom * value.Denominator), (Int128)_divisor * value.Denominator);

    private int RowOf(Rational value)
    {
        var (low, high) = (0, _raw.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_raw[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var row = low - 1;
        return row < 0 || (_exact ? _raw[row] != value : value > _through) ? -1 : row;
    }
}
