using System.Runtime.InteropServices;

namespace Xinheng.Network;

/// <summary>Collects units in any order and numbers them by their paths.</summary>
internal sealed class UnitTreeBuilder
{
    private readonly Dictionary<(int Parent, UnitLevel Level, string Label), int> _nodeOf = [];
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly List<Node> _nodes = [new(-1, UnitLevel.Province, "")];

    public int Count => _nodes.Count;

    /// <summary>The node of a unit, made when it is new. A blank label is the parent itself.</summary>
    public int Add(int parent, UnitLevel level, string label)
    {
        if (label.Length == 0)
        {
            return parent;
        }

        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodeOf, (parent, level, label), out var known);
        if (!known)
        {
            // Labels such as "3" stand in every school: one text for all of them.
            if (!_labels.TryGetValue(label, out var shared))
            {
                _labels.Add(label, shared = label);
            }

            node = _nodes.Count;
            _nodes.Add(new(parent, level, shared));
        }

        return node;
    }

    /// <summary>The node at a level that a node is or stands under; -1 when there is none.</summary>
    public int Ancestor(int node, UnitLevel level)
    {
        while (node >= 0 && _nodes[node].Level != level)
        {
            node = _nodes[node].Parent;
        }

        return node;
    }

    public UnitLevel Level(int node) => _nodes[node].Level;

    /// <summary>Order of two nodes by their paths; -1 stands before every node.</summary>
    public int Compare(int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        Span<int> leftPath = stackalloc int[7];
        Span<int> rightPath = stackalloc int[7];
        leftPath = Path(left, leftPath);
        rightPath = Path(right, rightPath);
        for (var i = 0; i < leftPath.Length && i < rightPath.Length; i++)
        {
            if (CompareSiblings(leftPath[i], rightPath[i]) is var order && order != 0)
            {
                return order;
            }
        }

        return leftPath.Length.CompareTo(rightPath.Length);
    }

    /// <summary>The tree of the used nodes and all above them.</summary>
    /// <param name="used">Which nodes are used; those above are marked as well.</param>
    /// <param name="units">The unit of each node; -1 for nodes that are not used.</param>
    public UnitTree Build(bool[] used, out int[] units)
    {
        used[0] = true;
        var firstChild = new int[_nodes.Count + 1];
        var count = 1;

        // Parents are made before their children, so a walk from the last node marks every line upwards.
        for (var node = _nodes.Count - 1; node > 0; node--)
        {
            if (used[node])
            {
                used[_nodes[node].Parent] = true;
                firstChild[_nodes[node].Parent + 1]++;
                count++;
            }
        }

        for (var node = 0; node < _nodes.Count; node++)
        {
            firstChild[node + 1] += firstChild[node];
        }

        var children = new int[count - 1];
        var next = firstChild.AsSpan(0, _nodes.Count).ToArray();
        for (var node = 1; node < _nodes.Count; node++)
        {
            if (used[node])
            {
                children[next[_nodes[node].Parent]++] = node;
            }
        }

        units = new int[_nodes.Count];
        Array.Fill(units, -1);
        var (levels, labels, parents, ends) = (new UnitLevel[count], new string[count], new int[count], new int[count]);
        var unit = 0;
        Number(0, -1, units);
        return new UnitTree(levels, labels, parents, ends);

        void Number(int node, int parent, int[] unitOf)
        {
            var here = unit++;
            unitOf[node] = here;
            (levels[here], labels[here], parents[here]) = (_nodes[node].Level, _nodes[node].Label, parent);
            var below = children.AsSpan(firstChild[node]..firstChild[node + 1]);
            below.Sort(CompareSiblings);
            for (var child = firstChild[node]; child < firstChild[node + 1]; child++)
            {
                Number(children[child], here, unitOf);
            }

            ends[here] = unit;
        }
    }

    private int CompareSiblings(int left, int right)
    {
        var order = _nodes[right].Level.CompareTo(_nodes[left].Level);
        return order != 0 ? order : string.CompareOrdinal(_nodes[left].Label, _nodes[right].Label);
    }

    private Span<int> Path(int node, Span<int> path)
    {
        var start = path.Length;
        for (; node >= 0; node = _nodes[node].Parent)
        {
            path[--start] = node;
        }

        return path[start..];
    }

    private readonly record struct Node(int Parent, UnitLevel Level, string Label);
}
