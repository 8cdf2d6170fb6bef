using System.Text.Json.Serialization;
using Xinheng.Documents;

namespace Xinheng.Data;

/// <summary>How the columns and cells of one survey file are to be read: a JSON document the researcher writes or has drafted.</summary>
/// <remarks>Immutable and thread-safe. Every member may be left out.</remarks>
public sealed record SurveyMapping
{
    /// <summary>Address of the schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Heading of the column that identifies the person by a pseudonym.</summary>
    public string? Id { get; init; }

    /// <summary>Canonical item name (<c>phq9_1</c>) to the heading of its column.</summary>
    public IReadOnlyDictionary<string, string> Columns { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Canonical names of items that the survey did not ask.</summary>
    public IReadOnlyList<string> NotAsked { get => field ?? []; init; }

    /// <summary>How answers are written, by instrument id; stored codes where nothing is said.</summary>
    public IReadOnlyDictionary<string, AnswerFormat> Answers { get => field ?? new Dictionary<string, AnswerFormat>(); init; }

    /// <summary>Cell texts that stand for a missing answer, with the reason: <c>skipped</c>, <c>refused</c> or <c>not-asked</c>.</summary>
    public IReadOnlyDictionary<string, MissingReason> Missing { get => field ?? new Dictionary<string, MissingReason>(); init; }

    /// <summary>Heading of the column with the seconds the person took, such as <c>734</c>, <c>734秒</c> or <c>12分14秒</c>.</summary>
    public string? Seconds { get; init; }

    /// <summary>Number of questions on the form, by which the seconds are divided; counted from the headings where nothing is said.</summary>
    public int? ItemsOnForm { get; init; }

    /// <summary>Heading of the column with the time of submission; it passes through.</summary>
    public string? SubmittedAt { get; init; }

    /// <summary>Heading of the column with the age in completed years.</summary>
    public string? Age { get; init; }

    /// <summary>Heading of the column with the sex.</summary>
    public string? Sex { get; init; }

    /// <summary>Cell texts of the sex column; 男, 女, male, female, m and f are known without.</summary>
    public IReadOnlyDictionary<string, Sex> SexValues { get => field ?? new Dictionary<string, Sex>(); init; }

    /// <summary>Encoding of a text file: utf-8, utf-16, utf-16le, utf-16be, gb18030.</summary>
    public string? Encoding { get; init; }

    /// <summary>Delimiter of a text file: <c>,</c>, <c>;</c> or <c>tab</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Which of several rows of one person counts; <see cref="DuplicateRule.First"/> where nothing is said.</summary>
    public DuplicateRule? Duplicates { get; init; }

    /// <summary>The delimiter as a character; a document of ours holds no control characters, so it says <c>tab</c>.</summary>
    internal char? Separator => Delimiter switch { null or "" => null, "tab" => '\t', _ => Delimiter[0] };

    /// <summary>Loads a mapping file.</summary>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static SurveyMapping Load(ReadOnlySpan<byte> utf8, string file)
    {
        var report = new ProblemReport(file);
        var mapping = DocumentReader.TryRead(utf8, report, DataJson.Default.SurveyMapping);
        if (mapping?.Delimiter is not (null or "," or ";" or "\t" or "tab"))
        {
            report.Add("wrong-value", "$.delimiter", "another character", "',', ';' or 'tab'");
        }

        if (mapping?.ItemsOnForm is <= 0)
        {
            report.Add("wrong-value", "$.itemsOnForm", "no question", "a whole number from 1");
        }

        foreach (var (text, reason) in mapping?.Missing ?? new Dictionary<string, MissingReason>())
        {
            if (reason is MissingReason.Unreadable or MissingReason.OutOfRange)
            {
                report.Add("wrong-value", $"$.missing.{text}", "a reason that only reading can find", "'skipped', 'refused' or 'not-asked'");
            }
        }

        return report.Count == 0 ? mapping! : throw new DefinitionException(report.Problems);
    }
}
