using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>
/// The answers to one item: bytes where the values are whole numbers within a span of 250, else doubles.
/// A byte stands for <c>Origin + Sign * code</c>, so that reversing an item copies nothing.
/// </summary>
internal sealed class ItemColumn
{
    public const int MaxCode = 250;
    public const byte Missing = 255;

    /// <summary>Whole numbers up to here are summed exactly: squares of 2^20 over 2^40 people stay below 2^81.</summary>
    public const int MaxWhole = 1 << 20;

    private ItemColumn(byte[]? codes, double[]? values, int origin, int sign, double minimum, double maximum)
    {
        (Codes, Values, Origin, Sign, Minimum, Maximum) = (codes, values, origin, sign, minimum, maximum);
        IsWhole = values is null || Array.TrueForAll(values, v => double.IsNaN(v) || (double.IsInteger(v) && Math.Abs(v) <= MaxWhole));
    }

    /// <summary>Codes 0 to 250, <see cref="Missing"/> for none; <see langword="null"/> where the answers are doubles.</summary>
    public byte[]? Codes { get; }

    /// <summary>Values, NaN for none; <see langword="null"/> where the answers are bytes.</summary>
    public double[]? Values { get; }

    public int Origin { get; }

    public int Sign { get; }

    /// <summary>Lowest possible value, NaN when it was not declared.</summary>
    public double Minimum { get; }

    /// <summary>Highest possible value, NaN when it was not declared.</summary>
    public double Maximum { get; }

    /// <summary>Whether every value is a whole number of at most <see cref="MaxWhole"/> in size.</summary>
    public bool IsWhole { get; }

    public int Count => Codes?.Length ?? Values!.Length;

    public double this[int person] => Codes is null ? Values![person]
        : Codes[person] == Missing ? double.NaN
        : Origin + (Sign * Codes[person]);

    public bool IsMissing(int person) => Codes is null ? double.IsNaN(Values![person]) : Codes[person] == Missing;

    /// <summary>A column of keyed codes that nobody else holds on to.</summary>
    public static ItemColumn OwnCodes(byte[] codes, int origin, double minimum, double maximum) => new(codes, null, origin, 1, minimum, maximum);

    /// <summary>Copies values and checks them against the declared range.</summary>
    /// <exception cref="ArgumentException">A value is infinite or outside the range.</exception>
    public static ItemColumn Create(string id, ReadOnlySpan<double> values, double minimum, double maximum)
    {
        var (low, high, whole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        for (var person = 0; person < values.Length; person++)
        {
            var value = values[person];
            if (double.IsNaN(value))
            {
                continue;
            }

            if (double.IsInfinity(value) || value < minimum || value > maximum)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Item '{id}', person {person + 1}: the value is {(double.IsInfinity(value) ? "infinite" : $"outside {minimum} to {maximum}")}. Pass NaN for an answer that is not there; check the range."),
                    nameof(values));
            }

            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            whole &= double.IsInteger(value);
        }

        if (!whole || (low <= high && (high - low > MaxCode || Math.Abs(low) > MaxWhole || Math.Abs(high) > MaxWhole)))
        {
            return new ItemColumn(null, values.ToArray(), 0, 1, minimum, maximum);
        }

        var origin = low <= high ? (int)low : 0;
        var codes = new byte[values.Length];
        for (var person = 0; person < values.Length; person++)
        {
            codes[person] = double.IsNaN(values[person]) ? Missing : (byte)(values[person] - origin);
        }

        return new ItemColumn(codes, null, origin, 1, minimum, maximum);
    }

    /// <summary>The column with <c>minimum + maximum - value</c> in place of each value.</summary>
    public ItemColumn Reverse(double minimum, double maximum)
    {
        var sum = minimum + maximum;
        if (Codes is not null && double.IsInteger(sum) && Math.Abs(sum) <= MaxWhole)
        {
            return new ItemColumn(Codes, null, (int)sum - Origin, -Sign, minimum, maximum);
        }

        var values = new double[Count];
        for (var person = 0; person < values.Length; person++)
        {
            values[person] = sum - this[person];
        }

        return new ItemColumn(null, values, 0, 1, minimum, maximum);
    }

    public ItemColumn WithPersons(ReadOnlySpan<int> persons)
    {
        var codes = Codes is null ? null : new byte[persons.Length];
        var values = Codes is null ? new double[persons.Length] : null;
        for (var i = 0; i < persons.Length; i++)
        {
            if (codes is not null)
            {
                codes[i] = Codes![persons[i]];
            }
            else
            {
                values![i] = Values![persons[i]];
            }
        }

        return new ItemColumn(codes, values, Origin, Sign, Minimum, Maximum);
    }

    public double[] ToArray()
    {
        var values = new double[Count];
        CopyTo(0, values);
        return values;
    }

    /// <summary>Values of the people from <paramref name="start"/> on, NaN where there is none.</summary>
    public void CopyTo(int start, Span<double> values)
    {
        if (Codes is null)
        {
            Values.AsSpan(start, values.Length).CopyTo(values);
            return;
        }

        var codes = Codes.AsSpan(start, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = codes[i] == Missing ? double.NaN : Origin + (Sign * codes[i]);
        }
    }
}
