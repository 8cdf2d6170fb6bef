using System.Globalization;

namespace Xinheng;

/// <summary>An exact fraction. Scores, band starts and conversion tables are compared as fractions, never as rounded decimals.</summary>
/// <remarks>
/// Immutable and thread-safe. <c>default</c> is zero. Always in lowest terms with a positive denominator, so equal
/// values have equal parts. Arithmetic throws <see cref="OverflowException"/> beyond 64 bits instead of wrapping.
/// </remarks>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly long _denominatorLessOne; // so that default(Rational) is 0/1

    /// <summary>Creates the fraction <paramref name="numerator"/> / <paramref name="denominator"/> in lowest terms.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is zero.</exception>
    public Rational(long numerator, long denominator = 1)
    {
        if (denominator == 0)
        {
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        }

        if (denominator != 1)
        {
            var divisor = GreatestCommonDivisor(numerator, denominator);
            if (denominator < 0)
            {
                divisor = -divisor;
            }

            numerator /= divisor;
            denominator /= divisor;
        }

        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    /// <summary>Numerator in lowest terms; carries the sign.</summary>
    public long Numerator { get; }

    /// <summary>Denominator in lowest terms, at least 1.</summary>
    public long Denominator => _denominatorLessOne + 1;

    /// <summary>Whether the value is a whole number.</summary>
    public bool IsWhole => _denominatorLessOne == 0;

    /// <summary>The nearest double. Numerator and denominator below 2^53 give the correctly rounded quotient.</summary>
    public double ToDouble() => _denominatorLessOne == 0 ? Numerator : Numerator / (double)Denominator;

    /// <summary>Reads a decimal such as <c>9.51</c> (no exponent, at most 15 digits) or a fraction such as <c>17/12</c>.</summary>
    /// <returns><see langword="false"/> when the text is neither.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Rational value)
    {
        value = default;
        var slash = text.IndexOf('/');
        if (slash >= 0)
        {
            if (!TryParseDecimal(text[..slash], out var numerator)
                || !TryParseDecimal(text[(slash + 1)..], out var denominator)
                || !numerator.IsWhole
                || !denominator.IsWhole
                || denominator.Numerator <= 0)
            {
                return false;
            }

            value = new Rational(numerator.Numerator, denominator.Numerator);
            return true;
        }

        return TryParseDecimal(text, out value);
    }

    /// <summary>Rounds to a whole number by the named rule; <see cref="Rounding.None"/> returns the value unchanged.</summary>
    public Rational Round(Rounding rule) => rule switch
    {
        Rounding.None => this,
        Rounding.Floor => new Rational(FloorDivide(Numerator, Denominator)),
        Rounding.HalfUp => new Rational(FloorDivide(checked((2 * Numerator) + Denominator), checked(2 * Denominator))),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational left, Rational right) => left.Denominator == right.Denominator
        ? new(checked(left.Numerator + right.Numerator), left.Denominator)
        : Reduce(
            ((Int128)left.Numerator * right.Denominator) + ((Int128)right.Numerator * left.Denominator),
            (Int128)left.Denominator * right.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational left, Rational right) => left + new Rational(checked(-right.Numerator), right.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational left, Rational right) => Reduce(
        (Int128)left.Numerator * right.Numerator, (Int128)left.Denominator * right.Denominator);

    /// <summary>Quotient.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static Rational operator /(Rational left, Rational right) => Reduce(
        (Int128)left.Numerator * right.Denominator, (Int128)left.Denominator * right.Numerator);

    /// <summary>Whether the left value is smaller.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left value is larger.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left value is smaller or equal.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left value is larger or equal.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    /// <summary>A whole number as a fraction.</summary>
    public static implicit operator Rational(int value) => new(value);

    /// <summary>The smaller of two.</summary>
    public static Rational Min(Rational left, Rational right) => left <= right ? left : right;

    /// <summary>The larger of two.</summary>
    public static Rational Max(Rational left, Rational right) => left >= right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Rational other) => Denominator == other.Denominator
        ? Numerator.CompareTo(other.Numerator)
        : ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    /// <summary>The exact decimal where one exists with at most 15 digits, else <c>numerator/denominator</c>. <see cref="TryParse"/> reads it back.</summary>
    public override string ToString()
    {
        if (IsWhole)
        {
            return Numerator.ToString(CultureInfo.InvariantCulture);
        }

        const long TooManyDigits = 1_000_000_000_000_000;
        for (long scale = 10; scale < TooManyDigits; scale *= 10)
        {
            if (scale % Denominator == 0 && (Int128)Numerator * (scale / Denominator) is var digits && Int128.Abs(digits) < TooManyDigits)
            {
                return ((decimal)(long)digits / scale).ToString(CultureInfo.InvariantCulture);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out Rational value)
    {
        value = default;
        var digits = text.StartsWith("-") ? text[1..] : text;
        if (digits.Length is 0 or > 16 || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1]))
        {
            return false;
        }

        long numerator = 0;
        long denominator = 1;
        var count = 0;
        var point = false;
        foreach (var c in digits)
        {
            if (c == '.' && !point)
            {
                point = true;
            }
            else if (char.IsAsciiDigit(c) && ++count <= 15)
            {
                numerator = (numerator * 10) + (c - '0');
                denominator = point ? denominator * 10 : 1;
            }
            else
            {
                return false;
            }
        }

        value = new Rational(text[0] == '-' ? -numerator : numerator, denominator);
        return true;
    }

    private static long FloorDivide(long numerator, long denominator)
    {
        var quotient = Math.DivRem(numerator, denominator, out var remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Brings a product of two 64-bit numbers over another into lowest terms before it must fit 64 bits.</summary>
    private static Rational Reduce(Int128 numerator, Int128 denominator)
    {
        if (numerator >= long.MinValue && numerator <= long.MaxValue && denominator >= long.MinValue && denominator <= long.MaxValue)
        {
            return new((long)numerator, (long)denominator);
        }

        var (left, right) = (Int128.Abs(numerator), Int128.Abs(denominator));
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return new(checked((long)(numerator / left)), checked((long)(denominator / left)));
    }

    private static long GreatestCommonDivisor(long left, long right)
    {
        left = Math.Abs(left);
        right = Math.Abs(right);
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
