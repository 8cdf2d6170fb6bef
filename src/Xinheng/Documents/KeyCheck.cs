namespace Xinheng.Documents;

/// <summary>Holds a key against mistakes that public code has made with it although everything adds up.</summary>
internal static class KeyCheck
{
    /// <summary>So many items in a row are seldom a subscale: authors mix the items.</summary>
    private const int ShortestBlock = 4;

    /// <summary>Words of our own item labels that speak of ending one's life or hurting oneself.</summary>
    private static readonly string[] Danger = ["suicid", "self-harm", "death", "自杀", "自伤", "自残", "轻生", "求死", "死亡"];

    public static void Run(InstrumentDefinition definition, Func<string, IEnumerable<int>> expand, ProblemReport report)
    {
        var keys = definition.Scores.Select(score => score is ItemScore items ? items.Items.SelectMany(expand).ToHashSet() : null).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            // Consecutive blocks add up and partition the items, so nothing but the source shows that they were guessed.
            if (keys[i] is { Count: >= ShortestBlock } key
                && key.Max() - key.Min() == key.Count - 1
                && definition.Scores[i].Evidence.Verdict is not (Verdict.Publication or Verdict.Implementations)
                && keys.Any(other => other is { Count: > 0 } && !other.Overlaps(key)))
            {
                report.Add("consecutive-key", $"$.scores[{i}].items", $"a subscale of {key.Count} items in a row", "items as the source keys them, with evidence of verdict 'publication' or 'implementations'", "Check the key; consecutive blocks are often guessed");
            }
        }

        var keyed = keys.OfType<HashSet<int>>()
            .Aggregate(new HashSet<int>(), (all, key) => [.. all, .. key])
            .Union(definition.Scores.OfType<QuantityScore>().SelectMany(score => expand(score.Item)))
            .ToHashSet();
        for (var i = 0; i < definition.Items.Count; i++)
        {
            var item = definition.Items[i];
            if (item.Reverse && !keyed.Contains(i))
            {
                report.Add("reversed-unkeyed", $"$.items[{i}].reverse", $"item '{item.Id}' is reversed and no score adds it up", "reversal of keyed items only");
            }

            if (definition.CriticalItems.All(c => c.Item != item.Id)
                && Danger.Any(word => item.Label.En.Contains(word, StringComparison.OrdinalIgnoreCase) || item.Label.ZhHans.Contains(word, StringComparison.Ordinal)))
            {
                report.Add("critical-item-missing", $"$.items[{i}]", $"item '{item.Id}' speaks of death or of hurting oneself, and no critical item names it", "a critical item, whatever scale the item belongs to");
            }
        }
    }
}
