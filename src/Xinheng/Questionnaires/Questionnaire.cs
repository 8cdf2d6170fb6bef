namespace Xinheng;

/// <summary>An instrument as a person fills it in: instructions, items in order with their texts and options. What a host draws on a screen or on paper.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. With a wording every text is the wording's. Without one the neutral
/// labels stand in, and <see cref="IsWorded"/> says so: they help staff to tell items apart and must not be put to a person.
/// </remarks>
public sealed class Questionnaire
{
    private Questionnaire(Instrument instrument, Wording? wording, string language)
    {
        Instrument = instrument;
        Wording = wording;
        Name = instrument.Definition.Name.For(language);
        Language = wording?.Language ?? (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-Hans" : "en");
        Items = [.. instrument.Items.Select((item, i) => Of(item, instrument.ResponsesOf(i), wording, language))];
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>Where the texts come from; <see langword="null"/> = neutral labels stand in. Keep its <see cref="Wording.Hash"/> with the answers.</summary>
    public Wording? Wording { get; }

    /// <summary>Whether the texts are a wording that can be put to a person.</summary>
    public bool IsWorded => Wording is not null;

    /// <summary>Language of the items' and options' texts as a tag of BCP 47.</summary>
    public string Language { get; }

    /// <summary>Name of the instrument; some owners ask that it is not shown to the person.</summary>
    public string Name { get; }

    /// <summary>What the person is told before the first item, by paragraphs; empty when there is nothing or no wording.</summary>
    public IReadOnlyList<string> Instructions => Wording?.Document.Instructions ?? [];

    /// <summary>The beginning that all items share; <see langword="null"/> when there is none or no wording.</summary>
    public string? Stem => Wording?.Document.Stem;

    /// <summary>Items in printed order.</summary>
    public IReadOnlyList<QuestionnaireItem> Items { get; }

    /// <summary>The questionnaire of an instrument.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="wording">Its texts; <see langword="null"/> = neutral labels stand in.</param>
    /// <param name="language">Language of the name, and of the neutral labels where there is no wording: a tag that begins with <c>zh</c> gives Simplified Chinese, every other English.</param>
    /// <exception cref="ArgumentException">The wording is of another instrument, or was loaded for another definition of it.</exception>
    public static Questionnaire Of(Instrument instrument, Wording? wording, string language)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(language);
        if (wording is not null && (wording.Instrument.Id, wording.Instrument.Hash) != (instrument.Id, instrument.Hash))
        {
            throw new ArgumentException($"The wording was loaded for {wording.Instrument}, the instrument is {instrument} with another definition.", nameof(wording));
        }

        return new Questionnaire(instrument, wording, language);
    }

    /// <summary>Id and version of the instrument, and the language.</summary>
    public override string ToString() => $"{Instrument} {Language}";

    private static QuestionnaireItem Of(Item item, ResponseSet responses, Wording? wording, string language) => new()
    {
        Id = item.Id,
        Text = wording?.TextOf(item) ?? item.Label.For(language),
        IsWorded = wording is not null,
        Label = item.Label,
        Input = responses switch { OptionSet => InputKind.Choice, NumberRange => InputKind.Number, _ => InputKind.Clock },
        Options = responses is not OptionSet set ? [] :
        [
            .. set.Options.Select(option => new QuestionnaireOption
            {
                Code = option.Code,
                Text = wording?.TextOf(item, option) ?? option.Label?.For(language) ?? Wording.CodeOf(option),
                IsWorded = wording is not null,
            }),
        ],
        Range = responses as NumberRange,
        Unit = responses is NumberRange range ? wording?.UnitOf(item) ?? range.Unit : null,
        AskedWhen = item.AskedWhen,
    };
}
