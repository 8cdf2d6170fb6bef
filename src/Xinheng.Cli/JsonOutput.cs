using System.Text.Json;

namespace Xinheng.Cli;

/// <summary>A JSON document on the standard output, with a line end behind it.</summary>
internal sealed class JsonOutput : IDisposable
{
    private readonly Stream _stream = Console.OpenStandardOutput();

    public JsonOutput() => Writer = new Utf8JsonWriter(_stream, JsonText.Options);

    public Utf8JsonWriter Writer { get; }

    public void Dispose()
    {
        Writer.Dispose();
        _stream.Write("\n"u8);
        _stream.Dispose();
    }
}
