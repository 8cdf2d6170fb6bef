namespace Xinheng.Scoring;

/// <summary>A condition on items with options, looked at for a whole block: whether it surely holds, and whether it could.</summary>
internal abstract class ConditionColumn
{
    /// <summary>The condition made ready, or <see langword="null"/> where it asks about numbers or scores.</summary>
    public static ConditionColumn? Compile(Instrument instrument, Condition condition) => condition switch
    {
        ItemCondition item when instrument.IndexOfItem(item.Item) is var position =>
            new OfItem(position, Conditions.TruthsOf((OptionSet)instrument.ResponsesOf(position), item.Codes)),
        AnyCondition any => Count(instrument, any.Of, 1),
        AllCondition all => Count(instrument, all.Of, all.Of.Count),
        CountCondition count => Count(instrument, count.Of, count.AtLeast),
        _ => null,
    };

    /// <summary>Looks at everybody of a block.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="results">Lends <see cref="ScoreBlock.Bytes"/>; what lies behind the two rooms is used too.</param>
    /// <param name="surely">Room that takes 1 where the condition holds, whatever the missing answers are, else 0.</param>
    /// <param name="possibly">Room behind it that takes 1 where it holds or could.</param>
    public abstract void Run(AnswerBlock answers, ScoreBlock results, int surely, int possibly);

    private static Counted? Count(Instrument instrument, IReadOnlyList<Condition> conditions, int atLeast)
    {
        ConditionColumn?[] parts = [.. conditions.Select(c => Compile(instrument, c))];
        return atLeast is > 0 and <= byte.MaxValue && parts.Length <= byte.MaxValue && Array.TrueForAll(parts, p => p is not null) ? new Counted(parts!, (byte)atLeast) : null;
    }

    private sealed class OfItem(int item, Truth[] truths) : ConditionColumn
    {
        private readonly byte[] _truths = [.. truths.Select(t => (byte)(t == Truth.True ? 3 : t == Truth.Unknown ? 2 : 0))];

        public override void Run(AnswerBlock answers, ScoreBlock results, int surely, int possibly)
        {
            var holds = results.Bytes(surely);
            var couldHold = results.Bytes(possibly)[..holds.Length];
            ReadOnlySpan<byte> codes = answers.UsedCodes(item)[..holds.Length];
            var truths = _truths;
            for (var person = 0; person < holds.Length; person++)
            {
                var truth = truths[codes[person]];
                holds[person] = unchecked((byte)(truth & 1));
                couldHold[person] = unchecked((byte)(truth >> 1));
            }
        }
    }

    /// <summary>At least so many hold; any and all are the two ends.</summary>
    private sealed class Counted(ConditionColumn[] parts, byte atLeast) : ConditionColumn
    {
        public override void Run(AnswerBlock answers, ScoreBlock results, int surely, int possibly)
        {
            var (partSurely, partPossibly) = (possibly + 1, possibly + 2);
            results.Bytes(surely).Clear();
            results.Bytes(possibly).Clear();
            foreach (var part in parts)
            {
                part.Run(answers, results, partSurely, partPossibly);
                Add(results.Bytes(partSurely), results.Bytes(surely));
                Add(results.Bytes(partPossibly), results.Bytes(possibly));
            }

            Compare(results.Bytes(surely));
            Compare(results.Bytes(possibly));
        }

        private static void Add(ReadOnlySpan<byte> part, Span<byte> count)
        {
            for (var person = 0; person < count.Length; person++)
            {
                count[person] = unchecked((byte)(count[person] + part[person])); // at most 255 parts
            }
        }

        private void Compare(Span<byte> count)
        {
            for (var person = 0; person < count.Length; person++)
            {
                count[person] = count[person] >= atLeast ? (byte)1 : (byte)0;
            }
        }
    }
}
