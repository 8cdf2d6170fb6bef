using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Xinheng;

/// <summary>Answers with the scores the publication gives them. Examples are part of the definition and run as tests.</summary>
/// <remarks>Immutable and thread-safe. Written from the publication or by hand, never from this library's output.</remarks>
public sealed record WorkedExample
{
    /// <summary>What the example shows.</summary>
    [JsonRequired]
    public string Name { get => field ?? ""; init; }

    /// <summary>The answer of every item that <see cref="Answers"/> does not name; <see langword="null"/> in the file = blank.</summary>
    public AnswerLiteral Fill { get; init; } = AnswerLiteral.Blank;

    /// <summary>Answers by item id.</summary>
    public IReadOnlyDictionary<string, AnswerLiteral> Answers { get => field ?? ReadOnlyDictionary<string, AnswerLiteral>.Empty; init => field = new ReadOnlyDictionary<string, AnswerLiteral>(new Dictionary<string, AnswerLiteral>(value ?? ReadOnlyDictionary<string, AnswerLiteral>.Empty)); }

    /// <summary>The person, where bands or population depend on age or sex.</summary>
    public ExamplePerson? Person { get; init; }

    /// <summary>Expected scores by id; scores that are not named are not checked.</summary>
    public IReadOnlyDictionary<string, ExpectedScore> Scores { get => field ?? ReadOnlyDictionary<string, ExpectedScore>.Empty; init => field = new ReadOnlyDictionary<string, ExpectedScore>(new Dictionary<string, ExpectedScore>(value ?? ReadOnlyDictionary<string, ExpectedScore>.Empty)); }

    /// <summary>Expected critical items by id.</summary>
    public IReadOnlyDictionary<string, CriticalState> Critical { get => field ?? ReadOnlyDictionary<string, CriticalState>.Empty; init => field = new ReadOnlyDictionary<string, CriticalState>(new Dictionary<string, CriticalState>(value ?? ReadOnlyDictionary<string, CriticalState>.Empty)); }

    /// <summary>Classes of danger of which at least one critical item is raised; classes that are not named are not checked.</summary>
    public IReadOnlyList<CriticalClass> Raises { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Expected response validity by <see cref="ValidityRules.Default"/>; <see langword="null"/> = not checked.</summary>
    public ResponseValidity? Validity { get; init; }

    /// <summary>Id of the source the example was taken from; <see langword="null"/> = worked by hand from the key.</summary>
    public string? Source { get; init; }
}
