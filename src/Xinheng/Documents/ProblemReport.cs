namespace Xinheng.Documents;

/// <summary>Collects the problems of one document and knows on which line each path stands.</summary>
internal sealed class ProblemReport(string file)
{
    private readonly List<Problem> _problems = [];

    /// <summary>The parsed document; gives lines to problems that know their path only.</summary>
    public DocumentNode? Root { get; set; }

    public IReadOnlyList<Problem> Problems => [.. _problems.OrderBy(p => p.Line)];

    public int Count => _problems.Count;

    public void Add(string code, string path, string found, string expected, string action = "") =>
        Add(code, Root?.Find(path), path, found, expected, action);

    public void Add(string code, DocumentNode node, string found, string expected, string action = "") =>
        Add(code, node, node.Path, found, expected, action);

    public void AddAtLine(string code, long? line, string found, string expected, string action = "") =>
        _problems.Add(new Problem { Code = code, File = file, Line = line, Found = found, Expected = expected, Action = action });

    private void Add(string code, DocumentNode? node, string path, string found, string expected, string action) => _problems.Add(new Problem
    {
        Code = code, File = file, Line = node?.Line, Path = path, Found = found, Expected = expected, Action = action,
    });
}
