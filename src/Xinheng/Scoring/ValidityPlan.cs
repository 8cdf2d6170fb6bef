namespace Xinheng.Scoring;

/// <summary>Indices of careless or incomplete answering, and the verdict on them.</summary>
internal sealed class ValidityPlan
{
    private readonly ValidityRules _rules;
    private readonly int[] _items;
    private readonly bool[] _newRun;
    private readonly int[] _scored;
    private readonly bool _judgesRuns;
    private readonly bool[][] _codes;
    private readonly ResponseSet[] _responses;
    private readonly (int Score, Rational? Caution, Rational? Invalid)[] _scales;

    public ValidityPlan(Instrument instrument, ValidityRules rules)
    {
        _rules = rules;
        var all = Enumerable.Range(0, instrument.Items.Count);
        _scored = [.. all.Where(i => !instrument.Items[i].Unscored)];
        _items = [.. _scored.Where(i => instrument.ResponsesOf(i) is OptionSet)];
        _newRun = [.. _items.Select((item, i) => i == 0 || instrument.Items[item].Responses != instrument.Items[_items[i - 1]].Responses)];
        _judgesRuns = _items.Select(i => instrument.Items[i].Reverse).Distinct().Count() == 2;
        _responses = [.. all.Select(instrument.ResponsesOf)];
        _codes = [.. _responses.Select(CodesOf)];
        _scales = [.. instrument.Definition.ValidityScales.Select(s => (instrument.IndexOfScore(s.Score), s.Caution, s.Invalid))];
    }

    public void Run(AnswerBlock answers, ScoreBlock results)
    {
        Count(answers, results);
        for (var person = 0; person < results.Count; person++)
        {
            int asked = results.Asked[person];
            var (run, deviation) = Pattern(answers, person);
            results.RunColumn[person] = (ushort)run;
            results.VariabilityColumn[person] = deviation;
            (results.ValidityColumn[person], results.ReasonColumn[person]) = asked == 0
                ? (ResponseValidity.NotAsked, ValidityReasons.None)
                : Judge(answers.GetPerson(person).SecondsPerItem, asked, results.Answered[person], run, results, person);
        }
    }

    private static bool[] CodesOf(ResponseSet responses)
    {
        var codes = new bool[256];
        foreach (var option in (responses as OptionSet)?.Options ?? [])
        {
            codes[option.Code] = true;
        }

        return codes;
    }

    private bool CanHave(int item, ushort quantity) =>
        _responses[item] is NumberRange range ? range.Includes(Answer.FromStored(quantity)) : quantity < 24 * 60;

    /// <summary>Counts missing answers of scored items by reason, and from them who was asked and who answered.</summary>
    private void Count(AnswerBlock answers, ScoreBlock results)
    {
        var missing = results.MissingCounts;
        foreach (var reason in missing)
        {
            reason.AsSpan(0, results.Count).Clear();
        }

        foreach (var item in _scored)
        {
            if (!answers.HasCodes(item))
            {
                var quantities = answers.Quantities(item);
                for (var person = 0; person < results.Count; person++)
                {
                    if (!CanHave(item, quantities[person]))
                    {
                        var reason = Answer.FromStored(quantities[person]).Reason ?? MissingReason.OutOfRange;
                        missing[reason - MissingReason.NotAsked][person]++;
                    }
                }

                continue;
            }

            var codes = results.Effective.TryGetValue(item, out var effective) ? effective : answers.Codes(item);
            var known = _codes[item];
            for (var person = 0; person < results.Count; person++)
            {
                var code = codes[person];
                if (!known[code])
                {
                    var reason = code >= (byte)MissingReason.NotAsked ? code : (byte)MissingReason.OutOfRange;
                    missing[reason - (byte)MissingReason.NotAsked][person]++;
                }
            }
        }

        for (var person = 0; person < results.Count; person++)
        {
            var asked = _scored.Length - missing[0][person];
            results.AskedColumn[person] = (ushort)asked;
            results.AnsweredColumn[person] = (ushort)(asked - missing[1][person] - missing[2][person] - missing[3][person] - missing[4][person]);
        }
    }

    /// <summary>Longest run and standard deviation of the stored codes, before reversal.</summary>
    private (int Run, double Deviation) Pattern(AnswerBlock answers, int person)
    {
        var (longest, run, previous) = (0, 0, -1);
        long n = 0, sum = 0, squares = 0;
        for (var i = 0; i < _items.Length; i++)
        {
            int code = answers.Codes(_items[i])[person];
            if (!_codes[_items[i]][code])
            {
                (run, previous) = (0, -1);
                continue;
            }

            run = code == previous && !_newRun[i] ? run + 1 : 1;
            longest = Math.Max(longest, run);
            previous = code;
            n++;
            sum += code;
            squares += code * code;
        }

        // n·Σx² − (Σx)² is a whole number, so the deviation does not depend on the order of addition.
        return (longest, n < 2 ? double.NaN : Math.Sqrt(((n * squares) - (sum * sum)) / (double)(n * (n - 1))));
    }

    private (ResponseValidity Verdict, ValidityReasons Reasons) Judge(
        double? secondsPerItem, int asked, int answered, int run, ScoreBlock results, int person)
    {
        var verdict = ResponseValidity.Valid;
        var reasons = ValidityReasons.None;

        void Apply(ValidityReasons reason, bool caution, bool invalid)
        {
            if (caution || invalid)
            {
                reasons |= reason;
                verdict = invalid || verdict == ResponseValidity.Invalid ? ResponseValidity.Invalid : ResponseValidity.Caution;
            }
        }

        var missing = new Rational(asked - answered, asked);
        Apply(ValidityReasons.MissingAnswers, missing > _rules.MissingShare.Caution, missing > _rules.MissingShare.Invalid);
        if (secondsPerItem is { } seconds)
        {
            Apply(ValidityReasons.TooFast, seconds < _rules.SecondsPerItem.Caution.ToDouble(), seconds < _rules.SecondsPerItem.Invalid.ToDouble());
        }

        if (_judgesRuns)
        {
            var share = new Rational(run, _items.Length);
            Apply(ValidityReasons.LongestRun, share > _rules.LongestRunShare.Caution, share >= _rules.LongestRunShare.Invalid);
        }

        foreach (var (score, caution, invalid) in _scales)
        {
            // The lowest possible value decides: blanks neither raise nor hide a validity scale.
            var value = results.Lowest[score][person];
            Apply(ValidityReasons.ValidityScale, value >= caution, value >= invalid);
        }

        return (verdict, reasons);
    }
}
