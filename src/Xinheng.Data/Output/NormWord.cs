namespace Xinheng.Data;

/// <summary>What the column <c>&lt;score&gt;_norm</c> says: the group whose norm was used, or why there is none.</summary>
internal sealed class NormWord
{
    // No id and no status word has a colon.
    private const string Mark = ":unconfirmed";

    private readonly string[] _groups;
    private readonly string[] _unconfirmed;

    public NormWord(NormSet norms)
    {
        _groups = [.. norms.Document.Groups.Select(g => g.Id)];
        _unconfirmed = [.. _groups.Select(g => g + Mark)];
    }

    /// <summary>The word of one result.</summary>
    public static string Of(NormResult result) => result.Status switch
    {
        NormStatus.Ok => result.Group!.Id,
        NormStatus.Unconfirmed => result.Group!.Id + Mark,
        var status => ScoreText.Of(status),
    };

    /// <summary>The word of one person, without a new text.</summary>
    public string Of(NormBlock block, int score, int person) => block.Statuses(score)[person] switch
    {
        NormStatus.Ok => _groups[block.Groups(score)[person]],
        NormStatus.Unconfirmed => _unconfirmed[block.Groups(score)[person]],
        var status => ScoreText.Of(status),
    };
}
