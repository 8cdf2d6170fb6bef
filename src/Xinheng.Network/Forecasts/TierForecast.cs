namespace Xinheng.Network;

/// <summary>How many people of one tier a policy leads to, and what talking with them takes.</summary>
/// <remarks>Immutable and thread-safe. Class; no default state. Counts of people, screening results, no diagnoses.</remarks>
public sealed record TierForecast
{
    internal TierForecast()
    {
    }

    /// <summary>The tier.</summary>
    public required Tier Tier { get; init; }

    /// <summary>People of the tier so far: by their answers, or without answers by a report.</summary>
    public required int Decided { get; init; }

    /// <summary>People of the tier when everybody eligible has answered, expected; exact. At least <see cref="Decided"/>.</summary>
    public required Rational Expected { get; init; }

    /// <summary>Lower end of the 90 % interval of the people when everybody eligible has answered.</summary>
    public required int Low { get; init; }

    /// <summary>Upper end of the 90 % interval of the people when everybody eligible has answered.</summary>
    public required int High { get; init; }

    /// <summary>Minutes of talk per person, of the policy; 0 where it plans none.</summary>
    public required int MinutesPerPerson { get; init; }

    /// <summary>Those of <see cref="Expected"/> with something due within the first five school days; <see langword="null"/> where the calendar has no five.</summary>
    public required Rational? DueInFirstDays { get; init; }

    /// <summary>Hours for everybody expected: <see cref="Expected"/> x <see cref="MinutesPerPerson"/> / 60.</summary>
    public Rational Hours => HoursOf(Expected);

    /// <summary>Hours for <see cref="DueInFirstDays"/>.</summary>
    public Rational? HoursInFirstDays => DueInFirstDays is { } due ? HoursOf(due) : null;

    /// <summary>The tier, without counts.</summary>
    public override string ToString() => PolicyText.Of(Tier);

    private Rational HoursOf(Rational people) => people * new Rational(MinutesPerPerson, 60);
}
