namespace Xinheng.Data;

/// <summary>A block of people on its way from the file to the output: answers, scores and the text that passes through.</summary>
internal sealed class SurveyBlock
{
    private int[] _numbers = [];

    public SurveyBlock(ScoreRequest request, int passed, int capacity)
    {
        var instruments = request.Instruments;
        var norms = request.NormsByInstrument;
        Capacity = capacity;
        Answers = [.. instruments.Select(i => new AnswerBlock(i, capacity))];
        Scores = [.. instruments.Select(i => new ScoreBlock(i, capacity))];
        Norms = [.. norms.Select(set => set is null ? null : new NormBlock(set, capacity))];
        NormWords = [.. norms.Select(set => set is null ? null : new NormWord(set))];
        Passed = new TextColumns(passed);
        Rows = new long[capacity];
        Raised = new CriticalState[capacity][];
    }

    public int Capacity { get; }

    public int Count { get; private set; }

    public AnswerBlock[] Answers { get; }

    public ScoreBlock[] Scores { get; }

    /// <summary>Norm scores by instrument; <see langword="null"/> for an instrument without norms.</summary>
    public NormBlock?[] Norms { get; }

    public NormWord?[] NormWords { get; }

    public TextColumns Passed { get; }

    /// <summary>Row of the file of each person.</summary>
    public long[] Rows { get; }

    /// <summary>Worst state of each critical item, over all instruments, in any row of the same person; <see langword="null"/> for nearly everybody.</summary>
    public CriticalState[]?[] Raised { get; }

    /// <summary>Tiers of the people, in a survey.</summary>
    public TierBlock? Tiers { get; set; }

    /// <summary>Room for some numbers of everybody.</summary>
    public Span<int> Numbers(int columns)
    {
        if (_numbers.Length < columns * Capacity)
        {
            _numbers = new int[columns * Capacity];
        }

        return _numbers.AsSpan(0, columns * Count);
    }

    public void Clear()
    {
        Count = 0;
        Passed.Clear();
        foreach (var block in Answers)
        {
            block.Clear();
        }
    }

    public int Add(long row)
    {
        var person = Count++;
        Rows[person] = row;
        Raised[person] = null;
        foreach (var block in Answers)
        {
            block.Count = Count;
        }

        return person;
    }
}
