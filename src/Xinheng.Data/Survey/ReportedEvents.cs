using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>What people reported, by person. Nothing of it is lost: a report that cannot be read in full becomes a task.</summary>
internal sealed class ReportedEvents
{
    private static readonly (string[] Names, bool Required)[] Columns =
        [(["person", "学号", "编号"], true), (["date", "日期"], true), (["kind", "类型"], true), (["source", "来源"], false)];

    private readonly Dictionary<int, List<PersonEvent>> _members = [];

    /// <summary>Reports about people whom the roster does not know, by id.</summary>
    public SortedDictionary<string, List<PersonEvent>> Unknown { get; } = new(StringComparer.Ordinal);

    public int Unread { get; private set; }

    public long Problems { get; private set; }

    public InputProbe? Probe { get; private set; }

    public static ReportedEvents Read(SurveyRequest request, Roster roster, Quarantine quarantine)
    {
        var events = new ReportedEvents();
        if (request.Events is null)
        {
            return events;
        }

        using var table = new SideTable(request.Events, quarantine, Columns);
        while (table.Read())
        {
            if (table.Text(0).IsEmpty)
            {
                table.SetAside("id-missing", "the person whom the report is about", "empty");
                events.Unread++;
                continue;
            }

            var kind = table.Label(2) ?? "";
            var day = table.Day(1, out _);
            if (!request.Policy.Definition.EventKinds.ContainsKey(kind))
            {
                table.Cell(2, "unknown-event-kind", string.Join(", ", request.Policy.Definition.EventKinds.Keys));
                events.Unread++;
            }
            else if (day is null)
            {
                events.Unread++;
            }

            // Without a readable day the report counts as one of today: too soon is better than not at all.
            var reported = new PersonEvent { Kind = kind, Date = day ?? request.AsOf, Source = table.Label(3) ?? "" };
            if (roster.IndexOf(table.Text(0)) is >= 0 and var member)
            {
                (events._members.TryGetValue(member, out var list) ? list : events._members[member] = []).Add(reported);
            }
            else
            {
                var person = table.Text(0).ToString();
                (events.Unknown.TryGetValue(person, out var list) ? list : events.Unknown[person] = []).Add(reported);
            }
        }

        table.CheckWhole();
        events.Problems = table.Problems;
        events.Probe = table.Probe;
        return events;
    }

    public IReadOnlyList<PersonEvent> Of(int member) => _members.TryGetValue(member, out var list) ? list : [];
}
