namespace Xinheng.Documents;

/// <summary>Collects the problems of one document and knows on which line each path stands.</summary>
/// <param name="file">The file as the caller named it.</param>
/// <param name="mayPrint">
/// For a document whose content must not be printed: the names of members that may be; no value is. <see langword="null"/> = everything may.
/// </param>
internal sealed class ProblemReport(string file, Func<string, bool>? mayPrint = null)
{
    private const string Hidden = "…";

    /// <summary>More problems than anybody reads; a hostile file could have millions.</summary>
    public const int MaxProblems = 1_000;

    private const int MaxText = 400;

    private readonly List<Problem> _problems = [];

    /// <summary>The parsed document; gives lines to problems that know their path only.</summary>
    public DocumentNode? Root { get; set; }

    /// <summary>Nodes that do not fit the document's structure and were left out when it was read.</summary>
    public HashSet<DocumentNode> Wrong { get; } = [];

    /// <summary>Whether values of the document must not be printed.</summary>
    public bool HidesContent => mayPrint is not null;

    public IReadOnlyList<Problem> Problems => [.. _problems.OrderBy(p => p.Line)];

    public int Count => _problems.Count;

    /// <summary>A member's name as it may be printed.</summary>
    public string NameOf(string name) => mayPrint?.Invoke(name) == false ? Hidden : name;

    /// <summary>Whether the document has a member in a form that could be read; a missing one has been reported already.</summary>
    public bool Has(string path)
    {
        Root!.Find(path, Wrong, out var rest);
        return rest.IsEmpty;
    }

    public void Add(string code, string path, string found, string expected, string action = "")
    {
        if (Root is null)
        {
            Add(code, null, path, found, expected, action);
        }
        else if (Count < MaxProblems)
        {
            var node = Root.Find(path, Wrong, out var rest);
            Add(code, node.Line, string.Concat(node.Path(NameOf), rest), found, expected, action);
        }
    }

    public void Add(string code, DocumentNode node, string found, string expected, string action = "")
    {
        if (Count < MaxProblems)
        {
            Add(code, node.Line, node.Path(NameOf), found, expected, action);
        }
    }

    public void AddAtLine(string code, long? line, string found, string expected, string action = "") =>
        Add(code, line, null, found, expected, action);

    private void Add(string code, long? line, string? path, string found, string expected, string action)
    {
        if (Count < MaxProblems)
        {
            _problems.Add(new Problem
            {
                Code = code, File = file, Line = line, Path = path is null ? null : Printable(path), Found = Printable(found), Expected = Printable(expected), Action = action,
            });
        }
    }

    /// <summary>What a file says, so that it cannot make a message unreadable.</summary>
    private static string Printable(string text)
    {
        var shown = text.Length > MaxText ? text[..MaxText] + "…" : text;
        return string.Concat(shown.Select(c => DocumentNode.IsUnsafe(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
    }
}
