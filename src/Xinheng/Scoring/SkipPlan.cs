namespace Xinheng.Scoring;

/// <summary>Skip logic and the meaning of blanks: writes the codes that scores use for one item.</summary>
internal sealed class SkipPlan
{
    private readonly int _item;
    private readonly int _gate = -1;
    private readonly bool[] _asks = new bool[256];
    private readonly byte _otherwise;
    private readonly byte? _whenBlank;
    private readonly bool _gateHasPlan;

    private SkipPlan(Instrument instrument, int item)
    {
        _item = item;
        var definition = instrument.Items[item];
        _whenBlank = (byte?)definition.WhenBlank;
        if (definition.AskedWhen is { } asked)
        {
            _gate = instrument.IndexOfItem(asked.Item);
            _otherwise = (byte)asked.Otherwise;
            _gateHasPlan = instrument.Items[_gate] is { AskedWhen: not null } or { WhenBlank: not null };

            // Asked, or not known whether asked: only an earlier answer that skips the item replaces a blank.
            Array.Fill(_asks, true);
            foreach (var option in ((OptionSet)instrument.ResponsesOf(_gate)).Options)
            {
                _asks[option.Code] = asked.Codes.Contains(option.Code);
            }
        }
    }

    public static SkipPlan[] Compile(Instrument instrument) =>
    [
        .. from item in Enumerable.Range(0, instrument.Items.Count)
           where instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null }
           select new SkipPlan(instrument, item),
    ];

    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        var codes = answers.Codes(_item);
        var effective = results.Effective[_item];
        var gate = _gate < 0 ? default : _gateHasPlan ? results.Effective[_gate] : answers.Codes(_gate);
        for (var person = 0; person < results.Count; person++)
        {
            var code = codes[person];

            // What was written down stays, even if it cannot be read; a refusal is an answer to having been asked. An item
            // that is absent although the question before it was asked is unknown: "not asked" would read as "no danger".
            var blank = code is (byte)MissingReason.Skipped or (byte)MissingReason.NotAsked;
            effective[person] = !blank ? code
                : _gate >= 0 && !_asks[gate[person]] ? _otherwise
                : code == (byte)MissingReason.Skipped && _whenBlank is { } meaning ? meaning
                : _gate >= 0 && gate[person] != (byte)MissingReason.NotAsked ? (byte)MissingReason.Skipped
                : code;
        }
    }
}
