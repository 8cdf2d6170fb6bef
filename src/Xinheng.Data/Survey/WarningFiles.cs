using System.Runtime.ExceptionServices;
using Xinheng.Network;

namespace Xinheng.Data;

/// <summary>Writes the warnings of a survey: a folder per audience, in it a file per unit, school by school on all threads.</summary>
/// <remarks>
/// What all but the psychologist read follows from the tier, so it is made here, at the end, from the state of the network;
/// the psychologist's lines wait in the spill. The psychologist's lists go by due time, then tier; all others by person, so
/// that a place in the list says nothing.
/// </remarks>
internal sealed class WarningFiles
{
    private readonly SurveyRequest _request;
    private readonly WarningProjector _projector;
    private readonly NetworkState _state;
    private readonly Roster _roster;
    private readonly SurveyStage _stage;
    private readonly WarningSpill _spill;
    private readonly OutputFolder _output;
    private readonly DateTimeOffset _start;

    public WarningFiles(SurveyRequest request, NetworkState state, SurveyStage stage, WarningSpill spill, OutputFolder output)
    {
        (_request, _state, _roster, _stage, _spill, _output) = (request, state, state.Roster, stage, spill, output);
        _projector = new WarningProjector(request.Policy, request.Calendar, request.Wave);
        _start = request.Calendar.StartOf(request.AsOf);
    }

    public void Write(IReadOnlyList<UnitWarning> unitWarnings, UnitTallies tallies, CancellationToken cancellation)
    {
        foreach (var audience in _request.Policy.Definition.Notifications.Select(n => n.Audience).Append(Audience.Psychologist).Distinct())
        {
            _output.Write($"warnings/{PolicyText.Of(audience)}/texts.json", WarningJson.Texts(_request.Policy.Definition, audience));
        }

        // Group 0 holds whom the roster does not know, group 1 members without a school, then one group for each school.
        var units = _roster.Units;
        int[] schools = [.. Enumerable.Range(0, units.Count).Where(unit => units.Level(unit) == UnitLevel.School)];
        var groupOfUnit = new int[units.Count];
        Array.Fill(groupOfUnit, 1);
        for (var i = 0; i < schools.Length; i++)
        {
            groupOfUnit.AsSpan(schools[i]..units.End(schools[i])).Fill(i + 2);
        }

        var groups = schools.Length + 2;
        _spill.Group(groups, member => member < 0 ? 0 : groupOfUnit[_roster[member].HomeUnit]);
        var members = MembersByGroup(groups, groupOfUnit, out var starts);
        var ofSchool = unitWarnings.ToLookup(w => groupOfUnit[units.IndexOf(w.Unit)]);
        var next = -1;
        var workers = Enumerable.Range(0, _request.Scores.Threads).Select(_ => Task.Run(Work, cancellation)).ToArray();
        try
        {
            Task.WaitAll(workers, CancellationToken.None);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        WriteOffices(tallies);

        void Work()
        {
            using var folder = new Folder(this);
            for (var group = Interlocked.Increment(ref next); group < groups; group = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                folder.Write(group, group < 2 ? -1 : schools[group - 2], members.AsSpan(starts[group]..starts[group + 1]), ofSchool[group]);
            }
        }
    }

    private int[] MembersByGroup(int groups, int[] groupOfUnit, out int[] starts)
    {
        starts = new int[groups + 1];
        for (var member = 0; member < _roster.Count; member++)
        {
            starts[groupOfUnit[_roster[member].HomeUnit] + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        var members = new int[_roster.Count];
        var next = starts.AsSpan(0, groups).ToArray();
        for (var member = 0; member < members.Length; member++)
        {
            members[next[groupOfUnit[_roster[member].HomeUnit]]++] = member;
        }

        return members;
    }

    /// <summary>Counties and the province get counts, with small groups withheld.</summary>
    private void WriteOffices(UnitTallies tallies)
    {
        var text = new TextBuffer();
        using var json = new WarningJson(text);
        foreach (var (unit, report) in OfficeReport.CreateAll(tallies, _request.Policy.Definition))
        {
            var level = tallies.Units.Level(unit);
            if (level is UnitLevel.County or UnitLevel.Province)
            {
                text.Clear();
                json.Lines(report);
                _output.Write($"warnings/{(level == UnitLevel.Province ? "province/province" : $"county/{UnitFile.Name(tallies.Units, unit)}")}.jsonl", text.Written);
            }
        }
    }

    /// <summary>The files of one school, written when all its people are done; used again for the next school.</summary>
    private sealed class Folder(WarningFiles files) : IDisposable
    {
        /// <summary>One for each audience that has a file per school, and one for warnings about units: these grow long.</summary>
        private readonly Lines[] _ofSchool = [.. Enum.GetValues<Audience>().Select(_ => new Lines())];
        private readonly Lines _aboutUnits = new();

        /// <summary>For the files of classes, dormitories and grades: many, and short.</summary>
        private readonly List<Lines> _short = [];
        private readonly Dictionary<(Audience Audience, int Unit), Lines> _open = [];
        private readonly Dictionary<int, string> _codes = [];
        private int _used;

        public void Write(int group, int school, ReadOnlySpan<int> members, IEnumerable<UnitWarning> unitWarnings)
        {
            foreach (var member in members)
            {
                Add(files._state[member], PlaceOf(member), member);
            }

            if (group == 0)
            {
                foreach (var person in files._state.Unassigned())
                {
                    Add(person.State, new PersonPlace { Person = person.Person }, -1);
                }
            }

            foreach (var warning in unitWarnings)
            {
                _aboutUnits.Json.Line(warning);
            }

            var ofSchool = school >= 0 ? UnitFile.Name(files._roster.Units, school) : group == 0 ? "not-on-the-roster" : "without-a-school";
            if (files._spill.Has(group))
            {
                files._output.Write($"warnings/{PolicyText.Of(Audience.Psychologist)}/{ofSchool}.jsonl", stream => files._spill.Copy(group, stream));
            }

            foreach (var audience in Enum.GetValues<Audience>())
            {
                Write(_ofSchool[(int)audience], PolicyText.Of(audience), ofSchool);
            }

            foreach (var ((audience, unit), lines) in _open)
            {
                Write(lines, PolicyText.Of(audience), UnitFile.Name(files._roster.Units, unit));
            }

            Write(_aboutUnits, "psychologist-units", ofSchool);
            _open.Clear();
            _codes.Clear();
            _used = 0;
        }

        public void Dispose()
        {
            foreach (var lines in _short.Concat(_ofSchool).Append(_aboutUnits))
            {
                lines.Json.Dispose();
            }
        }

        private void Write(Lines lines, string audience, string name)
        {
            if (lines.Text.Length > 0)
            {
                files._output.Write($"warnings/{audience}/{name}.jsonl", lines.Text.Written);
                lines.Text.Clear();
            }
        }

        private void Add(in PersonState state, PersonPlace place, int member)
        {
            if (!files._projector.Tells(state, files._stage.FactsOf(member, place.Person)))
            {
                return;
            }

            foreach (var warning in files._projector.ProjectForOthers(state.Outcome, place, files._start))
            {
                var lines = warning.Audience switch
                {
                    Audience.ClassTeacher => For(warning.Audience, files._roster.UnitAt(member, UnitLevel.Class)),
                    Audience.DormitoryHead => For(warning.Audience, files._roster.UnitAt(member, UnitLevel.Dormitory)),
                    Audience.GradeHead => For(warning.Audience, files._roster.UnitAt(member, UnitLevel.Grade)),
                    _ => _ofSchool[(int)warning.Audience],
                };
                lines.Json.Line(warning);
            }
        }

        /// <summary>As <see cref="PersonPlace.Of(Roster, int)"/>, with one text per unit of the school.</summary>
        private PersonPlace PlaceOf(int member)
        {
            return new PersonPlace
            {
                Person = files._roster.Person(member), Class = Code(UnitLevel.Class), Dormitory = Code(UnitLevel.Dormitory), Grade = Code(UnitLevel.Grade), School = Code(UnitLevel.School),
            };

            string? Code(UnitLevel level) =>
                files._roster.UnitAt(member, level) is not (>= 0 and var unit) ? null
                : _codes.TryGetValue(unit, out var code) ? code
                : _codes[unit] = files._roster.Units.Code(unit);
        }

        private Lines For(Audience audience, int unit)
        {
            if (!_open.TryGetValue((audience, unit), out var lines))
            {
                if (_used == _short.Count)
                {
                    _short.Add(new Lines());
                }

                _open.Add((audience, unit), lines = _short[_used++]);
            }

            return lines;
        }
    }

    private sealed class Lines
    {
        public Lines() => Json = new WarningJson(Text);

        public TextBuffer Text { get; } = new(1 << 12);

        public WarningJson Json { get; }
    }
}

/// <summary>Names of files of units: readable, safe in every file system, and one per unit.</summary>
internal static class UnitFile
{
    private const int MaxLabel = 40;

    public static string Name(UnitTree units, int unit)
    {
        var code = units.Code(unit);
        var label = string.Concat(units.Label(unit).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code)).AsSpan(0, 8));
        return label.Length == 0 ? hash : $"{(label.Length > MaxLabel ? label[..MaxLabel] : label)}-{hash}";
    }
}
