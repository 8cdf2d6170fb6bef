using System.Collections.Frozen;
using System.Globalization;

namespace Xinheng.Data;

/// <summary>Reads the cells of one item, in the format the mapping declares for its instrument.</summary>
internal sealed class CellParser
{
    private const byte NotSingle = 0;

    private readonly ResponseSet _responses;
    private readonly AnswerFormat _format;
    private readonly FrozenDictionary<string, Answer>.AlternateLookup<ReadOnlySpan<char>> _texts;
    private readonly FrozenDictionary<int, Answer>? _numbers;

    // One ASCII character, nearly every cell of a survey: what it means plus one, or NotSingle.
    private readonly ushort[] _single = new ushort[128];

    public CellParser(ResponseSet responses, AnswerFormat format, IReadOnlyDictionary<string, MissingReason> missing)
    {
        _responses = responses;
        _format = format;
        var texts = new Dictionary<string, Answer>(StringComparer.Ordinal);
        if (responses is OptionSet set)
        {
            _numbers = Enumerable.Range(0, set.Options.Count).ToFrozenDictionary(
                i => format.Offset is { } offset ? i + offset : set.Options[i].Code,
                i => Answer.FromInt32(set.Options[i].Code));
            for (var i = 0; format.Letters && i < Math.Min(26, set.Options.Count); i++)
            {
                texts[((char)('A' + i)).ToString()] = set.Options[i].Code;
                texts[((char)('a' + i)).ToString()] = set.Options[i].Code;
            }

            foreach (var (label, code) in format.Labels)
            {
                // A label of another response set of the same instrument is not one of this item's.
                if (set.Options.Any(o => o.Code == code))
                {
                    texts[label] = code;
                    if (IsNumber(label))
                    {
                        // Where the mapping says what numbers mean, it says so for all of them.
                        _numbers = FrozenDictionary<int, Answer>.Empty;
                    }
                }
            }
        }

        foreach (var (text, reason) in missing)
        {
            texts[text] = new Answer(reason);
        }

        if (format.NormalizeWidth)
        {
            AddNarrowed(texts);
        }

        _texts = texts.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var c = 0; c < _single.Length; c++)
        {
            var answer = ParseText([(char)c]);
            _single[c] = answer.Stored < ushort.MaxValue - 1 && !answer.IsMissing ? (ushort)(answer.Stored + 1) : NotSingle;
        }
    }

    /// <summary>Whether a format says number by number what the cells mean.</summary>
    public static bool NamesNumbers(AnswerFormat format) => format.Labels.Keys.Any(IsNumber);

    private static bool IsNumber(string label) => label.Length > 0 && !label.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Reads one cell; <paramref name="normalized"/> says whether full-width characters had to be read as ASCII.</summary>
    public Answer Parse(ReadOnlySpan<char> cell, CellKind kind, out bool normalized)
    {
        normalized = false;
        if (cell.Length == 1 && cell[0] < _single.Length && kind <= CellKind.Number && _single[cell[0]] is not NotSingle and var known)
        {
            return Answer.FromStored((ushort)(known - 1));
        }

        switch (kind)
        {
            case CellKind.Empty:
                return Answer.Skipped;
            case CellKind.Formula or CellKind.Error or CellKind.Boolean:
                return Answer.Unreadable;
            case CellKind.Date:
                return _responses is ClockTime && cell.LastIndexOf('T') is var t && cell[(t + 1)..] is { Length: >= 5 } time
                    ? Answer.Parse(time[..5], _responses)
                    : Answer.Unreadable;
        }

        if (_format.NormalizeWidth && cell.Length <= 64 && cell.ContainsAnyInRange('\uFF01', '\uFF5E'))
        {
            if (_texts.TryGetValue(cell, out var declared))
            {
                return declared;
            }

            Span<char> narrow = stackalloc char[cell.Length];
            Narrow(cell, narrow);
            normalized = true;
            return ParseText(narrow);
        }

        return ParseText(cell);
    }

    /// <summary>Adds the texts in their narrow form, unless that form is a declared text itself or means different things.</summary>
    private static void AddNarrowed(Dictionary<string, Answer> texts)
    {
        var narrowed = texts.GroupBy(t => string.Create(t.Key.Length, t.Key, (narrow, text) => Narrow(text, narrow)), StringComparer.Ordinal).ToList();
        foreach (var same in narrowed)
        {
            if (!texts.ContainsKey(same.Key))
            {
                texts[same.Key] = same.Select(t => t.Value.Stored).Distinct().Count() == 1 ? same.First().Value : Answer.Unreadable;
            }
        }
    }

    private static void Narrow(ReadOnlySpan<char> text, Span<char> narrow)
    {
        for (var i = 0; i < text.Length; i++)
        {
            narrow[i] = text[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(text[i] - 0xFEE0) : text[i];
        }
    }

    private Answer ParseText(ReadOnlySpan<char> text)
    {
        if (_texts.TryGetValue(text, out var answer))
        {
            return answer;
        }

        if (_numbers is null || text.IsEmpty)
        {
            return Answer.Parse(text, _responses);
        }

        return text.Length > 9 || text.ContainsAnyExceptInRange('0', '9') ? Answer.Unreadable
            : _numbers.TryGetValue(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), out answer) ? answer
            : Answer.OutOfRange;
    }

    /// <summary>What an item's cells should hold, in words.</summary>
    public string Expected => _responses switch
    {
        OptionSet set when _format.Offset is { } offset => $"an option number from {offset} to {offset + set.Options.Count - 1}{Also}",
        OptionSet set => $"one of the codes {string.Join(" ", set.Options.Select(o => o.Code.ToString(CultureInfo.InvariantCulture)))}{Also}",
        NumberRange range => $"a number of {range.Unit} from {range.Min} to {range.Max}",
        _ => "a time such as 23:30",
    };

    private string Also => (_format.Letters, _format.Labels.Count > 0) switch
    {
        (true, true) => ", its letter, or its text",
        (true, false) => " or its letter",
        (false, true) => " or its text",
        _ => "",
    };
}
