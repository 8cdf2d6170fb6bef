namespace Xinheng.Cli.Demo;

/// <summary>Quantiles of the normal and of the logistic distribution, and multipliers of working time, as integers.</summary>
/// <remarks>
/// <para>Values in 1/65536 at 65,537 probabilities; between them a straight line. Everything that is drawn is integer from here on.</para>
/// <para>
/// The tables are computed when they are first used, with nothing but + - * / and square root: IEEE 754 fixes each of
/// these to the last bit, .NET evaluates them in binary64 and fuses none of them. <c>Math.Log</c> and <c>Math.Exp</c>
/// differ between platforms and are not used. A test pins the tables' hash.
/// </para>
/// </remarks>
internal static class Quantiles
{
    public const int One = 1 << 16;

    private const int Cells = 1 << 16;

    // The first and last cell reach to infinity. Taken to this probability, the straight line has the mean of the logistic tail.
    private const double TailEnd = 0.1353352832366127 / Cells;

    private const int TimeCells = 1 << 12;
    private const double TimeSpread = 0.3;

    private static readonly int[] NormalTable = Build(NormalQuantile);
    private static readonly int[] LogisticTable = Build(p => Log(p / (1 - p)));
    private static readonly int[] TimeTable = BuildTime();

    /// <summary>All tables, for the test that pins them.</summary>
    internal static IEnumerable<int[]> Tables => [NormalTable, LogisticTable, TimeTable];

    public static int Normal(uint uniform) => Interpolate(NormalTable, uniform);

    public static int Logistic(uint uniform) => Interpolate(LogisticTable, uniform);

    /// <summary>A log-normal multiplier in 1/65536 with median 1 and a spread of 0.3.</summary>
    public static int TimeFactor(int draw) => TimeTable[draw & (TimeCells - 1)];

    private static int Interpolate(int[] table, uint uniform)
    {
        var cell = (int)(uniform >> 16);
        long low = table[cell];
        return (int)(low + (((table[cell + 1] - low) * (uniform & 0xFFFF)) >> 16));
    }

    private static int[] Build(Func<double, double> quantile)
    {
        var table = new int[Cells + 1];
        for (var i = 0; i <= Cells / 2; i++)
        {
            var value = (int)Math.Floor((-quantile(i == 0 ? TailEnd : (double)i / Cells) * One) + 0.5);
            (table[i], table[Cells - i]) = (-value, value);
        }

        return table;
    }

    private static int[] BuildTime()
    {
        var table = new int[TimeCells];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (int)Math.Floor((Exp(TimeSpread * NormalQuantile((i + 0.5) / TimeCells)) * One) + 0.5);
        }

        return table;
    }

    private static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            (mantissa, exponent) = (mantissa / 2, exponent + 1);
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var (power, sum) = (s, 0.0);
        for (var k = 1; k < 26; k += 2)
        {
            sum += power / k;
            power *= s * s;
        }

        return (2 * sum) + (exponent * 0.6931471805599453);
    }

    private static double Exp(double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var k = 1; k < 40; k++)
        {
            term *= x / k;
            sum += term;
        }

        return sum;
    }

    /// <summary>Algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37, 477-484).</summary>
    private static double NormalQuantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * Ratio(
                r,
                [3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3],
                [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3]);
        }

        var tail = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        var value = tail <= 5
            ? Ratio(
                tail - 1.6,
                [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4],
                [1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9])
            : Ratio(
                tail - 5,
                [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
                [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]);
        return q < 0 ? -value : value;
    }

    private static double Ratio(double x, ReadOnlySpan<double> above, ReadOnlySpan<double> below)
    {
        var (a, b) = (0.0, 0.0);
        for (var i = above.Length - 1; i >= 0; i--)
        {
            a = (a * x) + above[i];
            b = (b * x) + below[i];
        }

        return a / b;
    }
}
