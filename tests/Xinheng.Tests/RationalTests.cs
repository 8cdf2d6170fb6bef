using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Xunit;

namespace Xinheng.Tests;

/// <summary>Exact fractions: the laws of arithmetic, against whole numbers without limits; rounding and reading.</summary>
[Properties(MaxTest = 2000)]
public class RationalTests
{
    [Property]
    public void Arithmetic_IsThatOfFractions(int a, NonZeroInt b, int c, NonZeroInt d)
    {
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(d);
        var (left, right) = (new Rational(a, b.Get), new Rational(c, d.Get));
        var (x, y) = (new Fraction(a, b.Get), new Fraction(c, d.Get));
        Assert.Equal(x + y, Fraction.Of(left + right));
        Assert.Equal(x + new Fraction(-y.Top, y.Bottom), Fraction.Of(left - right));
        Assert.Equal(x * y, Fraction.Of(left * right));
        if (c != 0)
        {
            Assert.Equal(x / y, Fraction.Of(left / right));
            Assert.Equal(left, left / right * right);
        }

        Assert.Equal(left + right, right + left);
        Assert.Equal(left, left + right - right);
        Assert.Equal(x < y, left < right);
        Assert.Equal(x > y, left > right);
        Assert.Equal(x <= y, left <= right);
        Assert.Equal(x >= y, left >= right);
        Assert.Equal(x.Equals(y), left == right);
        Assert.Equal(left == right, left.GetHashCode() == right.GetHashCode() && !(left != right));
        Assert.Equal(x < y ? left : right, Rational.Min(left, right));
        Assert.Equal(x < y ? right : left, Rational.Max(left, right));
    }

    [Property]
    public void Parts_AreInLowestTerms_WithAPositiveDenominator(int a, NonZeroInt b, PositiveInt factor)
    {
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(factor);
        var value = new Rational((long)a * factor.Get, (long)b.Get * factor.Get);
        Assert.Equal(new Rational(a, b.Get), value);
        Assert.True(value.Denominator > 0);
        Assert.True(BigInteger.GreatestCommonDivisor(value.Numerator, value.Denominator).IsOne);
    }

    [Property]
    public void WhatIsWritten_ReadsBackAsTheSame(int a, NonZeroInt b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var value = new Rational(a, b.Get);
        Assert.True(Rational.TryParse(value.ToString(), out var read), value.ToString());
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData(1, 524_288)]
    [InlineData(1, 100_000_000_000_000)]
    [InlineData(999_999_999_999_999, 2)]
    [InlineData(-999_999_999_999_999, 1000)]
    [InlineData(1, 1_000_000_000_000_000)]
    public void ALongDecimal_ReadsBackAsTheSame(long numerator, long denominator)
    {
        var value = new Rational(numerator, denominator);
        Assert.True(value.Denominator == 1_000_000_000_000_000 || (Rational.TryParse(value.ToString(), out var read) && read == value), value.ToString());
    }

    [Property]
    public void Rounding_IsThatOfTheSecondImplementation(int a, NonZeroInt b, PositiveInt halves)
    {
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(halves);
        foreach (var value in (Rational[])[new(a, b.Get), new(a, 2), new(a, halves.Get)])
        {
            Assert.Equal(Fraction.Of(value).Round(Rounding.HalfUp), Fraction.Of(value.Round(Rounding.HalfUp)));
            Assert.Equal(Fraction.Of(value).Round(Rounding.Floor), Fraction.Of(value.Round(Rounding.Floor)));
            Assert.Equal(value, value.Round(Rounding.None));
            Assert.Equal(value.Round(Rounding.Floor), value.Round(Rounding.Floor).Round(Rounding.HalfUp));
        }
    }

    [Theory]
    [InlineData("2.5", "3", "2")]
    [InlineData("3.5", "4", "3")]
    [InlineData("52.5", "53", "52")]
    [InlineData("2.49", "2", "2")]
    [InlineData("-2.5", "-2", "-3")]
    [InlineData("-0.5", "0", "-1")]
    [InlineData("0.5", "1", "0")]
    [InlineData("36/7", "5", "5")]
    public void Halves_GoUp_AndFloor_GoesDown(string value, string halfUp, string floor)
    {
        Assert.Equal(Parse(halfUp), Parse(value).Round(Rounding.HalfUp));
        Assert.Equal(Parse(floor), Parse(value).Round(Rounding.Floor));
    }

    [Property]
    public void ToDouble_IsTheNearestDouble(int a, NonZeroInt b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var value = new Rational(a, b.Get);
        Assert.Equal(double.Parse(((decimal)a / b.Get).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), value.ToDouble(), 1e-15 * Math.Abs(value.ToDouble()));
        Assert.Equal(Math.Sign(a) * Math.Sign(b.Get), Math.Sign(value.ToDouble()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 3")]
    [InlineData("3 ")]
    [InlineData("+3")]
    [InlineData("--3")]
    [InlineData("3-")]
    [InlineData("1e1")]
    [InlineData("1E400")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.5")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("３")]
    [InlineData("٣")]
    [InlineData("3\u200B")]
    [InlineData("\uFEFF3")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("Infinity")]
    [InlineData("1234567890123456")]
    [InlineData("0.1234567890123456")]
    [InlineData("0000000000000001")]
    [InlineData("1/0")]
    [InlineData("1/-2")]
    [InlineData("1/2/3")]
    [InlineData("1/ 2")]
    [InlineData("/2")]
    [InlineData("1/")]
    [InlineData("1.5/2")]
    public void TryParse_RefusesWhatIsNoPlainDecimalOrFraction(string text)
    {
        Assert.False(Rational.TryParse(text, out var value));
        Assert.Equal(default, value);
    }

    [Theory]
    [InlineData("0", 0, 1)]
    [InlineData("-0", 0, 1)]
    [InlineData("007", 7, 1)]
    [InlineData("9.51", 951, 100)]
    [InlineData("-9.50", -19, 2)]
    [InlineData("17/12", 17, 12)]
    [InlineData("-4/6", -2, 3)]
    [InlineData("999999999999999", 999_999_999_999_999, 1)]
    public void TryParse_ReadsPlainDecimalsAndFractions(string text, long numerator, long denominator) =>
        Assert.Equal(new Rational(numerator, denominator), Parse(text));

    [Fact]
    public void Default_IsZero() => Assert.Equal(new Rational(0), default);

    [Fact]
    public void BeyondSixtyFourBits_ItThrows_AndNeverWraps()
    {
        var large = new Rational(long.MaxValue);
        Assert.Throws<OverflowException>(() => large + 1);
        Assert.Throws<OverflowException>(() => large * 2);
        Assert.Throws<OverflowException>(() => large / new Rational(1, 2));
        Assert.Throws<OverflowException>(() => new Rational(-long.MaxValue) - 2);
        Assert.Throws<OverflowException>(() => new Rational(long.MaxValue, 2).Round(Rounding.HalfUp));
        Assert.True(large > new Rational(long.MaxValue - 1)); // comparison never overflows
        Assert.True(new Rational(long.MaxValue, 3) > new Rational(long.MaxValue - 1, 3));
    }

    [Fact]
    public void ADenominatorOfZero_Throws()
    {
        Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));
        Assert.Throws<DivideByZeroException>(() => new Rational(1) / 0);
    }

    private static Rational Parse(string text) => Rational.TryParse(text, out var value) ? value : throw new FormatException(text);
}
