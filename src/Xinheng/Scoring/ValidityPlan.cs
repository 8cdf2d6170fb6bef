using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private readonly (int Score, EntryNumbers Verdict)[] _scales;
    private readonly (int Caution, int Invalid)[] _missingFrom;
    private readonly (int Caution, int Invalid) _runFrom;
    private readonly int[] _optionItems;
    private readonly Glance[]? _glances;

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
        
        // The lowest possible value decides: blanks neither raise nor hide a validity scale.
        _scales = [.. instrument.Definition.ValidityScales.Select(s => (instrument.IndexOfScore(s.Score), new EntryNumbers(
            (outcome, _, _) => (int)(outcome.Lowest >= s.Invalid ? ResponseValidity.Invalid : outcome.Lowest >= s.Caution ? ResponseValidity.Caution : ResponseValidity.Valid))))];
        _missingFrom = [.. Enumerable.Range(0, _scored.Length + 1).Select(asked => (MoreThan(rules.MissingShare.Caution, asked), MoreThan(rules.MissingShare.Invalid, asked)))];
        _runFrom = (MoreThan(rules.LongestRunShare.Caution, _items.Length), AtLeast(rules.LongestRunShare.Invalid, _items.Length));
        _optionItems = [.. all.Where(i => _responses[i] is OptionSet && !instrument.MayBeLeftOut(instrument.Items[i]))];
        _glances = Glances(instrument);
    }

    /// <summary>Before scoring: what kinds of answers people have, how many of each, and their pattern.</summary>
    public void Look(AnswerBlock answers, ScoreBlock results)
    {
        foreach (var reason in results.MissingCounts)
        {
            reason.AsSpan(0, results.Count).Clear();
        }

        var seen = _glances is null ? 0 : Look(answers, results, _glances);
        for (var person = seen; person < results.Count; person++)
        {
            results.AnswerKinds[person] = KindOf(answers, person);
            Pattern(answers, results, person);
            CountCodes(answers, results, person);
        }

        results.HasOddAnswers = results.AnswerKinds.AsSpan(0, results.Count).ContainsAnyExcept(AnswerKind.Plain);
        if (results.HasOddAnswers)
        {
            for (var person = 0; person < seen; person++)
            {
                if (results.AnswerKinds[person] != AnswerKind.Plain)
                {
                    results.AnswerKinds[person] = KindOf(answers, person);
                    CountCodes(answers, results, person);
                }
            }
        }

        CountQuantities(answers, results);
        var missing = results.MissingCounts;
        for (var person = 0; person < results.Count; person++)
        {
            var asked = _scored.Length - missing[0][person];
            results.AskedColumn[person] = (ushort)asked;
            results.AnsweredColumn[person] = (ushort)(asked - missing[1][person] - missing[2][person] - missing[3][person] - missing[4][person]);
        }
    }

    /// <summary>After scoring: the verdicts.</summary>
    public void Judge(AnswerBlock answers, ScoreBlock results)
    {
        for (var person = 0; person < results.Count; person++)
        {
            (results.ValidityColumn[person], results.ReasonColumn[person]) = results.AskedColumn[person] == 0
                ? (ResponseValidity.NotAsked, ValidityReasons.None)
                : JudgePerson(answers, results, person);
        }
    }

    /// <summary>The least number whose share of a whole is larger.</summary>
    private static int MoreThan(Rational share, int whole) => (int)(share * whole).Round(Rounding.Floor).Numerator + 1;

    /// <summary>The least number whose share of a whole is not smaller.</summary>
    private static int AtLeast(Rational share, int whole) => (share * whole) is var part && part.IsWhole ? (int)part.Numerator : MoreThan(share, whole);

    /// <summary>What there is to see of each item that has options; <see langword="null"/> where counts could run over, or codes have gaps.</summary>
    private Glance[]? Glances(Instrument instrument)
    {
        var columns = AnswerBlock.ColumnsOf(instrument);
        var glances = new Glance[_optionItems.Length];
        var highest = 0;
        for (var i = 0; i < glances.Length; i++)
        {
            var item = _optionItems[i];
            int[] codes = [.. ((OptionSet)_responses[item]).Options.Select(o => (int)o.Code).Order()];
            if (codes[^1] - codes[0] != codes.Length - 1)
            {
                return null;
            }

            highest = Math.Max(highest, codes[^1]);
            var at = _items.IndexOf(item);
            glances[i] = new Glance(columns.Given[item], columns.Used[item], (byte)codes[0], (byte)(codes.Length - 1), at >= 0, at >= 0 && _newRun[at]);
        }

        return glances.Length is > 0 and <= byte.MaxValue && glances.Length * highest * highest <= ushort.MaxValue ? glances : null;
    }

    private static int Look(AnswerBlock answers, ScoreBlock results, Glance[] glances)
    {
        var at = results.Width >= LaneWidth.Bits512 ? Look<Lanes512>(answers, results, glances, 0) : 0;
        at = results.Width >= LaneWidth.Bits256 ? Look<Lanes256>(answers, results, glances, at) : at;
        at = results.Width >= LaneWidth.Bits128 ? Look<Lanes128>(answers, results, glances, at) : at;
        return Look<Lane1>(answers, results, glances, at);
    }

    private static int Look<TLanes>(AnswerBlock answers, ScoreBlock results, Glance[] glances, int at)
        where TLanes : struct, ILanes<TLanes>
    {
        ref var codes = ref answers.First;
        ref var kinds = ref Unsafe.As<AnswerKind, byte>(ref MemoryMarshal.GetArrayDataReference(results.AnswerKinds));
        ref var skipped = ref MemoryMarshal.GetArrayDataReference(results.MissingCounts[MissingReason.Skipped - MissingReason.NotAsked]);
        ref var refused = ref MemoryMarshal.GetArrayDataReference(results.MissingCounts[MissingReason.Refused - MissingReason.NotAsked]);
        var stride = answers.Capacity;
        var (zero, one) = (TLanes.Of(0), TLanes.Of(1));
        var (skippedCode, refusedCode) = (TLanes.Of((byte)MissingReason.Skipped), TLanes.Of((byte)MissingReason.Refused));
        for (; at + TLanes.Width <= results.Count; at += TLanes.Width)
        {
            results.RunColumn.AsSpan(at, TLanes.Width).Clear();
            results.CodeCounts.AsSpan(at, TLanes.Width).Clear();
            results.Sums.AsSpan(at, TLanes.Width).Clear();
            results.Missing.AsSpan(at, TLanes.Width).Clear();
            var (plain, skips, refusals) = (TLanes.Of(byte.MaxValue), zero, zero);
            var (run, longest, previous, answered) = (zero, zero, TLanes.Of(byte.MaxValue), zero);
            var (sum, bound) = (zero, 0);
            for (var i = 0; i < glances.Length; i++)
            {
                ref readonly var glance = ref glances[i];
                var (first, span) = (TLanes.Of(glance.First), TLanes.Of(glance.Span));
                var used = TLanes.Load(ref codes, (glance.Used * stride) + at);
                var isCode = TLanes.AtMost(used - first, span);
                var isSkipped = TLanes.Same(used, skippedCode);
                var isRefused = TLanes.Same(used, refusedCode);
                plain &= isCode | isSkipped | isRefused;
                if (!glance.Scored)
                {
                    continue;
                }

                skips -= isSkipped;
                refusals -= isRefused;
                if (glance.Used != glance.Given)
                {
                    used = TLanes.Load(ref codes, (glance.Given * stride) + at);
                    isCode = TLanes.AtMost(used - first, span);
                }

                run = glance.NewRun ? one & isCode : ((run & TLanes.Same(used, previous)) + one) & isCode;
                longest = TLanes.Larger(longest, run);
                previous = used;
                answered -= isCode;
                var code = used & isCode;
                code.AddSquareTo(ref MemoryMarshal.GetArrayDataReference(results.Missing), at);
                if (bound + glance.First + glance.Span > byte.MaxValue)
                {
                    sum.AddTo(ref MemoryMarshal.GetArrayDataReference(results.Sums), at);
                    (sum, bound) = (zero, 0);
                }

                sum += code;
                bound += glance.First + glance.Span;
            }

            sum.AddTo(ref MemoryMarshal.GetArrayDataReference(results.Sums), at);
            longest.AddTo(ref MemoryMarshal.GetArrayDataReference(results.RunColumn), at);
            answered.AddTo(ref MemoryMarshal.GetArrayDataReference(results.CodeCounts), at);
            skips.AddTo(ref skipped, at);
            refusals.AddTo(ref refused, at);

            // Those who are not plain are odd until they are looked at one by one.
            (TLanes.Of((byte)AnswerKind.Odd) & (plain ^ TLanes.Of(byte.MaxValue))).Store(ref kinds, at);
            for (var person = at; person < at + TLanes.Width; person++)
            {
                results.CodeSums[person] = results.Sums[person];
                results.CodeSquares[person] = results.Missing[person];
            }
        }

        return at;
    }

    private AnswerKind KindOf(AnswerBlock answers, int person)
    {
        var (plain, nothing) = (true, _optionItems.Length > 0);
        foreach (var item in _optionItems)
        {
            var code = answers.UsedCodes(item)[person];
            plain &= _codes[item][code] || code is (byte)MissingReason.Skipped or (byte)MissingReason.Refused;
            nothing &= code == (byte)MissingReason.NotAsked;
        }

        return plain ? AnswerKind.Plain : nothing ? AnswerKind.NothingAsked : AnswerKind.Odd;
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

    /// <summary>Counts a person's missing answers to scored items with options, by reason.</summary>
    private void CountCodes(AnswerBlock answers, ScoreBlock results, int person)
    {
        foreach (var reason in results.MissingCounts)
        {
            reason[person] = 0;
        }

        foreach (var item in _items)
        {
            var code = answers.UsedCodes(item)[person];
            if (!_codes[item][code])
            {
                var reason = code >= (byte)MissingReason.NotAsked ? code : (byte)MissingReason.OutOfRange;
                results.MissingCounts[reason - (byte)MissingReason.NotAsked][person]++;
            }
        }
    }

    /// <summary>Counts missing quantities of everybody, by reason.</summary>
    private void CountQuantities(AnswerBlock answers, ScoreBlock results)
    {
        foreach (var item in _scored)
        {
            if (answers.HasCodes(item))
            {
                continue;
            }

            var quantities = answers.Quantities(item);
            for (var person = 0; person < results.Count; person++)
            {
                if (!CanHave(item, quantities[person]))
                {
                    var reason = Answer.FromStored(quantities[person]).Reason ?? MissingReason.OutOfRange;
                    results.MissingCounts[reason - MissingReason.NotAsked][person]++;
                }
            }
        }
    }

    /// <summary>Longest run of one person's stored codes, their number, sum and sum of squares, before reversal.</summary>
    private void Pattern(AnswerBlock answers, ScoreBlock results, int person)
    {
        var (longest, run, previous) = (0, 0, -1);
        var (n, sum, squares) = (0, 0, 0);
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

        results.RunColumn[person] = (ushort)longest;
        results.CodeCounts[person] = (ushort)n;
        results.CodeSums[person] = sum;
        results.CodeSquares[person] = squares;
    }

    private (ResponseValidity Verdict, ValidityReasons Reasons) JudgePerson(AnswerBlock answers, ScoreBlock results, int person)
    {
        int asked = results.AskedColumn[person];
        var missing = asked - results.AnsweredColumn[person];
        var verdict = ResponseValidity.Valid;
        var reasons = ValidityReasons.None;
        Apply(ValidityReasons.MissingAnswers, missing >= _missingFrom[asked].Caution, missing >= _missingFrom[asked].Invalid);
        if (answers.SecondsPerItem(person) is var seconds && !double.IsNaN(seconds))
        {
            Apply(ValidityReasons.TooFast, seconds < _rules.SecondsPerItem.Caution.ToDouble(), seconds < _rules.SecondsPerItem.Invalid.ToDouble());
        }

        if (_judgesRuns)
        {
            int run = results.RunColumn[person];
            Apply(ValidityReasons.LongestRun, run >= _runFrom.Caution, run >= _runFrom.Invalid);
        }

        foreach (var (score, scale) in _scales)
        {
            var found = (ResponseValidity)scale.Of(results.Column(score), person);
            Apply(ValidityReasons.ValidityScale, found == ResponseValidity.Caution, found == ResponseValidity.Invalid);
        }

        return (verdict, reasons);

        void Apply(ValidityReasons reason, bool caution, bool invalid)
        {
            if (caution || invalid)
            {
                reasons |= reason;
                verdict = invalid || verdict == ResponseValidity.Invalid ? ResponseValidity.Invalid : ResponseValidity.Caution;
            }
        }
    }

    /// <summary>What there is to see of an item: its columns, its codes, whether it is scored and begins a new run.</summary>
    private readonly record struct Glance(int Given, int Used, byte First, byte Span, bool Scored, bool NewRun);
}
