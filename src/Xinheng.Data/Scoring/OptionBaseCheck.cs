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
        _offset = mapping.Answers.GetValueOrDefault(instrument.Id)?.Offset;
        var main = instrument.Items.Where((_, i) => columns[i] >= 0).GroupBy(i => i.Responses).MaxBy(g => g.Count())?.Key;
        if (main is not null && instrument.Definition.Responses[main] is OptionSet set)
        {
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

    public Problem? Problem(string file)
    {
        var shiftedUp = _above > 0 && _lowest == 0 && _below == 0;
        var shiftedDown = _below > 0 && _highest == 0 && _above == 0 && _below * 20 >= _answers;
        if (_answers < FewestAnswers || !(shiftedUp || shiftedDown))
        {
            return null;
        }

        var (from, to) = shiftedUp ? (_min + 1, _max + 1) : (_min - 1, _max - 1);
        return new Problem
        {
            Code = "option-base",
            File = file,
            Found = string.Create(CultureInfo.InvariantCulture, $"The answers to {_instrument.Id} run from {from} to {to} throughout"),
            Expected = string.Create(CultureInfo.InvariantCulture, $"{(_offset is null ? "Stored codes" : "Option numbers")} from {_min} to {_max}"),
            Action = _offset is not null
                ? string.Create(CultureInfo.InvariantCulture, $"Correct 'offset' of {_instrument.Id} in the mapping: the number of the first option; leave it out where the cells hold stored codes")
                : shiftedUp
                ? string.Create(CultureInfo.InvariantCulture, $"If these are option numbers, say so in a mapping: \"answers\": {{ \"{_instrument.Id}\": {{ \"offset\": {from} }} }}")
                : string.Create(CultureInfo.InvariantCulture, $"If the first option is coded {from}, say so in a mapping: \"answers\": {{ \"{_instrument.Id}\": {{ \"offset\": {from} }} }}"),
        };
    }

    /// <summary>What cannot be proven wrong but is strange: nobody gave the lowest answer.</summary>
    public string? Notice() => _lowest == 0 && _below == 0 && (_answers >= FewestAnswers || _above > 0)
        ? string.Create(CultureInfo.InvariantCulture, $"nobody gave {_instrument.Id} the lowest {(_offset is null ? "code" : "number")} {_min}: check whether the answers are numbered from {_min + 1}")
        : null;
}
