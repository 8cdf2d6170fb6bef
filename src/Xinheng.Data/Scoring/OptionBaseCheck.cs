using System.Globalization;

namespace Xinheng.Data;

/// <summary>Notices answers that are shifted by one throughout: option numbers where stored codes are expected, or the reverse.</summary>
/// <remarks>Scored as they stand, such a file would give every student a wrong score and hardly an error.</remarks>
internal sealed class OptionBaseCheck
{
    private const int FewestAnswers = 50;

    private readonly Instrument _instrument;
    private readonly bool[] _counts;
    private readonly int? _offset;
    private readonly OptionSet? _options;

    // Numbers that the cells should run from and to, and what these two are stored as.
    private readonly int _min;
    private readonly int _max;
    private readonly int _storedMin;
    private readonly int _storedMax;
    private long _lowest;
    private long _highest;
    private long _below;
    private long _above;
    private long _answers;

    public OptionBaseCheck(Instrument instrument, SurveyMapping mapping, int[] columns)
    {
        _instrument = instrument;
        _counts = new bool[instrument.Items.Count];
        var format = mapping.Answers.GetValueOrDefault(instrument.Id);
        _offset = format?.Offset;
        if (format is not null && CellParser.NamesNumbers(format))
        {
            // The mapping says number by number what the cells mean: there is nothing to guess.
            return;
        }

        var main = instrument.Items.Where((_, i) => columns[i] >= 0).GroupBy(i => i.Responses).MaxBy(g => g.Count())?.Key;
        if (main is not null && instrument.Definition.Responses[main] is OptionSet set)
        {
            _options = set;
            (_min, _max) = _offset is { } first ? (first, first + set.Options.Count - 1) : (set.Options.Min(o => o.Code), set.Options.Max(o => o.Code));
            (_storedMin, _storedMax) = _offset is null ? (_min, _max) : (set.Options[0].Code, set.Options[^1].Code);
            _counts = [.. instrument.Items.Select((item, i) => item.Responses == main && columns[i] >= 0)];
        }
    }

    public void Count(int item, Answer answer, ReadOnlySpan<char> cell)
    {
        if (!_counts[item])
        {
            return;
        }

        if (!answer.IsMissing)
        {
            _answers++;
            _lowest += answer.Stored == _storedMin ? 1 : 0;
            _highest += answer.Stored == _storedMax ? 1 : 0;
        }
        else if (answer.Reason == MissingReason.OutOfRange
            && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _answers++;
            _below += number == _min - 1 ? 1 : 0;
            _above += number == _max + 1 ? 1 : 0;
        }
    }

    /// <summary>Whether the answers to an item are looked at, and which stored codes are counted apart.</summary>
    public bool Counts(int item, out byte lowest, out byte highest)
    {
        (lowest, highest) = (unchecked((byte)_storedMin), unchecked((byte)_storedMax));
        return _counts[item];
    }

    /// <summary>Counts answers of which so many have the lowest and the highest code.</summary>
    public void Count(int answers, int lowest, int highest)
    {
        _answers += answers;
        _lowest += lowest;
        _highest += highest;
    }

    /// <summary>Adds what another part of the same file counted.</summary>
    public void Merge(OptionBaseCheck other)
    {
        _lowest += other._lowest;
        _highest += other._highest;
        _below += other._below;
        _above += other._above;
        _answers += other._answers;
    }

    public Problem? Problem(string file)
    {
        // By share: a slip of the pen or a row from another source must not make a shifted file pass.
        var shiftedUp = _above > 0 && _above >= _lowest && _above > _below && _lowest * 100 < _answers;
        var shiftedDown = _below * 100 >= _answers && _below >= _highest && _below > _above && _highest * 100 < _answers;
        if (_answers < FewestAnswers || _options is null || !(shiftedUp || shiftedDown))
        {
            return null;
        }

        var (from, to) = shiftedUp ? (_min + 1, _max + 1) : (_min - 1, _max - 1);
        return new Problem
        {
            Code = "option-base",
            File = file,
            Found = string.Create(CultureInfo.InvariantCulture, $"Nearly all answers to {_instrument.Id} run from {from} to {to}"),
            Expected = string.Create(CultureInfo.InvariantCulture, $"{(_offset is null ? "Stored codes" : "Option numbers")} from {_min} to {_max}"),
            Action = Advice(_options, from, shiftedUp),
        };
    }

    /// <summary>What cannot be proven wrong but is strange: hardly anybody gave the lowest answer.</summary>
    public string? Notice()
    {
        if (_lowest * 50 >= _answers || _below * 50 >= _answers || (_answers < FewestAnswers && _above == 0))
        {
            return null;
        }

        var number = string.Create(CultureInfo.InvariantCulture, $"{_instrument.Id} the lowest {(_offset is null ? "code" : "number")} {_min}: check whether the answers are numbered from {_min + 1}");
        return _lowest == 0 ? "nobody gave " + number : "fewer than 2 % of the answers give " + number;
    }

    private string Advice(OptionSet set, int from, bool shiftedUp)
    {
        int[] codes = [.. set.Options.Select(o => o.Code)];
        int[] ascending = [.. codes.Order()];
        if (!codes.SequenceEqual(ascending))
        {
            // An offset counts in the printed order, which here is not that of the codes: it could turn the scale round.
            var instead = _offset is null ? "" : ", and leave 'offset' out";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"See on the form what {from} stands for, and say so in a mapping{instead}. If {from} is the option with the lowest code: \"answers\": {{ \"{_instrument.Id}\": {{ {Labels(from, ascending)} }} }}. If {from} is the first option in print: \"answers\": {{ \"{_instrument.Id}\": {{ {Labels(from, codes)} }} }}");
        }

        return _offset is not null
            ? string.Create(CultureInfo.InvariantCulture, $"Correct 'offset' of {_instrument.Id} in the mapping: the number of the first option; leave it out where the cells hold stored codes")
            : shiftedUp
            ? string.Create(CultureInfo.InvariantCulture, $"If these are option numbers, say so in a mapping: \"answers\": {{ \"{_instrument.Id}\": {{ \"offset\": {from} }} }}")
            : string.Create(CultureInfo.InvariantCulture, $"If the first option is coded {from}, say so in a mapping: \"answers\": {{ \"{_instrument.Id}\": {{ \"offset\": {from} }} }}");
    }

    private static string Labels(int from, int[] codes) =>
        "\"labels\": { " + string.Join(", ", codes.Select((code, i) => string.Create(CultureInfo.InvariantCulture, $"\"{from + i}\": {code}"))) + " }";
}
