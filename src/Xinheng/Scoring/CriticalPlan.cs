namespace Xinheng.Scoring;

/// <summary>One critical item made ready: a state for each stored code.</summary>
internal sealed class CriticalPlan
{
    private readonly int _index;
    private readonly int _item;
    private readonly CriticalState[] _states = new CriticalState[256];

    private CriticalPlan(Instrument instrument, int index)
    {
        var critical = instrument.Definition.CriticalItems[index];
        _index = index;
        _item = instrument.IndexOfItem(critical.Item);
        Array.Fill(_states, CriticalState.Unreadable);
        foreach (var option in ((OptionSet)instrument.ResponsesOf(_item)).Options)
        {
            _states[option.Code] = critical.Codes.Contains(option.Code) ? CriticalState.Yes : CriticalState.No;
        }

        _states[(int)MissingReason.NotAsked] = CriticalState.NotAsked;
        _states[(int)MissingReason.Skipped] = CriticalState.Unknown;
        _states[(int)MissingReason.Refused] = CriticalState.Unknown;
    }

    public static CriticalPlan[] Compile(Instrument instrument) =>
        [.. Enumerable.Range(0, instrument.Definition.CriticalItems.Count).Select(i => new CriticalPlan(instrument, i))];

    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        var states = results.CriticalColumn(_index);
        var codes = answers.UsedCodes(_item);
        for (var person = 0; person < results.Count; person++)
        {
            states[person] = _states[codes[person]];
        }
    }
}
