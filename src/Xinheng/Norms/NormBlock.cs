namespace Xinheng;

/// <summary>Norm scores of many people, in columns: filled by <see cref="NormSet.ApplyBatch(AnswerBlock, ScoreBlock, NormBlock)"/>.</summary>
/// <remarks>Mutable buffer, made to be filled again and again; not thread-safe.</remarks>
public sealed class NormBlock
{
    /// <summary>What <see cref="Groups(int)"/> holds where no group was used.</summary>
    public const byte NoGroup = byte.MaxValue;

    /// <summary>Creates a block for up to <paramref name="capacity"/> people.</summary>
    public NormBlock(NormSet norms, int capacity)
    {
        ArgumentNullException.ThrowIfNull(norms);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Norms = norms;
        Capacity = capacity;
        var scores = norms.Scores.Count;
        TColumns = Columns<double>(scores, capacity);
        PercentileColumns = Columns<double>(scores, capacity);
        GroupColumns = Columns<byte>(scores, capacity);
        StatusColumns = Columns<NormStatus>(scores, capacity);
        MatchedGroup = new byte[capacity];
    }

    /// <summary>The norms.</summary>
    public NormSet Norms { get; }

    /// <summary>Number of people there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Number of people in the block.</summary>
    public int Count { get; internal set; }

    /// <summary>T scores of one covered score (a position in <see cref="NormSet.Scores"/>); NaN where there is none.</summary>
    public ReadOnlySpan<double> T(int score) => TColumns[score].AsSpan(0, Count);

    /// <summary>Percentile ranks of one covered score, 0 to 100; NaN where there is none.</summary>
    public ReadOnlySpan<double> Percentiles(int score) => PercentileColumns[score].AsSpan(0, Count);

    /// <summary>Groups used for one covered score, as positions in <see cref="NormDocument.Groups"/>; <see cref="NoGroup"/> where there is none.</summary>
    public ReadOnlySpan<byte> Groups(int score) => GroupColumns[score].AsSpan(0, Count);

    /// <summary>Statuses of one covered score.</summary>
    public ReadOnlySpan<NormStatus> Statuses(int score) => StatusColumns[score].AsSpan(0, Count);

    internal double[][] TColumns { get; }

    internal double[][] PercentileColumns { get; }

    internal byte[][] GroupColumns { get; }

    internal NormStatus[][] StatusColumns { get; }

    /// <summary>The group each person matches, before any fallback.</summary>
    internal byte[] MatchedGroup { get; }

    private static T[][] Columns<T>(int count, int capacity) => [.. Enumerable.Range(0, count).Select(_ => new T[capacity])];
}
