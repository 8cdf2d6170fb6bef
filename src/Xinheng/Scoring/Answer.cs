using System.Globalization;

namespace Xinheng;

/// <summary>One answer: a stored code, a quantity, a time of day, or the reason why there is none.</summary>
/// <remarks>
/// Immutable and thread-safe. <c>default</c> is <see cref="NotAsked"/>: an answer nobody gave is not zero. A whole number converts to an answer, so that a
/// form is written as <c>[1, 2, 0, Answer.Skipped]</c>.
/// </remarks>
public readonly struct Answer : IEquatable<Answer>
{
    /// <summary>Largest stored code of an option.</summary>
    public const int MaxCode = 250;

    /// <summary>Largest stored quantity.</summary>
    public const int MaxQuantity = 0xFF00;

    private const ushort StoredNotAsked = 0xFF00 | (int)MissingReason.NotAsked;

    private readonly ushort _storedXorNotAsked;

    private Answer(ushort stored) => _storedXorNotAsked = (ushort)(stored ^ StoredNotAsked);

    /// <summary>The item was not on the form.</summary>
    public static Answer NotAsked => new(MissingReason.NotAsked);

    /// <summary>Left blank.</summary>
    public static Answer Skipped => new(MissingReason.Skipped);

    /// <summary>The person declined to answer.</summary>
    public static Answer Refused => new(MissingReason.Refused);

    /// <summary>Something stands there that cannot be read.</summary>
    public static Answer Unreadable => new(MissingReason.Unreadable);

    /// <summary>A code that the item does not have.</summary>
    public static Answer OutOfRange => new(MissingReason.OutOfRange);

    /// <summary>Creates a missing answer.</summary>
    public Answer(MissingReason reason)
        : this((ushort)(0xFF00 | (int)reason))
    {
        if (!Enum.IsDefined(reason))
        {
            throw new ArgumentOutOfRangeException(nameof(reason), "Not a reason for a missing answer.");
        }
    }

    /// <summary>Whether there is no answer.</summary>
    public bool IsMissing => Stored > MaxQuantity;

    /// <summary>Why there is no answer; <see langword="null"/> when there is one.</summary>
    public MissingReason? Reason => !IsMissing ? null
        : (Stored & 0xFF) >= (int)MissingReason.NotAsked ? (MissingReason)(Stored & 0xFF)
        : MissingReason.OutOfRange;

    /// <summary>The stored code or quantity, as columns hold it.</summary>
    internal ushort Stored => (ushort)(_storedXorNotAsked ^ StoredNotAsked);

    /// <summary>An option's stored code, or a quantity in steps of its response set.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative or above <see cref="MaxQuantity"/>.</exception>
    public static implicit operator Answer(int value) => FromInt32(value);

    /// <summary>An option's stored code, or a quantity in steps of its response set.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative or above <see cref="MaxQuantity"/>.</exception>
    public static Answer FromInt32(int value)
    {
        // The framework's own check would print the answer.
        return value is >= 0 and <= MaxQuantity
            ? new((ushort)value)
            : throw new ArgumentOutOfRangeException(nameof(value), $"An answer is stored as a number from 0 to {MaxQuantity}.");
    }

    /// <summary>A time of day on the 24-hour clock.</summary>
    public static Answer Clock(int hour, int minute)
    {
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59
            ? new((ushort)((hour * 60) + minute))
            : throw new ArgumentOutOfRangeException(hour is >= 0 and <= 23 ? nameof(minute) : nameof(hour), "A time of day is 0:00 to 23:59.");
    }

    /// <summary>
    /// Reads an answer as a file writes it, for one item: a code or quantity in ASCII digits, a time <c>23:30</c>.
    /// Empty text is <see cref="Skipped"/>; a number the item cannot have is <see cref="OutOfRange"/>; anything else,
    /// full-width digits, signs, spaces and exponents included, is <see cref="Unreadable"/>.
    /// </summary>
    public static Answer Parse(ReadOnlySpan<char> text, ResponseSet responses)
    {
        ArgumentNullException.ThrowIfNull(responses);
        if (text.IsEmpty)
        {
            return Skipped;
        }

        return responses switch
        {
            OptionSet set => ParseCode(text, set),
            NumberRange range => ParseNumber(text, range),
            ClockTime => ParseClock(text),
            _ => throw new ArgumentException("An unknown kind of response set.", nameof(responses)),
        };
    }

    /// <inheritdoc/>
    public bool Equals(Answer other) => Stored == other.Stored;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Answer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Stored;

    /// <summary>Equality.</summary>
    public static bool operator ==(Answer left, Answer right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(Answer left, Answer right) => !left.Equals(right);

    /// <summary>Whether an answer is there and, if not, why. Never the answer itself, so that it cannot reach a log.</summary>
    public override string ToString() => Reason is { } reason ? reason.ToString() : "answered";

    internal static Answer FromStored(ushort stored) => new(stored);

    private static Answer ParseCode(ReadOnlySpan<char> text, OptionSet set)
    {
        if (!TryDigits(text, out var code))
        {
            return Unreadable;
        }

        foreach (var option in set.Options)
        {
            if (option.Code == code)
            {
                return code;
            }
        }

        return OutOfRange;
    }

    private static Answer ParseNumber(ReadOnlySpan<char> text, NumberRange range)
    {
        if (text[0] == '-' || text.Contains('/') || !Rational.TryParse(text, out var value))
        {
            return Unreadable;
        }

        var steps = (value * PowerOfTen(range.Decimals)).Round(Rounding.HalfUp);
        return value >= range.Min && value <= range.Max && steps.Numerator <= MaxQuantity
            ? new((ushort)steps.Numerator)
            : OutOfRange;
    }

    private static Answer ParseClock(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon is < 1 or > 2
            || text.Length - colon - 1 != 2
            || !TryDigits(text[..colon], out var hour)
            || !TryDigits(text[(colon + 1)..], out var minute))
        {
            return Unreadable;
        }

        return hour <= 23 && minute <= 59 ? Clock(hour, minute) : OutOfRange;
    }

    internal static int PowerOfTen(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        return text.Length <= 9
            && !text.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
