namespace Xinheng.Data;

/// <summary>A block of people on its way from the file to the output: answers, scores and the text that passes through.</summary>
internal sealed class SurveyBlock
{
    public SurveyBlock(IReadOnlyList<Instrument> instruments, int passed, int capacity)
    {
        Capacity = capacity;
        Answers = [.. instruments.Select(i => new AnswerBlock(i, capacity))];
        Scores = [.. instruments.Select(i => new ScoreBlock(i, capacity))];
        Passed = new TextColumns(passed);
        Rows = new long[capacity];
        Raised = new CriticalState[capacity][];
    }

    public int Capacity { get; }

    public int Count { get; private set; }

    public AnswerBlock[] Answers { get; }

    public ScoreBlock[] Scores { get; }

    public TextColumns Passed { get; }

    /// <summary>Row of the file of each person.</summary>
    public long[] Rows { get; }

    /// <summary>Worst state of each critical item, over all instruments, in any row of the same person; <see langword="null"/> for nearly everybody.</summary>
    public CriticalState[]?[] Raised { get; }

    /// <summary>Formatted output of the block, where the format is text.</summary>
    public TextBuffer Text { get; } = new();

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
