namespace Xinheng.Scoring;

/// <summary>Skip logic and the meaning of blanks: writes the codes that scores use for one item.</summary>
internal sealed class SkipPlan
{
    private readonly int _item;
    private readonly ConditionTest? _asked;
    private readonly byte _otherwise;
    private readonly byte? _whenBlank;

    private SkipPlan(Instrument instrument, int item)
    {
        _item = item;
        var definition = instrument.Items[item];
        _whenBlank = (byte?)definition.WhenBlank;
        if (definition.AskedWhen is { } asked)
        {
            _asked = Conditions.Compile(instrument, asked.When);
            _otherwise = (byte)asked.Otherwise;
        }
    }

    /// <summary>Plans in the order of the items: an item's plan finds those before it done.</summary>
    public static SkipPlan[] Compile(Instrument instrument) =>
    [
        .. from item in Enumerable.Range(0, instrument.Items.Count)
           where instrument.Items[item] is { AskedWhen: not null } or { WhenBlank: not null }
           select new SkipPlan(instrument, item),
    ];

    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        var codes = answers.Codes(_item);
        var effective = answers.UsedCodes(_item);
        for (var person = 0; person < results.Count; person++)
        {
            // What was written down stays, even if it cannot be read; a refusal is an answer to having been asked.
            var code = codes[person];
            effective[person] = code is (byte)MissingReason.Skipped or (byte)MissingReason.NotAsked ? MeaningOf(code, answers, results, person) : code;
        }
    }

    private byte MeaningOf(byte blank, AnswerBlock answers, ScoreBlock results, int person)
    {
        var facts = new Facts(answers, results, person);
        var asked = _asked is null ? Truth.True : _asked(ref facts, bounds: false);
        if (asked == Truth.False)
        {
            return _otherwise;
        }

        if (asked == Truth.True && blank == (byte)MissingReason.Skipped && _whenBlank is { } meaning)
        {
            return meaning;
        }

        // An item that is absent although one that decides about it was asked is unknown: "not asked" would read as "no danger".
        return _asked is null || facts.Reason == ScoreStatus.NotAsked ? blank : (byte)MissingReason.Skipped;
    }
}
