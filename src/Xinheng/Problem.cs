using System.Globalization;
using System.Text;

namespace Xinheng;

/// <summary>One thing that is wrong with a file: where it is, what was found, what was expected and what to do.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. A problem never carries an answer, a name or an identifier of a
/// person: it points at the place, and says what kind of content stood there.
/// </remarks>
public sealed record Problem
{
    /// <summary>Stable kebab-case code, for example <c>unknown-member</c>. Callers may branch on it.</summary>
    public required string Code { get; init; }

    /// <summary>The file as the caller named it.</summary>
    public required string File { get; init; }

    /// <summary>Line in the file, from 1; <see langword="null"/> where the file has no lines (a spreadsheet) or none applies.</summary>
    public long? Line { get; init; }

    /// <summary>JSON path from <c>$</c>; <see langword="null"/> for files that are not JSON.</summary>
    public string? Path { get; init; }

    /// <summary>Record or spreadsheet row, from 1, the header included; <see langword="null"/> where none applies.</summary>
    public long? Row { get; init; }

    /// <summary>Column heading or letter; <see langword="null"/> where none applies.</summary>
    public string? Column { get; init; }

    /// <summary>What was found, as a sentence without its full stop. Never the content of a person's cell.</summary>
    public required string Found { get; init; }

    /// <summary>What was expected, as a sentence without its full stop.</summary>
    public required string Expected { get; init; }

    /// <summary>What the reader can do about it, as a sentence without its full stop; may be empty.</summary>
    public string Action { get; init; } = "";

    /// <summary>One line for people: <c>code file(line): path: found. Expected: expected. Action.</c></summary>
    public override string ToString()
    {
        var text = new StringBuilder(Code).Append(' ').Append(File);
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $"({line})");
        }

        if (Row is { } row)
        {
            text.Append(CultureInfo.InvariantCulture, $" row {row}");
        }

        if (Column is not null)
        {
            text.Append(" column ").Append(Column);
        }

        if (Path is not null)
        {
            text.Append(' ').Append(Path);
        }

        text.Append(": ").Append(Found).Append(". Expected: ").Append(Expected).Append('.');
        if (Action.Length > 0)
        {
            text.Append(' ').Append(Action).Append('.');
        }

        return text.ToString();
    }
}
