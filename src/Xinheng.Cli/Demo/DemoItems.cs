namespace Xinheng.Cli.Demo;

/// <summary>The items of the battery in column order, made ready to be answered in integers.</summary>
/// <remarks>
/// A graded-response answer is the number of thresholds below slope * latent + a logistic deviate, because
/// P(answer >= k) = 1 / (1 + exp(-a (theta - b_k))) is P(a theta + deviate > a b_k). One multiplication and at most four
/// comparisons a cell, all in 1/65536. Immutable and thread-safe.
/// </remarks>
internal sealed class DemoItems
{
    public const byte Blank = 0xFF;

    private const int MaxCuts = 4;

    private readonly int[] _latent;
    private readonly long[] _slope;
    private readonly long[] _cuts;
    private readonly byte[] _lowest;
    private readonly bool[] _critical;

    private DemoItems()
    {
        var items = ProvinceModel.Scales.SelectMany(s => Enumerable.Range(1, s.Items).Select(i => (Scale: s, Number: i))).ToArray();
        Columns = [.. items.Select(i => $"{i.Scale.Prefix}_{i.Number}")];
        ScaleOf = [.. items.Select(i => i.Scale)];
        _latent = new int[Count];
        _slope = new long[Count];
        _cuts = new long[Count * MaxCuts];
        _lowest = [.. items.Select(i => (byte)i.Scale.Lowest)];
        _critical = [.. Columns.Select(c => ProvinceModel.CriticalColumns.Contains(c))];
        Parameters = new ItemParameter[Count];
        Array.Fill(_cuts, long.MaxValue);
        foreach (var part in ProvinceModel.Parts)
        {
            var set = part.Dealt;
            for (var i = 0; i < part.Items.Count; i++)
            {
                var column = IndexOf($"{ProvinceModel.Scales.Single(s => s.Id == part.Scale).Prefix}_{part.Items[i]}");
                var source = set[i % set.Count];
                _latent[column] = part.Latent;
                _slope[column] = Fixed(source.A * part.Sd);
                for (var k = 0; k < source.B.Count; k++)
                {
                    _cuts[(column * MaxCuts) + k] = Fixed(source.A * (source.B[k] - part.Mean));
                }

                Parameters[column] = new ItemParameter(
                    source.Item, source.A * part.Sd, [.. source.B.Select(b => decimal.Round((b - part.Mean) / part.Sd, 5, MidpointRounding.ToEven))]);
            }
        }
    }

    public static DemoItems Default { get; } = new();

    /// <summary>Canonical column names, <c>phq9_1</c> to <c>mht_100</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The scale of each column.</summary>
    public IReadOnlyList<ModelScale> ScaleOf { get; }

    /// <summary>Parameters of each column for a latent variable with mean 0 and variance 1: a * SD and (b - mean) / SD.</summary>
    public ItemParameter[] Parameters { get; }

    public int Count => Columns.Count;

    /// <summary>Position of the latent variable a column follows.</summary>
    public int LatentOf(int column) => _latent[column];

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"There is no column '{column}'.", nameof(column));
    }

    /// <summary>Answers every item with care.</summary>
    public void Answer(ref Draws draws, ReadOnlySpan<int> latent, Span<byte> cells)
    {
        for (var item = 0; item < cells.Length; item += 2)
        {
            var pair = draws.Next();
            cells[item] = Code(item, latent, (uint)(pair >> 32));
            cells[item + 1] = Code(item + 1, latent, (uint)(pair & uint.MaxValue));
        }
    }

    /// <summary>Leaves single cells blank: some people skip here and there, anybody may pass over a question that asks of death.</summary>
    /// <returns>Number of cells that were left blank.</returns>
    public int LeaveBlank(ref Draws draws, Span<byte> cells)
    {
        var skips = draws.Happens(ProvinceModel.SkipperRate);
        var blank = 0;
        for (var item = 0; item < cells.Length; item++)
        {
            if ((skips && draws.Happens(ProvinceModel.SkippedCellRate)) || (_critical[item] && draws.Happens(ProvinceModel.CriticalBlankRate)))
            {
                cells[item] = Blank;
                blank++;
            }
        }

        return blank;
    }

    /// <summary>One option, drawn per scale, for every item of the scale.</summary>
    public void AnswerInALine(ref Draws draws, Span<byte> cells)
    {
        for (var item = 0; item < cells.Length; item++)
        {
            cells[item] = item > 0 && ScaleOf[item] == ScaleOf[item - 1] ? cells[item - 1] : AnyCode(ref draws, item);
        }
    }

    /// <summary>Any option.</summary>
    public void AnswerAtRandom(ref Draws draws, Span<byte> cells)
    {
        for (var item = 0; item < cells.Length; item++)
        {
            cells[item] = AnyCode(ref draws, item);
        }
    }

    /// <summary>Any code of an item.</summary>
    public byte AnyCode(ref Draws draws, int item) =>
        (byte)(_lowest[item] + draws.Below(ScaleOf[item].Highest - ScaleOf[item].Lowest + 1));

    private byte Code(int item, ReadOnlySpan<int> latent, uint uniform)
    {
        var response = ((_slope[item] * latent[_latent[item]]) >> 16) + Quantiles.Logistic(uniform);
        var cuts = _cuts.AsSpan(item * MaxCuts, MaxCuts);
        var passed = 0;
        foreach (var cut in cuts)
        {
            passed += response > cut ? 1 : 0;
        }

        return (byte)(_lowest[item] + passed);
    }

    private static long Fixed(decimal value) => (long)decimal.Round(value * Quantiles.One, 0, MidpointRounding.ToEven);
}
