namespace Xinheng.Psychometrics;

/// <summary>An item as it was estimated.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state.</remarks>
/// <param name="Item">The item.</param>
/// <param name="Count">Weight of the people who answered it: their number, where no weights were given.</param>
/// <param name="SlopeStandardError">Standard error of the slope; without a value in a Rasch model, where it is fixed.</param>
/// <param name="ThresholdStandardErrors">Standard errors of the thresholds, by the delta method.</param>
/// <param name="Collapsed">Answers that nobody gave although the declared range has them: each was put to the category of its lower neighbour, or the lowest that occurs.</param>
public sealed record IrtItemFit(IrtItem Item, double Count, Estimate SlopeStandardError, IReadOnlyList<Estimate> ThresholdStandardErrors, IReadOnlyList<int> Collapsed);
