using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Xinheng.Documents;

/// <summary>Holds a document against the metadata of its type: unknown, duplicate and missing members, wrong kinds of value.</summary>
internal sealed class StructureCheck(ProblemReport report)
{
    private readonly HashSet<DocumentNode> _wrong = report.Wrong;

    public void Check(DocumentNode node, JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is { } polymorphism && node.Kind == JsonTokenType.StartObject)
        {
            CheckDerived(node, type, polymorphism);
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (Expect(node, JsonTokenType.StartObject, "an object"))
                {
                    CheckMembers(node, type, discriminator: null);
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                if (Expect(node, JsonTokenType.StartArray, "a list"))
                {
                    foreach (var child in node.Children)
                    {
                        Check(child, type.Options.GetTypeInfo(type.ElementType!));
                    }
                }

                break;
            case JsonTypeInfoKind.Dictionary:
                if (Expect(node, JsonTokenType.StartObject, "an object"))
                {
                    CheckEntries(node, type);
                }

                break;
            default:
                CheckLeaf(node, type);
                break;
        }
    }

    private void CheckDerived(DocumentNode node, JsonTypeInfo type, JsonPolymorphismOptions polymorphism)
    {
        var name = polymorphism.TypeDiscriminatorPropertyName;
        var kinds = string.Join(", ", polymorphism.DerivedTypes.Select(d => $"'{d.TypeDiscriminator}'"));
        var kind = node.Member(name);
        var derived = polymorphism.DerivedTypes.FirstOrDefault(d => kind is { Kind: JsonTokenType.String } && kind.Text == (string?)d.TypeDiscriminator);
        if (derived.DerivedType is null)
        {
            report.Add(
                kind is null ? "missing-member" : "unknown-kind",
                kind ?? node,
                kind is null ? $"no member '{name}'" : $"kind {Quote(kind)}",
                $"one of {kinds}");
            _wrong.Add(node);
            return;
        }

        CheckMembers(node, type.Options.GetTypeInfo(derived.DerivedType), name);
    }

    private void CheckMembers(DocumentNode node, JsonTypeInfo type, string? discriminator)
    {
        CheckDuplicates(node);
        foreach (var child in node.Children.Where(c => !_wrong.Contains(c) && c.Name != discriminator))
        {
            var property = type.Properties.FirstOrDefault(p => p.Name == child.Name);
            if (property is null)
            {
                report.Add("unknown-member", child, $"a member '{Printable(report.NameOf(child.Name!))}'", Allowed(child.Name!, type), "Correct the name or remove the member");
                _wrong.Add(child);
            }
            else
            {
                Check(child, type.Options.GetTypeInfo(property.PropertyType));
            }
        }

        foreach (var property in type.Properties.Where(p => p.IsRequired && node.Member(p.Name) is null))
        {
            report.Add("missing-member", node, $"no member '{property.Name}'", $"a member '{property.Name}'", "Add the member");
        }
    }

    private void CheckEntries(DocumentNode node, JsonTypeInfo type)
    {
        CheckDuplicates(node);
        var key = type.Options.GetTypeInfo(type.KeyType!);
        foreach (var child in node.Children.Where(c => !_wrong.Contains(c)))
        {
            if (type.KeyType!.IsEnum && !Words(type.KeyType).Contains(child.Name))
            {
                report.Add("unknown-member", child, $"a member '{Printable(report.NameOf(child.Name!))}'", Describe(key), "Correct the name or remove the member");
                _wrong.Add(child);
                continue;
            }

            Check(child, type.Options.GetTypeInfo(type.ElementType!));
        }
    }

    private void CheckDuplicates(DocumentNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in node.Children.Where(c => !seen.Add(c.Name!)))
        {
            report.Add("duplicate-member", child, $"a second member '{Printable(report.NameOf(child.Name!))}'", "each member once", "Remove one of them");
            _wrong.Add(child);
        }
    }

    private void CheckLeaf(DocumentNode node, JsonTypeInfo type)
    {
        var leaf = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (leaf == typeof(string) && node.Kind == JsonTokenType.String)
        {
            return; // most leaves: nothing to try out
        }

        var raw = node.Kind switch
        {
            JsonTokenType.String => JsonEncodedText.Encode(node.Text).ToString(),
            JsonTokenType.Number => node.Text,
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Null => "null",
            _ => null,
        };
        var nullable = type.Type == typeof(AnswerLiteral);
        if (raw is null
            || (node.Kind == JsonTokenType.Null && !nullable)
            || !Fits(raw, node.Kind, type)
            || (leaf.IsEnum && !Words(leaf).Contains(node.Text)))
        {
            report.Add("wrong-value", node, Found(node), Describe(type));
            _wrong.Add(node);
        }
    }

    private bool Expect(DocumentNode node, JsonTokenType kind, string expected)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        report.Add("wrong-value", node, Found(node), expected);
        _wrong.Add(node);
        return false;
    }

    private static bool Fits(string raw, JsonTokenType kind, JsonTypeInfo type)
    {
        try
        {
            JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(kind == JsonTokenType.String ? $"\"{raw}\"" : raw), type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The framework reads words in any case; here a word has one spelling.</summary>
    private static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    private static string Describe(JsonTypeInfo type)
    {
        var leaf = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return leaf switch
        {
            _ when leaf.IsEnum => "one of " + string.Join(", ", Words(leaf).Select(word => $"'{word}'")),
            _ when leaf == typeof(string) => "a text",
            _ when leaf == typeof(bool) => "true or false",
            _ when leaf == typeof(int) => "a whole number",
            _ when leaf == typeof(Rational) => "a decimal number, or a fraction such as \"17/12\"",
            _ when leaf == typeof(AnswerLiteral) => "a code, a time such as \"23:30\", null, or a reason such as \"refused\"",
            _ when leaf == typeof(ResponseTime) => "'immediate', 'same-school-day', hours such as '2h' or days such as '7d'",
            _ when leaf == typeof(DateOnly) => "a date such as \"2026-09-01\"",
            _ when leaf == typeof(TimeOnly) => "a time of day such as \"17:30\"",
            _ when leaf == typeof(TimeSpan) => "a distance from UTC such as \"+08:00\"",
            _ => "a value of another kind",
        };
    }

    private static string Allowed(string name, JsonTypeInfo type)
    {
        var nearest = name.Length > 40 ? null : type.Properties.Select(p => p.Name).MinBy(p => Distance(p, name));
        return nearest is not null && Distance(nearest, name) <= 2
            ? $"'{nearest}'"
            : "one of " + string.Join(", ", type.Properties.Select(p => $"'{p.Name}'"));
    }

    /// <summary>Number of letters to change between two names (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private string Found(DocumentNode node) => node.Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ when report.HidesContent => node.Kind == JsonTokenType.Number ? "a number" : "a text",
        JsonTokenType.Number => $"the number {Printable(node.Text)}",
        _ => $"the text {Quote(node)}",
    };

    private static string Quote(DocumentNode node) => $"'{Printable(node.Text)}'";

    private static string Printable(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
