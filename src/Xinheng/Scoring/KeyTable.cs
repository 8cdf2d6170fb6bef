namespace Xinheng.Scoring;

/// <summary>
/// What each stored code of an item adds to a packed sum. A person's items are added up in one 64-bit number:
/// <code>
/// bits  0-23  sum of keyed values, each less the lowest value of the score's items, so never negative
/// bits 24-33  number of items without an answer, for whatever reason
/// bits 34-43  of these, not asked
/// bits 44-53  of these, unreadable
/// bits 54-63  of these, a code the item does not have
/// </code>
/// At most 500 items of at most 2,000 each: no field can run over into the next.
/// </summary>
internal static class KeyTable
{
    public const long Missing = 1L << 24;
    public const long NotAsked = Missing | (1L << 34);
    public const long Unreadable = Missing | (1L << 44);
    public const long OutOfRange = Missing | (1L << 54);

    public static int Sum(long packed) => (int)(packed & 0xFF_FFFF);

    public static int MissingCount(long packed) => (int)((packed >> 24) & 0x3FF);

    public static int NotAskedCount(long packed) => (int)((packed >> 34) & 0x3FF);

    public static int UnreadableCount(long packed) => (int)((packed >> 44) & 0x3FF);

    public static int OutOfRangeCount(long packed) => (int)(packed >>> 54);

    /// <summary>The table of an item, with the keyed value of each option.</summary>
    public static long[] Create(OptionSet options, Func<ResponseOption, int> value)
    {
        var table = new long[256];
        Array.Fill(table, OutOfRange);
        foreach (var option in options.Options)
        {
            table[option.Code] = value(option);
        }

        table[(int)MissingReason.NotAsked] = NotAsked;
        table[(int)MissingReason.Skipped] = Missing;
        table[(int)MissingReason.Refused] = Missing;
        table[(int)MissingReason.Unreadable] = Unreadable;
        table[(int)MissingReason.OutOfRange] = OutOfRange;
        return table;
    }

    /// <summary>Whether there can be a value, and if not, why: the gravest reason wins.</summary>
    public static ScoreStatus Status(long packed, int items, int maxMissing)
    {
        var missing = MissingCount(packed);
        return missing == 0 ? ScoreStatus.Ok
            : OutOfRangeCount(packed) > 0 ? ScoreStatus.CodeOutOfRange
            : UnreadableCount(packed) > 0 ? ScoreStatus.Unreadable
            : NotAskedCount(packed) == items ? ScoreStatus.NotAsked
            : missing > maxMissing ? ScoreStatus.TooFewAnswers
            : ScoreStatus.Prorated;
    }
}
