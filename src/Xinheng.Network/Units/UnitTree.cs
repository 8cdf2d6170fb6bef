using System.Globalization;
using System.Text;

namespace Xinheng.Network;

/// <summary>The units of a province: classes in grades in schools in counties in cities, and dormitories in schools.</summary>
/// <remarks>
/// Immutable and thread-safe. A unit is known by its path, so that class 3 of two schools is two units. Units are numbered
/// from the province, 0, in the order of their paths (higher levels first, labels by UTF-16 code unit), a unit before all
/// that stand under it and these without a gap: the numbers do not depend on the order of any input. A level that is missing
/// in a path is left out: a school without a county stands under its city or under the province.
/// </remarks>
public sealed class UnitTree
{
    private static readonly string[] Names = ["class", "dormitory", "grade", "school", "county", "city", "province"];

    private readonly UnitLevel[] _levels;
    private readonly string[] _labels;
    private readonly int[] _parents;
    private readonly int[] _ends;

    internal UnitTree(UnitLevel[] levels, string[] labels, int[] parents, int[] ends)
    {
        (_levels, _labels, _parents, _ends) = (levels, labels, parents, ends);
    }

    /// <summary>Number of units, at least 1: the province.</summary>
    public int Count => _levels.Length;

    internal ReadOnlySpan<int> Parents => _parents;

    /// <summary>Level of a unit.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public UnitLevel Level(int unit) => _levels[unit];

    /// <summary>The unit's own label, as the roster writes it without blanks around it; empty for the province.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public string Label(int unit) => _labels[unit];

    /// <summary>The unit above; -1 for the province.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public int Parent(int unit) => _parents[unit];

    /// <summary>The first number after the unit and all that stand under it: these are the numbers between.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public int End(int unit) => _ends[unit];

    /// <summary>The units directly under a unit, in order: grades, classes without a grade, and dormitories of a school, for example.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public IEnumerable<int> Children(int unit)
    {
        var end = _ends[unit];
        return Walk(unit + 1, end);

        IEnumerable<int> Walk(int first, int last)
        {
            for (var child = first; child < last; child = _ends[child])
            {
                yield return child;
            }
        }
    }

    /// <summary>
    /// Stable text of a unit: its path, for example <c>city:A/county:B/school:C/grade:1/class:3</c>, and <c>province</c> for the
    /// province. Within a label <c>/</c> is written <c>%2F</c> and <c>%</c> is written <c>%25</c>.
    /// </summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public string Code(int unit)
    {
        if (_parents[unit] < 0)
        {
            return NameOf(UnitLevel.Province);
        }

        var text = new StringBuilder();
        Append(text, unit);
        return text.ToString();
    }

    /// <summary>The unit with a code; -1 when there is none.</summary>
    public int IndexOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code == NameOf(UnitLevel.Province))
        {
            return 0;
        }

        var unit = 0;
        foreach (var step in code.Split('/'))
        {
            var colon = step.IndexOf(':', StringComparison.Ordinal);
            var level = colon < 0 ? -1 : Array.IndexOf(Names, step[..colon]);
            if (level < 0)
            {
                return -1;
            }

            var label = Unescape(step[(colon + 1)..]);
            var child = Child(unit, (UnitLevel)level, label);
            if (child < 0)
            {
                return -1;
            }

            unit = child;
        }

        return Code(unit) == code ? unit : -1;
    }

    /// <summary>The unit at a level that a unit is or stands under; -1 when there is none.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such unit.</exception>
    public int Ancestor(int unit, UnitLevel level)
    {
        while (unit >= 0 && _levels[unit] != level)
        {
            unit = _parents[unit];
        }

        return unit;
    }

    /// <summary>The number of units. Never a label.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} units");

    /// <summary>Whether a unit of one level may stand directly under one of another.</summary>
    internal static bool MayStandUnder(UnitLevel level, UnitLevel parent) => level switch
    {
        UnitLevel.Class => parent is UnitLevel.Grade or UnitLevel.School,
        UnitLevel.Dormitory or UnitLevel.Grade => parent == UnitLevel.School,
        UnitLevel.School or UnitLevel.County or UnitLevel.City => parent > level && parent <= UnitLevel.Province,
        _ => false,
    };

    private static string NameOf(UnitLevel level) => Names[(int)level];

    private static string Unescape(string label) =>
        label.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private int Child(int unit, UnitLevel level, string label)
    {
        for (var child = unit + 1; child < _ends[unit]; child = _ends[child])
        {
            if (_levels[child] == level && _labels[child] == label)
            {
                return child;
            }
        }

        return -1;
    }

    private void Append(StringBuilder text, int unit)
    {
        if (_parents[unit] > 0)
        {
            Append(text, _parents[unit]);
            text.Append('/');
        }

        text.Append(NameOf(_levels[unit])).Append(':');
        foreach (var c in _labels[unit])
        {
            _ = c switch
            {
                '/' => text.Append("%2F"),
                '%' => text.Append("%25"),
                _ => text.Append(c),
            };
        }
    }
}
