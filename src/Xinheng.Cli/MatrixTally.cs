using Xinheng.Data;
using Xinheng.Psychometrics;

namespace Xinheng.Cli;

/// <summary>Takes the place of a score file: keeps the keyed answers of everybody, a byte each.</summary>
internal sealed class MatrixTally(ItemSource source, IReadOnlyList<string> passed) : ScoreWriter(passed, [])
{
    private readonly List<ItemMatrix> _parts = [];

    /// <summary>The answers of everybody, people in the order of the file.</summary>
    public ItemMatrix Matrix => ItemMatrix.Concat(_parts);

    public override void Format(SurveyBlock block)
    {
    }

    public override void Write(SurveyBlock block) => _parts.Add(source.Matrix(block.Answers[0]));

    public override void Complete()
    {
    }
}
