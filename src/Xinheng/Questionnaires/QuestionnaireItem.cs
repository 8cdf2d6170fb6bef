namespace Xinheng;

/// <summary>One item as it is shown.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record QuestionnaireItem
{
    /// <summary>Number as printed on the form; answers are stored under it.</summary>
    public required string Id { get; init; }

    /// <summary>The question; without a wording the neutral label, which is for staff and not a question to a person.</summary>
    public required string Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is the wording and not a stand-in.</summary>
    public required bool IsWorded { get; init; }

    /// <summary>The short neutral name in both languages of the library.</summary>
    public required LocalizedText Label { get; init; }

    /// <summary>How it is answered.</summary>
    public required InputKind Input { get; init; }

    /// <summary>The options in printed order; empty unless it is a choice.</summary>
    public IReadOnlyList<QuestionnaireOption> Options { get => field ?? []; init => field = [.. value ?? []]; }

    /// <summary>Unit of a number, smallest and largest accepted value and decimal places as the definition says; <see langword="null"/> unless it is a number.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>Name of the unit of a number: the wording's or, without one, that of the definition, in English; <see langword="null"/> unless it is a number.</summary>
    public string? Unit { get; init; }

    /// <summary>When the form asks it, as the definition says; <see langword="null"/> = always.</summary>
    public AskedWhen? AskedWhen { get; init; }

    /// <summary>The number; never the text.</summary>
    public override string ToString() => $"item {Id}";
}
