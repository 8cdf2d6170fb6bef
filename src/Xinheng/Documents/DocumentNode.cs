using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Xinheng.Documents;

/// <summary>A value of a JSON document with the line it stands on. The framework's nodes do not know their lines.</summary>
internal sealed class DocumentNode
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int MaxDepth = 32;
    public const int MaxTextLength = 2_000;
    public const int MaxNameLength = 100;
    public const int MaxDigits = 15;
    public const int MaxNodes = 100_000;

    private readonly DocumentNode? _parent;
    private readonly string _step;

    private DocumentNode(JsonTokenType kind, long line, DocumentNode? parent, string step)
    {
        Kind = kind;
        Line = line;
        _parent = parent;
        _step = step;
    }

    public JsonTokenType Kind { get; }

    public long Line { get; }

    /// <summary>Member name within the parent object.</summary>
    public string? Name { get; private init; }

    public string Text { get; private init; } = "";

    public List<DocumentNode> Children { get; } = [];

    /// <summary>The path from <c>$</c>, with each member's name as it may be printed.</summary>
    public string Path(Func<string, string> printed)
    {
        var steps = new Stack<string>();
        for (var node = this; node is not null; node = node._parent)
        {
            steps.Push(node.Name is { } name ? "." + printed(name) : node._step);
        }

        return string.Concat(steps);
    }

    public DocumentNode? Member(string name) => Children.Find(c => c.Name == name);

    /// <summary>The node at a path of the document that was read, or the nearest one above it that exists.</summary>
    /// <param name="path">Path from <c>$</c>.</param>
    /// <param name="without">Nodes that were left out when the document was read; the ones after them have moved up.</param>
    /// <param name="rest">What of the path does not exist.</param>
    public DocumentNode Find(ReadOnlySpan<char> path, IReadOnlySet<DocumentNode> without, out ReadOnlySpan<char> rest)
    {
        var node = this;
        rest = path["$".Length..];
        while (!rest.IsEmpty)
        {
            DocumentNode? next = null;
            var length = 0;
            if (node.Kind == JsonTokenType.StartArray)
            {
                length = rest.IndexOf(']') + 1;
                next = length > 2 && int.TryParse(rest[1..(length - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                    ? node.Children.Where(c => !without.Contains(c)).ElementAtOrDefault(position)
                    : null;
            }
            else
            {
                foreach (var child in node.Children)
                {
                    if (rest.StartsWith(child._step, StringComparison.Ordinal)
                        && (rest.Length == child._step.Length || rest[child._step.Length] is '.' or '[')
                        && child._step.Length > length
                        && !without.Contains(child))
                    {
                        (next, length) = (child, child._step.Length);
                    }
                }
            }

            if (next is null)
            {
                return node;
            }

            rest = rest[length..];
            node = next;
        }

        return node;
    }

    /// <summary>Parses a document within the limits; problems that leave nothing to go on with give <see langword="null"/>.</summary>
    public static DocumentNode? Parse(ReadOnlySpan<byte> utf8, ProblemReport report)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (utf8.Length > MaxBytes)
        {
            report.AddAtLine("file-too-large", null, $"{utf8.Length} bytes", $"at most {MaxBytes} bytes");
            return null;
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            report.AddAtLine("encoding", null, "bytes that are not UTF-8", "a file in UTF-8", "Save the file as UTF-8");
            return null;
        }

        var lines = new LineCounter(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return Read(ref reader, ref lines, report);
        }
        catch (JsonException exception)
        {
            // The reader stops before a value that would be nested too deep.
            var rest = utf8[(int)reader.BytesConsumed..].TrimStart(" \t\r\n,:"u8);
            var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
            var tooDeep = depth >= MaxDepth && !rest.IsEmpty && rest[0] is (byte)'[' or (byte)'{';
            report.AddAtLine(
                tooDeep ? "too-deep" : "invalid-json",
                exception.LineNumber + 1,
                tooDeep ? $"values nested more than {MaxDepth} deep" : "text that is not JSON",
                tooDeep ? $"at most {MaxDepth} levels" : "a JSON document without comments and trailing commas");
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 on its own is valid JSON grammar and no text.
            report.AddAtLine("invalid-json", lines.At(reader.TokenStartIndex), "an escape that is half a character", "text in Unicode");
            return null;
        }
    }

    private static DocumentNode? Read(ref Utf8JsonReader reader, ref LineCounter lines, ProblemReport report)
    {
        DocumentNode? root = null;
        DocumentNode? current = null;
        string? name = null;
        var count = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    if (name.Length > MaxNameLength)
                    {
                        report.AddAtLine("name-too-long", lines.At(reader.TokenStartIndex), $"a name of {name.Length} characters", $"at most {MaxNameLength} characters");
                        return null;
                    }

                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    current = current!._parent;
                    continue;
            }

            if (++count > MaxNodes)
            {
                report.AddAtLine("too-many-values", lines.At(reader.TokenStartIndex), $"more than {MaxNodes} values", $"at most {MaxNodes} values");
                return null;
            }

            var step = current switch
            {
                null => "$",
                { Kind: JsonTokenType.StartArray } => string.Create(CultureInfo.InvariantCulture, $"[{current.Children.Count}]"),
                _ => "." + name,
            };
            var node = new DocumentNode(reader.TokenType, lines.At(reader.TokenStartIndex), current, step)
            {
                Name = name,
                Text = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString()!,
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => "",
                },
            };
            name = null;
            root ??= node;
            current?.Children.Add(node);
            node.CheckText(report);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                current = node;
            }
        }

        return root;
    }

    /// <summary>Writes the node as JSON without the nodes that are known to be wrong.</summary>
    public void Write(Utf8JsonWriter writer, IReadOnlySet<DocumentNode> without)
    {
        switch (Kind)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                foreach (var child in Children.Where(c => !without.Contains(c)))
                {
                    writer.WritePropertyName(child.Name!);
                    child.Write(writer, without);
                }

                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                foreach (var child in Children.Where(c => !without.Contains(c)))
                {
                    child.Write(writer, without);
                }

                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text);
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(Text);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(Kind == JsonTokenType.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private void CheckText(ProblemReport report)
    {
        if (Name is not null && Name.Any(IsUnsafe))
        {
            report.Add("unsafe-text", this, "a name with a control character or one that changes the writing direction", "a plain name", "Remove the character");
        }

        if (Kind == JsonTokenType.Number)
        {
            if (Text.AsSpan().IndexOfAny('e', 'E') >= 0 || Text.Count(char.IsAsciiDigit) > MaxDigits)
            {
                report.Add("number-format", this, "a number with an exponent or too many digits", $"a decimal number with at most {MaxDigits} digits");
            }
        }
        else if (Kind == JsonTokenType.String)
        {
            if (Text.Length > MaxTextLength)
            {
                report.Add("text-too-long", this, $"a text of {Text.Length} characters", $"at most {MaxTextLength} characters");
            }

            if (Text.Any(IsUnsafe))
            {
                report.Add("unsafe-text", this, "a control character or one that changes the writing direction", "plain text", "Remove the character");
            }
        }
    }

    /// <summary>Control characters and those that turn the writing direction: they can make a text read as something else.</summary>
    public static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    /// <summary>Line of a byte position; positions are asked for in rising order.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _position;
        private long _line = 1;

        public long At(long position)
        {
            _line += _utf8[_position..(int)position].Count((byte)'\n');
            _position = (int)position;
            return _line;
        }
    }
}
