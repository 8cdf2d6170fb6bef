namespace Xinheng.Norms;

/// <summary>One whole number over another as the nearest double.</summary>
internal static class ExactQuotient
{
    private const long Exact = 1L << 53;

    /// <summary>The correctly rounded quotient, ties to even. Both must be below 2^126 in size, the divisor above zero.</summary>
    public static double ToDouble(Int128 dividend, Int128 divisor)
    {
        if (dividend > -Exact && dividend < Exact && divisor < Exact)
        {
            return (double)(long)dividend / (long)divisor;
        }

        var negative = dividend < 0;
        var (whole, rest) = Int128.DivRem(negative ? -dividend : dividend, divisor);

        // Bits are drawn until there are two more than a double keeps, and one says whether anything was left.
        var scale = 0;
        while (whole < (1L << 54) && rest != 0 && scale > -1_000)
        {
            rest <<= 1;
            whole <<= 1;
            scale--;
            if (rest >= divisor)
            {
                rest -= divisor;
                whole++;
            }
        }

        var lost = rest != 0;
        while (whole >= 1L << 60)
        {
            lost |= (whole & 1) != 0;
            whole >>= 1;
            scale++;
        }

        var rounded = Math.ScaleB((double)(((long)whole << 1) | (lost ? 1L : 0L)), scale - 1);
        return negative ? -rounded : rounded;
    }
}
