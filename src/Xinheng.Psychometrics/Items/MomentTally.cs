using System.Numerics;

namespace Xinheng.Psychometrics;

/// <summary>Counts a matrix of whole answers: one pass over the rows, in blocks that stay in the cache.</summary>
internal sealed class MomentTally
{
    /// <summary>Rows of a block: a lane of 32 bits takes 2048 products of at most 250 * 250 without running over.</summary>
    private const int BlockRows = 2048;

    private readonly int _items;

    public MomentTally(ItemMatrix matrix)
    {
        _items = matrix.ItemCount;
        Sums = new Int128[_items];
        Products = new Int128[_items * (_items + 1) / 2];
        if (_items > 0 && matrix.Columns.ToArray().All(c => c.Codes is not null))
        {
            CountCodes(matrix);
        }
        else
        {
            CountValues(matrix);
        }
    }

    public long Complete { get; private set; }

    public long Empty { get; private set; }

    public Int128[] Sums { get; }

    public Int128[] Products { get; }

    public PairMoments? Others { get; private set; }

    public ItemFrequencies[] Frequencies { get; private set; } = [];

    /// <summary>Sums of codes, then of values: value = origin + sign * code, item by item.</summary>
    private void CountCodes(ItemMatrix matrix)
    {
        var k = _items;
        var columns = matrix.Columns.ToArray();
        var sums = new long[k];
        var products = new long[Products.Length];
        var frequencies = new long[2][][];
        frequencies[0] = [.. columns.Select(_ => new long[256])];
        frequencies[1] = [.. columns.Select(_ => new long[256])];
        long[]? counts = null;
        var (otherSums, otherSquares, otherProducts) = (Array.Empty<long>(), Array.Empty<long>(), Array.Empty<long>());
        var codes = Block();
        var (squares, masks) = (Array.Empty<ushort[]>(), Array.Empty<ushort[]>());
        var whole = new int[BlockRows];
        var partial = new int[BlockRows];
        for (var start = 0; start < matrix.PersonCount; start += BlockRows)
        {
            var rows = Math.Min(BlockRows, matrix.PersonCount - start);
            var (wholeCount, partialCount) = (0, 0);
            for (var row = 0; row < rows; row++)
            {
                var answered = 0;
                foreach (var column in columns)
                {
                    answered += column.Codes![start + row] != ItemColumn.Missing ? 1 : 0;
                }

                if (answered == k)
                {
                    whole[wholeCount++] = start + row;
                }
                else if (answered > 0)
                {
                    partial[partialCount++] = start + row;
                }
                else
                {
                    Empty++;
                }
            }

            Complete += wholeCount;
            for (var i = 0; i < k; i++)
            {
                var (source, target, frequency) = (columns[i].Codes!, codes[i], frequencies[0][i]);
                for (var row = 0; row < wholeCount; row++)
                {
                    var code = source[whole[row]];
                    target[row] = code;
                    frequency[code]++;
                    sums[i] += code;
                }

                for (var j = 0; j <= i; j++)
                {
                    products[ItemMoments.Triangle(i, j)] += Dot(target, codes[j], wholeCount);
                }
            }

            if (partialCount == 0)
            {
                continue;
            }

            if (counts is null)
            {
                (counts, otherProducts) = (new long[products.Length], new long[products.Length]);
                (otherSums, otherSquares) = (new long[k * k], new long[k * k]);
                (squares, masks) = (Block(), Block());
            }

            for (var i = 0; i < k; i++)
            {
                var (source, frequency) = (columns[i].Codes!, frequencies[1][i]);
                for (var row = 0; row < partialCount; row++)
                {
                    var code = source[partial[row]];
                    var there = code != ItemColumn.Missing;
                    codes[i][row] = there ? code : (ushort)0;
                    squares[i][row] = there ? (ushort)(code * code) : (ushort)0;
                    masks[i][row] = there ? (ushort)1 : (ushort)0;
                    frequency[code]++;
                }
            }

            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    otherSums[(i * k) + j] += Dot(codes[i], masks[j], partialCount);
                    otherSquares[(i * k) + j] += Dot(squares[i], masks[j], partialCount);
                    if (j <= i)
                    {
                        counts[ItemMoments.Triangle(i, j)] += Dot(masks[i], masks[j], partialCount);
                        otherProducts[ItemMoments.Triangle(i, j)] += Dot(codes[i], codes[j], partialCount);
                    }
                }
            }
        }

        Others = counts is null ? null : PairMoments.Empty(k) with { Counts = counts };
        for (var i = 0; i < k; i++)
        {
            var (oi, si) = ((Int128)columns[i].Origin, (Int128)columns[i].Sign);
            Sums[i] = (Complete * oi) + (si * sums[i]);
            for (var j = 0; j < k; j++)
            {
                var (oj, sj, t) = ((Int128)columns[j].Origin, (Int128)columns[j].Sign, ItemMoments.Triangle(i, j));
                if (j <= i)
                {
                    Products[t] = (Complete * oi * oj) + (oi * sj * sums[j]) + (oj * si * sums[i]) + (si * sj * products[t]);
                }

                if (Others is null)
                {
                    continue;
                }

                var (ij, ji) = ((i * k) + j, (j * k) + i);
                Others.Sums[ij] = (counts![t] * oi) + (si * otherSums[ij]);
                Others.Squares[ij] = (counts[t] * oi * oi) + (2 * oi * si * otherSums[ij]) + otherSquares[ij];
                if (j <= i)
                {
                    Others.Products[t] = (counts[t] * oi * oj) + (oi * sj * otherSums[ji]) + (oj * si * otherSums[ij]) + (si * sj * otherProducts[t]);
                }
            }
        }

        Frequencies = [.. columns.Select((column, i) => new ItemFrequencies(
            List(column, code => frequencies[0][i][code]),
            List(column, code => frequencies[0][i][code] + frequencies[1][i][code])))];

        ushort[][] Block() => [.. columns.Select(_ => new ushort[BlockRows])];
    }

    private static ItemCategory[] List(ItemColumn column, Func<int, long> count) =>
    [
        .. Enumerable.Range(0, ItemColumn.MaxCode + 1)
            .Select(code => new ItemCategory(column.Origin + (column.Sign * code), count(code)))
            .Where(c => c.Count > 0)
            .OrderBy(c => c.Value),
    ];

    /// <summary>The same by plain arithmetic, for whole answers that do not fit in bytes.</summary>
    private void CountValues(ItemMatrix matrix)
    {
        var k = _items;
        var frequencies = new Dictionary<double, long>[2][];
        frequencies[0] = [.. Enumerable.Range(0, k).Select(_ => new Dictionary<double, long>())];
        frequencies[1] = [.. Enumerable.Range(0, k).Select(_ => new Dictionary<double, long>())];
        var present = new int[k];
        var values = new long[k];
        for (var person = 0; person < matrix.PersonCount; person++)
        {
            var count = 0;
            for (var item = 0; item < k; item++)
            {
                var value = matrix[person, item];
                if (!double.IsNaN(value))
                {
                    (present[count++], values[item]) = (item, (long)value);
                }
            }

            if (count == 0)
            {
                Empty++;
                continue;
            }

            var complete = count == k;
            Complete += complete ? 1 : 0;
            Others = complete ? Others : Others ?? PairMoments.Empty(k);
            foreach (var i in present.AsSpan(0, count))
            {
                var frequency = frequencies[complete ? 0 : 1][i];
                frequency[values[i]] = frequency.GetValueOrDefault(values[i]) + 1;
                if (complete)
                {
                    Sums[i] += values[i];
                }

                foreach (var j in present.AsSpan(0, count))
                {
                    if (!complete)
                    {
                        Others!.Sums[(i * k) + j] += values[i];
                        Others.Squares[(i * k) + j] += values[i] * values[i];
                    }

                    if (j > i)
                    {
                        continue;
                    }

                    if (complete)
                    {
                        Products[ItemMoments.Triangle(i, j)] += values[i] * values[j];
                    }
                    else
                    {
                        Others!.Counts[ItemMoments.Triangle(i, j)]++;
                        Others.Products[ItemMoments.Triangle(i, j)] += values[i] * values[j];
                    }
                }
            }
        }

        Frequencies = [.. Enumerable.Range(0, k).Select(i =>
        {
            ItemCategory[] complete = [.. frequencies[0][i].Select(f => new ItemCategory(f.Key, f.Value)).OrderBy(c => c.Value)];
            ItemCategory[] rest = [.. frequencies[1][i].Select(f => new ItemCategory(f.Key, f.Value)).OrderBy(c => c.Value)];
            return new ItemFrequencies(complete, complete).Add(new ItemFrequencies([], rest));
        })];
    }

    /// <summary>Sum of products; each is below 2^16 by construction, so that its lower half is all of it.</summary>
    private static long Dot(ushort[] left, ushort[] right, int count)
    {
        var (low, high) = (Vector<uint>.Zero, Vector<uint>.Zero);
        var i = 0;
        for (; i <= count - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(left, i) * new Vector<ushort>(right, i), out var first, out var second);
            (low, high) = (low + first, high + second);
        }

        Vector.Widen(low, out var a, out var b);
        Vector.Widen(high, out var c, out var d);
        var sum = (long)(Vector.Sum(a + b) + Vector.Sum(c + d));
        for (; i < count; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
