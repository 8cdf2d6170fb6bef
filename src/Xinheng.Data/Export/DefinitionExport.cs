using System.Text;

namespace Xinheng.Data;

/// <summary>Writes a definition in the forms other tools read.</summary>
/// <remarks>
/// Thread-safe. Written from what the definition means, never by calling the scorer, so that the scripts can check it.
/// The same definition gives the same bytes. Item wording is in none of them: only the neutral labels of the definition.
/// </remarks>
public static class DefinitionExport
{
    /// <summary>The definition in a form, as UTF-8.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="format">The form. A codebook and SPSS syntax begin with a byte order mark, which Excel and SPSS need for Chinese text.</param>
    /// <exception cref="DefinitionException">The form cannot express something of the definition; each such thing is a problem of code <c>cannot-export</c>. Nothing is approximated.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is not a form.</exception>
    public static byte[] Write(Instrument instrument, DefinitionFormat format)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return format switch
        {
            DefinitionFormat.Fhir => FhirQuestionnaire.Write(instrument),
            DefinitionFormat.Codebook => [.. Encoding.UTF8.Preamble, .. Codebook.Write(instrument)],
            DefinitionFormat.Spss => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(SpssSyntax.Write(instrument))],
            DefinitionFormat.R => Encoding.UTF8.GetBytes(RScript.Write(instrument)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), "Not a form of a definition."),
        };
    }

    /// <summary>Skip logic of an item as a condition; <see langword="null"/> when it is always asked.</summary>
    internal static (Condition When, int Otherwise)? GateOf(Item item) =>
        item.AskedWhen is { } asked ? (new ItemCondition { Item = asked.Item, Codes = asked.Codes }, asked.Otherwise) : null;

    /// <summary>The conditions that one is made of; none when it asks about one answer or score.</summary>
    internal static IReadOnlyList<Condition> PartsOf(Condition condition) => condition switch
    {
        AnyCondition any => any.Of,
        AllCondition all => all.Of,
        CountCondition count => count.Of,
        _ => [],
    };

    /// <summary>How many of its parts a condition needs.</summary>
    internal static int NeededOf(Condition condition) => condition switch
    {
        AnyCondition => 1,
        CountCondition count => count.AtLeast,
        _ => PartsOf(condition).Count,
    };

    /// <summary>A condition and all it is made of.</summary>
    internal static IEnumerable<Condition> AllOf(Condition condition) => PartsOf(condition).SelectMany(AllOf).Prepend(condition);

    /// <summary>Positions of the items a score uses itself; those of the scores it rests on are theirs.</summary>
    internal static int[] ItemsOf(Instrument instrument, ScoreDefinition score) => score switch
    {
        ItemScore items => instrument.Resolve(items.Items),
        QuantityScore quantity => [instrument.IndexOfItem(quantity.Item)],
        ClockSpanScore span => [instrument.IndexOfItem(span.From), instrument.IndexOfItem(span.To)],
        ClassScore classes => [.. classes.Classes.SelectMany(c => AllOf(c.When)).OfType<ItemCondition>().Select(c => instrument.IndexOfItem(c.Item)).Distinct()],
        _ => [],
    };

    /// <summary>Positions of the earlier scores a score rests on.</summary>
    internal static int[] ScoresOf(Instrument instrument, ScoreDefinition score)
    {
        IEnumerable<string> ids = score switch
        {
            TotalScore total => total.Scores,
            RatioScore ratio => [ratio.Numerator, ratio.Denominator],
            StepScore steps => [steps.Score],
            TableScore table => [table.Score],
            ClassScore classes => classes.Classes.SelectMany(c => AllOf(c.When)).OfType<ScoreCondition>().Select(c => c.Score).Distinct(),
            _ => [],
        };
        return [.. ids.Select(instrument.IndexOfScore)];
    }

    /// <summary>What a form cannot say.</summary>
    internal static DefinitionException CannotSay(Instrument instrument, string path, string found, string expected, string action) => new(
    [
        new Problem { Code = "cannot-export", File = instrument.Id, Path = path, Found = found, Expected = expected, Action = action },
    ]);
}
