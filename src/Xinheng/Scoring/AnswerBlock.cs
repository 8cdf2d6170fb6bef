using System.Runtime.InteropServices;

namespace Xinheng;

/// <summary>Answers of many people to one instrument, in columns.</summary>
/// <remarks>
/// Mutable buffer, made to be filled and scored again and again; not thread-safe. One byte per option answer:
/// <code>
/// item 1   | person 1 | person 2 | … | Capacity      codes 0-250, reasons 251-255 (MissingReason)
/// item 2   | person 1 | person 2 | …
/// </code>
/// Quantities and times of day are two bytes each, in columns of their own. A new block is not-asked throughout.
/// </remarks>
public sealed class AnswerBlock
{
    private readonly byte[] _codes;
    private readonly ushort[] _quantities;
    private readonly AnswerColumns _columns;
    private readonly byte[] _ages;
    private readonly byte[] _sexes;
    private readonly double[] _secondsPerItem;

    /// <summary>Creates a block for up to <paramref name="capacity"/> people.</summary>
    public AnswerBlock(Instrument instrument, int capacity)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Instrument = instrument;
        Capacity = capacity;
        _columns = ColumnsOf(instrument);
        _codes = new byte[_columns.Codes * capacity];
        _quantities = new ushort[_columns.Quantities * capacity];
        _ages = new byte[capacity];
        _sexes = new byte[capacity];
        _secondsPerItem = new double[capacity];
        Clear();
    }

    /// <summary>The instrument whose answers these are.</summary>
    public Instrument Instrument { get; }

    /// <summary>Number of people there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Number of people in the block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above <see cref="Capacity"/>.</exception>
    public int Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            field = value;
        }
    }

    /// <summary>Whether the item has options; if not, its answers are quantities.</summary>
    public bool HasCodes(int item) => _columns.Given[item] >= 0;

    /// <summary>Stored codes of one option item, one byte per person; 251 to 255 are <see cref="MissingReason"/>.</summary>
    /// <exception cref="ArgumentException">The item is a quantity.</exception>
    public Span<byte> Codes(int item) => HasCodes(item)
        ? _codes.AsSpan(_columns.Given[item] * Capacity, Capacity)
        : throw new ArgumentException("The item is a quantity.", nameof(item));

    /// <summary>Stored quantities of one item, two bytes per person; 0xFF00 + <see cref="MissingReason"/> where there is none.</summary>
    /// <exception cref="ArgumentException">The item has options.</exception>
    public Span<ushort> Quantities(int item) => HasCodes(item)
        ? throw new ArgumentException("The item has options.", nameof(item))
        : _quantities.AsSpan((-1 - _columns.Given[item]) * Capacity, Capacity);

    /// <summary>Sets one answer. A code the item does not have becomes <see cref="MissingReason.OutOfRange"/> when it is scored.</summary>
    public void Set(int person, int item, Answer answer)
    {
        if (!HasCodes(item))
        {
            Quantities(item)[person] = answer.Stored;
        }
        else
        {
            Codes(item)[person] = answer.IsMissing ? (byte)(answer.Stored & 0xFF)
                : answer.Stored > Answer.MaxCode ? (byte)MissingReason.OutOfRange
                : (byte)answer.Stored;
        }
    }

    /// <summary>Takes the answers of people whose codes stand column by column, as column stores keep them.</summary>
    /// <param name="codes">One column per item, in printed order, one behind the other: <paramref name="stride"/> codes each; 251 to 255 are <see cref="MissingReason"/>.</param>
    /// <param name="stride">Number of people in a column.</param>
    /// <param name="first">The first person to be taken.</param>
    /// <param name="count">Number of people to be taken; they become the people of the block, of whom nothing else is known.</param>
    /// <exception cref="ArgumentException">The codes are not of that shape, there is no room, or an item's answer is a quantity.</exception>
    public void LoadColumns(ReadOnlySpan<byte> codes, int stride, int first, int count)
    {
        DemandCodes(codes.Length, stride);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, stride - first);
        Begin(count);
        for (var item = 0; item < _columns.Given.Length; item++)
        {
            codes.Slice((item * stride) + first, count).CopyTo(Codes(item));
        }
    }

    /// <summary>Takes the answers of people whose codes stand person by person.</summary>
    /// <param name="codes">For each person one code per item, in printed order; 251 to 255 are <see cref="MissingReason"/>.</param>
    /// <param name="count">Number of people; they become the people of the block, of whom nothing else is known.</param>
    /// <exception cref="ArgumentException">The codes are not of that shape, there is no room, or an item's answer is a quantity.</exception>
    public void LoadRows(ReadOnlySpan<byte> codes, int count)
    {
        DemandCodes(codes.Length, count);
        Begin(count);
        var items = _columns.Given.Length;
        for (var item = 0; item < items; item++)
        {
            var column = Codes(item);
            for (var person = 0; person < count; person++)
            {
                column[person] = codes[(person * items) + item];
            }
        }
    }

    /// <summary>One answer.</summary>
    public Answer Get(int person, int item) => HasCodes(item)
        ? FromCode(Codes(item)[person])
        : Answer.FromStored(Quantities(item)[person]);

    /// <summary>Sets what is known of a person.</summary>
    public void SetPerson(int person, Respondent respondent)
    {
        _ages[person] = respondent.Age is >= 0 and < byte.MaxValue ? (byte)respondent.Age : byte.MaxValue;
        _sexes[person] = (byte)(respondent.Sex ?? 0);
        _secondsPerItem[person] = respondent.SecondsPerItem is >= 0 and var seconds ? seconds : double.NaN;
    }

    /// <summary>What is known of a person.</summary>
    public Respondent GetPerson(int person) => new()
    {
        Age = _ages[person] == byte.MaxValue ? null : _ages[person],
        Sex = _sexes[person] == 0 ? null : (Sex)_sexes[person],
        SecondsPerItem = double.IsNaN(_secondsPerItem[person]) ? null : _secondsPerItem[person],
    };

    /// <summary>Empties the block: nobody in it, every answer not-asked, nothing known of anybody.</summary>
    public void Clear()
    {
        Count = 0;
        _codes.AsSpan().Fill((byte)MissingReason.NotAsked);
        _quantities.AsSpan().Fill(Answer.NotAsked.Stored);
        _ages.AsSpan().Fill(byte.MaxValue);
        _sexes.AsSpan().Clear();
        _secondsPerItem.AsSpan().Fill(double.NaN);
    }

    /// <summary>Ages in years by person; 255 = unknown.</summary>
    internal ReadOnlySpan<byte> Ages => _ages.AsSpan(0, Count);

    /// <summary>Seconds per item of one person; NaN = unknown.</summary>
    internal double SecondsPerItem(int person) => _secondsPerItem[person];

    /// <summary>First code of the first column.</summary>
    internal ref byte First => ref MemoryMarshal.GetArrayDataReference(_codes);

    /// <summary>Codes that scores use for one option item: those given, or what skip logic and the meaning of blanks made of them.</summary>
    internal Span<byte> UsedCodes(int item) => _codes.AsSpan(_columns.Used[item] * Capacity, Capacity);

    /// <summary>Whether scores may use other codes for an item than those given.</summary>
    internal bool MayReplace(int item) => _columns.Used[item] != _columns.Given[item];

    /// <summary>The answer that scores use.</summary>
    internal Answer Used(int person, int item) => MayReplace(item) ? FromCode(UsedCodes(item)[person]) : Get(person, item);

    /// <summary>Where the answers of each item stand.</summary>
    internal static AnswerColumns ColumnsOf(Instrument instrument)
    {
        var given = new int[instrument.Items.Count];
        var (codes, quantities) = (0, 0);
        for (var item = 0; item < given.Length; item++)
        {
            // Quantity columns are numbered -1, -2, ... so that one array says which store an item is in.
            given[item] = instrument.ResponsesOf(item) is OptionSet ? codes++ : -1 - quantities++;
        }

        // Items with skip logic, or whose blanks mean something, have a further column for the code that scores use.
        int[] used = [.. given.Select((column, item) => column >= 0 && instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null } ? codes++ : column)];
        return new AnswerColumns(given, used, codes, quantities);
    }

    private void DemandCodes(int codes, int people)
    {
        if (_columns.Quantities > 0)
        {
            throw new ArgumentException($"Instrument '{Instrument.Id}' has items whose answers are quantities: set its answers one by one.");
        }

        if (codes != (long)_columns.Given.Length * people)
        {
            throw new ArgumentException($"{people} people and the {_columns.Given.Length} items of '{Instrument.Id}' make {(long)_columns.Given.Length * people} codes; {codes} were given.");
        }
    }

    private void Begin(int count)
    {
        Count = count;
        _ages.AsSpan(0, count).Fill(byte.MaxValue);
        _sexes.AsSpan(0, count).Clear();
        _secondsPerItem.AsSpan(0, count).Fill(double.NaN);
    }

    internal static Answer FromCode(byte code) => Answer.FromStored(code > Answer.MaxCode ? (ushort)(0xFF00 | code) : code);
}

/// <summary>Columns of the items of an instrument in a block of answers.</summary>
/// <param name="Given">Column of the codes of each item as given; negative for quantities.</param>
/// <param name="Used">Column of the codes that scores use.</param>
/// <param name="Codes">Number of columns of codes.</param>
/// <param name="Quantities">Number of columns of quantities.</param>
internal sealed record AnswerColumns(int[] Given, int[] Used, int Codes, int Quantities);
