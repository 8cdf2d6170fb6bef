namespace Xinheng.Scoring;

/// <summary>What the answers make of a score, whoever gave them.</summary>
/// <param name="Completeness">Whether there is a value, before population, bands and evidence are looked at.</param>
/// <param name="Value">The value; zero where there is none.</param>
/// <param name="Lowest">Lowest value still possible.</param>
/// <param name="Highest">Highest value still possible.</param>
internal readonly record struct Outcome(ScoreStatus Completeness, Rational Value, Rational Lowest, Rational Highest);

/// <summary>What is reported of an outcome for a person of one place.</summary>
/// <param name="Value">The value; NaN where there is none.</param>
/// <param name="Band">The band; <see cref="ScoreBlock.NoBand"/> where there is none.</param>
/// <param name="Status">The status.</param>
internal readonly record struct Reading(double Value, byte Band, ScoreStatus Status);
