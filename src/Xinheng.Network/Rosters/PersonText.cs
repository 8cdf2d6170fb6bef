using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Xinheng.Network;

/// <summary>Ids of people as the bytes they are compared by.</summary>
internal static class PersonText
{
    public const int MaxBytes = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the id in UTF-8. <see langword="false"/> when it is no Unicode text or does not fit.</summary>
    public static bool TryEncode(ReadOnlySpan<char> person, Span<byte> bytes, out int length) =>
        Utf8.FromUtf16(person, bytes, out _, out length, replaceInvalidSequences: false) == OperationStatus.Done;

    public static bool IsValid(ReadOnlySpan<byte> person) => person.Length <= MaxBytes && Utf8.IsValid(person) && !IsBlank(person);

    public static string Decode(ReadOnlySpan<byte> person) => Strict.GetString(person);

    private static bool IsBlank(ReadOnlySpan<byte> person)
    {
        while (Rune.DecodeFromUtf8(person, out var rune, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
        {
            person = person[length..];
        }

        return person.IsEmpty;
    }

    public static ArgumentException Unusable(string parameter) =>
        new("A person needs an id of 1 to 1,024 bytes of UTF-8. Quarantine the row.", parameter);
}
