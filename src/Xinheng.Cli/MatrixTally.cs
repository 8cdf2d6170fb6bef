using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>Takes the place of a score file: keeps the keyed answers of everybody, a byte each.</summary>
internal sealed class MatrixTally(ItemSource source, IReadOnlyList<string> passed) : ScoreWriter(passed, [])
{
    private readonly List<ItemMatrix> _parts = [];

    /// <summary>The answers of everybody, people in the order of the file.</summary>
    public ItemMatrix Matrix => ItemMatrix.Concat(_parts);

    public override ScorePart CreatePart() => new Part();

    public override void Format(SurveyBlock block, ScorePart part)
    {
        if (block.Count > 0)
        {
            ((Part)part).Matrices.Add(source.Matrix(block.Answers[0]));
        }
    }

    public override void Write(ScorePart part) => _parts.AddRange(((Part)part).Matrices);

    public override void Complete()
    {
    }

    /// <summary>Answers of a part of the file.</summary>
    private sealed class Part : ScorePart
    {
        public List<ItemMatrix> Matrices { get; } = [];

        public override void Clear() => Matrices.Clear();
    }
}
