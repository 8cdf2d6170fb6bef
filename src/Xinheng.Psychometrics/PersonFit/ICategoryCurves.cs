namespace Xinheng.Psychometrics;

/// <summary>What person fit needs of an item's response model: the probability of each answer along the trait.</summary>
/// <remarks>Implementations are immutable and thread-safe.</remarks>
public interface ICategoryCurves
{
    /// <summary>Number of answers, at least 2; answer 0 is the lowest possible one.</summary>
    public int CategoryCount { get; }

    /// <summary>Probabilities of all answers at a place of the trait, with their first and second derivatives.</summary>
    /// <param name="ability">Place on the trait, mean 0 and SD 1 in the population of the parameters.</param>
    /// <param name="probabilities">Receives one probability per answer.</param>
    /// <param name="first">Receives the first derivatives; empty when they are not wanted.</param>
    /// <param name="second">Receives the second derivatives; empty when they are not wanted.</param>
    public void Evaluate(double ability, Span<double> probabilities, Span<double> first, Span<double> second);
}
