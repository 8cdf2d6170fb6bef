using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Xinheng.Documents;

/// <summary>Reads a JSON document strictly and reports all its structural problems at once.</summary>
/// <remarks>
/// The framework's deserializer stops at its first problem and does not say what a person should do. So the document
/// is first held against the same type metadata; whatever does not fit is reported and left out, and the rest is
/// deserialized, so that checks of its meaning can report their problems too.
/// </remarks>
internal static class DocumentReader
{
    /// <summary>Reads a document that must be free of problems.</summary>
    /// <exception cref="DefinitionException">It is not.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string file, JsonTypeInfo<T> type)
        where T : class
    {
        var report = new ProblemReport(file);
        var document = TryRead(utf8, report, type);
        return document is not null && report.Count == 0 ? document : throw new DefinitionException(report.Problems);
    }

    /// <summary>Reads what can be read and adds every structural problem to the report.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> utf8, ProblemReport report, JsonTypeInfo<T> type)
        where T : class
    {
        var root = DocumentNode.Parse(utf8, report);
        if (root is null)
        {
            return null;
        }

        report.Root = root;
        new StructureCheck(report).Check(root, type);
        if (report.Wrong.Contains(root))
        {
            return null;
        }

        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content))
        {
            root.Write(writer, report.Wrong);
        }

        return JsonSerializer.Deserialize(content.WrittenSpan, Tolerant<T>.Of(type));
    }

    /// <summary>The document as JSON text.</summary>
    public static byte[] Write<T>(T document, JsonTypeInfo<T> type)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, document, type);
        }

        return content.WrittenSpan.ToArray();
    }

    /// <summary>The same type without required members: what is missing has been reported already.</summary>
    private static class Tolerant<T>
    {
        private static JsonTypeInfo<T>? _type;

        public static JsonTypeInfo<T> Of(JsonTypeInfo<T> type) => _type ??= Create(type);

        private static JsonTypeInfo<T> Create(JsonTypeInfo<T> type)
        {
            var options = new JsonSerializerOptions(type.Options)
            {
                TypeInfoResolver = type.OriginatingResolver!.WithAddedModifier(static info =>
                {
                    foreach (var property in info.Properties)
                    {
                        property.IsRequired = false;
                    }
                }),
            };
            return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        }
    }
}
