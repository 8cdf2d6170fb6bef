using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Xinheng.Scoring;

/// <summary>Sums of keyed values and numbers of answered items, for many people side by side.</summary>
/// <remarks>
/// One subtraction keys an answer, in either direction, and one comparison tells an answer from a missing one:
/// <code>
/// forward   x = code − first             reversed   x = last − code = (code XOR 255) − (255 − last)
/// answered  x ≤ span   (unsigned: codes below the first, and reasons for missing, wrap round to large values)
/// </code>
/// Sums are bytes for as many items as cannot run over, then 16 bits.
/// </remarks>
internal sealed class ItemSums
{
    private readonly Key[] _keys;
    private readonly int[] _ends;
    private readonly bool _stepped;

    private ItemSums(Key[] keys)
    {
        _keys = keys;
        _stepped = keys.Any(k => k.From > 0 || k.Added > 0 || k.Counts);
        var ends = new List<int>();
        var (sum, items) = (0, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            var most = keys[i].Counts ? 1 : keys[i].Span + keys[i].Added;
            if (sum + most > byte.MaxValue || items == byte.MaxValue)
            {
                ends.Add(i);
                (sum, items) = (0, 0);
            }

            sum += most;
            items++;
        }

        ends.Add(keys.Length);
        _ends = [.. ends];
    }

    /// <summary>The kernel of a score, or <see langword="null"/> where an item's values do not rise or fall by one from code to code.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="items">The items.</param>
    /// <param name="isReversed">Whether an item is keyed the other way round.</param>
    /// <param name="atLeast">Keyed values from which on an item adds anything; <see langword="null"/> = all.</param>
    /// <param name="counts">Whether an item adds one, and not its value.</param>
    /// <param name="bias">Keyed value that adds nothing.</param>
    public static ItemSums? Create(Instrument instrument, IReadOnlyList<int> items, Func<int, bool> isReversed, int? atLeast, bool counts, int bias)
    {
        var columns = AnswerBlock.ColumnsOf(instrument);
        var keys = new Key[items.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var set = (OptionSet)instrument.ResponsesOf(items[i]);
            var options = set.Options.OrderBy(o => o.Code).ToArray();
            var span = options.Length - 1;
            if (Slope(options) is not { } rises || span > byte.MaxValue - 5)
            {
                return null;
            }

            // Values that fall from code to code, reversed, rise; those that rise, reversed, fall.
            var falls = rises == isReversed(items[i]);
            var from = atLeast is { } least ? Math.Clamp(least - set.MinScore, 0, span + 1) : 0;
            var added = counts ? 0 : set.MinScore - bias;
            if (added is < 0 or > byte.MaxValue || span + added > byte.MaxValue)
            {
                return null;
            }

            keys[i] = new Key(
                columns.Used[items[i]],
                falls ? byte.MaxValue : (byte)0,
                (byte)(falls ? byte.MaxValue - options[^1].Code : options[0].Code),
                (byte)span,
                (byte)from,
                (byte)added,
                counts);
        }

        return new ItemSums(keys);
    }

    /// <summary>Adds up everybody of a block.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="sums">Takes the sums.</param>
    /// <param name="missing">Takes the numbers of missing answers.</param>
    /// <param name="width">How many people at once.</param>
    public void Run(AnswerBlock answers, Span<ushort> sums, Span<ushort> missing, LaneWidth width)
    {
        var at = width >= LaneWidth.Bits512 ? Run<Lanes512>(answers, sums, missing, 0) : 0;
        at = width >= LaneWidth.Bits256 ? Run<Lanes256>(answers, sums, missing, at) : at;
        at = width >= LaneWidth.Bits128 ? Run<Lanes128>(answers, sums, missing, at) : at;
        Run<Lane1>(answers, sums, missing, at);
    }

    private static bool? Slope(ResponseOption[] options)
    {
        var (rises, falls) = (true, true);
        for (var i = 1; i < options.Length; i++)
        {
            rises &= options[i].Code == options[i - 1].Code + 1 && options[i].Value == options[i - 1].Value + 1;
            falls &= options[i].Code == options[i - 1].Code + 1 && options[i].Value == options[i - 1].Value - 1;
        }

        return rises ? true : falls ? false : null;
    }

    private int Run<TLanes>(AnswerBlock answers, Span<ushort> sums, Span<ushort> missing, int at)
        where TLanes : struct, ILanes<TLanes>
    {
        ref var codes = ref answers.First;
        ref var sumOf = ref MemoryMarshal.GetReference(sums);
        ref var missingOf = ref MemoryMarshal.GetReference(missing);
        var stride = answers.Capacity;
        for (; at + TLanes.Width <= sums.Length; at += TLanes.Width)
        {
            sums.Slice(at, TLanes.Width).Clear();
            missing.Slice(at, TLanes.Width).Clear();
            var i = 0;
            foreach (var end in _ends)
            {
                var sum = TLanes.Of(0);
                var open = TLanes.Of((byte)(end - i));
                if (_stepped)
                {
                    for (; i < end; i++)
                    {
                        ref readonly var key = ref _keys[i];
                        var x = (TLanes.Load(ref codes, (key.Column * stride) + at) ^ TLanes.Of(key.Flip)) - TLanes.Of(key.Offset);
                        var answered = TLanes.AtMost(x, TLanes.Of(key.Span));
                        var adds = answered & TLanes.AtMost(TLanes.Of(key.From), x);
                        sum += key.Counts ? adds & TLanes.Of(1) : adds & (x + TLanes.Of(key.Added));
                        open += answered;
                    }
                }
                else
                {
                    for (; i < end; i++)
                    {
                        ref readonly var key = ref _keys[i];
                        var x = (TLanes.Load(ref codes, (key.Column * stride) + at) ^ TLanes.Of(key.Flip)) - TLanes.Of(key.Offset);
                        var answered = TLanes.AtMost(x, TLanes.Of(key.Span));
                        sum += x & answered;
                        open += answered; // 255 is −1
                    }
                }

                sum.AddTo(ref sumOf, at);
                open.AddTo(ref missingOf, at);
            }
        }

        return at;
    }

    private readonly record struct Key(int Column, byte Flip, byte Offset, byte Span, byte From, byte Added, bool Counts);
}
