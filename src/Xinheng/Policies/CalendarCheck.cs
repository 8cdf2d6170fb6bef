using System.Globalization;
using System.Text.Json;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>Checks the meaning of a calendar; every rule reports, none stops the others.</summary>
internal sealed class CalendarCheck
{
    public const int MaxTerms = 40;
    public const int MaxHolidays = 400;
    public const int MaxMakeUpDays = 400;
    public const int MaxSpanDays = 366;
    public const int MinYear = 1990;
    public const int MaxYear = 2100;
    private const int MaxOffsetHours = 14;
    private const int MaxZoneLength = 64;

    private readonly CalendarDefinition _calendar;
    private readonly ProblemReport _report;

    private CalendarCheck(CalendarDefinition calendar, ProblemReport report)
    {
        _calendar = calendar;
        _report = report;
    }

    public static void Run(CalendarDefinition calendar, ProblemReport report)
    {
        var check = new CalendarCheck(calendar, report);
        check.CheckIdentity();
        check.CheckEvidence();
        check.CheckWeek();
        check.CheckHours();
        check.CheckTerms();
        check.CheckSpans("holidays", [.. calendar.Holidays.Select(h => (h.From, h.To))]);
        check.CheckMakeUpDays();
    }

    /// <summary>The numbers of the school days, rising.</summary>
    public static int[] SchoolDays(CalendarDefinition calendar) =>
    [
        .. calendar.Terms
            .SelectMany(term => Enumerable.Range(term.From.DayNumber, term.To.DayNumber - term.From.DayNumber + 1))
            .Where(day => IsOrdinary(calendar, DateOnly.FromDayNumber(day)))
            .Concat(calendar.MakeUpDays.Select(day => day.Date.DayNumber))
            .Order(),
    ];

    private static bool IsOrdinary(CalendarDefinition calendar, DateOnly day) =>
        calendar.Weekdays.Contains(day.DayOfWeek) && !IsHoliday(calendar, day);

    private static bool IsHoliday(CalendarDefinition calendar, DateOnly day) => calendar.Holidays.Any(holiday => holiday.From <= day && day <= holiday.To);

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"$.{list}[{index}]");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private bool Has(string path) => _report.Has(path);

    private void CheckIdentity()
    {
        InstrumentCheck.CheckIdentity(_calendar.Id, _calendar.Version, _report);
        if (Has("$.timeZone") && (_calendar.TimeZone.Length is 0 or > MaxZoneLength || !_calendar.TimeZone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')))
        {
            _report.Add("invalid-time-zone", "$.timeZone", "a name of another form", $"at most {MaxZoneLength} letters, digits and / _ + -, such as Asia/Shanghai");
        }

        if (_calendar.UtcOffset.Duration() > TimeSpan.FromHours(MaxOffsetHours))
        {
            _report.Add("invalid-offset", "$.utcOffset", $"more than {MaxOffsetHours} hours", $"at most {MaxOffsetHours} hours, such as +08:00");
        }
    }

    private void CheckEvidence()
    {
        foreach (var fact in Enum.GetValues<CalendarFact>())
        {
            var name = JsonNamingPolicy.KebabCaseLower.ConvertName(fact.ToString());
            if (_calendar.Evidence.TryGetValue(fact, out var evidence))
            {
                Check($"$.evidence.{name}", evidence);
            }
            else if (Has("$.evidence") && !Has($"$.evidence.{name}"))
            {
                _report.Add("missing-evidence", "$.evidence", $"no evidence for '{name}'", $"a member '{name}' that says what the fact rests on");
            }
        }

        foreach (var (list, evidence) in new[]
        {
            ("terms", _calendar.Terms.Select(t => t.Evidence)),
            ("holidays", _calendar.Holidays.Select(h => h.Evidence)),
            ("makeUpDays", _calendar.MakeUpDays.Select(d => d.Evidence)),
        })
        {
            foreach (var (i, one) in evidence.Index())
            {
                Check($"{At(list, i)}.evidence", one);
            }
        }

        void Check(string path, Evidence evidence) => InstrumentCheck.CheckEvidence(path, evidence, _calendar.Sources, _report);
    }

    private void CheckWeek()
    {
        if (Has("$.weekdays") && _calendar.Weekdays.Count == 0)
        {
            _report.Add("empty-week", "$.weekdays", "no day", "at least one day of the week");
        }

        for (var i = 0; i < _calendar.Weekdays.Count; i++)
        {
            if (_calendar.Weekdays.Take(i).Contains(_calendar.Weekdays[i]))
            {
                _report.Add("duplicate-weekday", At("weekdays", i), "a day a second time", "each day of the week once");
            }
        }
    }

    private void CheckHours()
    {
        var hours = _calendar.Hours;
        Rising("opens", hours.Opens, "endOfDay", hours.EndOfDay, strictly: true);
        Rising("endOfDay", hours.EndOfDay, "evening", hours.Evening, strictly: false);
        Rising("evening", hours.Evening, "closes", hours.Closes, strictly: false);

        void Rising(string earlier, TimeOnly from, string later, TimeOnly to, bool strictly)
        {
            if (Has($"$.hours.{earlier}") && Has($"$.hours.{later}") && (to < from || (strictly && to == from)))
            {
                _report.Add(
                    "invalid-hours",
                    $"$.hours.{later}",
                    $"{Text(to)} with '{earlier}' at {Text(from)}",
                    strictly ? $"a time after '{earlier}'" : $"a time not before '{earlier}'");
            }
        }
    }

    private void CheckTerms()
    {
        if (Has("$.terms") && _calendar.Terms.Count is 0 or > MaxTerms)
        {
            _report.Add("too-many-dates", "$.terms", $"{_calendar.Terms.Count} terms", $"1 to {MaxTerms} terms");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, term) in _calendar.Terms.Index())
        {
            if (Has($"{At("terms", i)}.id") && !(InstrumentCheck.IsKebab(term.Id) && seen.Add(term.Id)))
            {
                _report.Add("duplicate-id", $"{At("terms", i)}.id", $"term '{term.Id}'", "a kebab-case id, each once");
            }
        }

        CheckSpans("terms", [.. _calendar.Terms.Select(t => (t.From, t.To))]);
    }

    private void CheckSpans(string list, (DateOnly From, DateOnly To)[] spans)
    {
        if (list == "holidays" && spans.Length > MaxHolidays)
        {
            _report.Add("too-many-dates", "$.holidays", $"{spans.Length} holidays", $"at most {MaxHolidays} holidays");
        }

        (DateOnly From, DateOnly To)? before = null;
        foreach (var (i, (from, to)) in spans.Index())
        {
            var path = At(list, i);
            if (!Has($"{path}.from") || !Has($"{path}.to"))
            {
                continue;
            }

            CheckYear($"{path}.from", from);
            CheckYear($"{path}.to", to);
            if (to < from)
            {
                _report.Add("reversed-dates", $"{path}.to", $"{Text(to)} after a first day {Text(from)}", "a last day that is not before the first day");
            }
            else if (to.DayNumber - from.DayNumber >= MaxSpanDays)
            {
                _report.Add("too-many-days", $"{path}.to", $"{to.DayNumber - from.DayNumber + 1} days", $"at most {MaxSpanDays} days");
            }

            if (before is { } previous)
            {
                if (from < previous.From)
                {
                    _report.Add("unordered-dates", $"{path}.from", $"{Text(from)} after an entry that begins on {Text(previous.From)}", "entries in the order of their dates");
                }
                else if (from <= previous.To)
                {
                    _report.Add("overlapping-dates", $"{path}.from", $"{Text(from)} within the entry before, which lasts until {Text(previous.To)}", "entries that share no day");
                }
            }

            before = (from, to);
        }
    }

    private void CheckMakeUpDays()
    {
        if (_calendar.MakeUpDays.Count > MaxMakeUpDays)
        {
            _report.Add("too-many-dates", "$.makeUpDays", $"{_calendar.MakeUpDays.Count} make-up days", $"at most {MaxMakeUpDays} make-up days");
        }

        DateOnly? previous = null;
        foreach (var (i, makeUp) in _calendar.MakeUpDays.Index())
        {
            var path = $"{At("makeUpDays", i)}.date";
            if (!Has(path))
            {
                continue;
            }

            var day = makeUp.Date;
            CheckYear(path, day);
            if (day <= previous)
            {
                _report.Add("unordered-dates", path, $"{Text(day)} after {Text(previous.Value)}", "days in their order, each once");
            }

            previous = day;
            if (IsHoliday(_calendar, day))
            {
                _report.Add("make-up-in-holiday", path, $"{Text(day)}, which lies in a holiday", "a day that is no holiday", "Shorten the holiday or remove the make-up day");
            }
            else if (_calendar.Weekdays.Contains(day.DayOfWeek))
            {
                _report.Add("make-up-on-school-day", path, $"{Text(day)}, which is a school day already", "a day that would be free", "Remove the make-up day");
            }

            if (!_calendar.Terms.Any(term => term.From <= day && day <= term.To))
            {
                _report.Add("make-up-outside-terms", path, $"{Text(day)}, which lies in no term", "a day of a term", "Correct the date or the term, or remove the make-up day");
            }
        }
    }

    private void CheckYear(string path, DateOnly day)
    {
        if (day.Year is < MinYear or > MaxYear)
        {
            _report.Add("invalid-year", path, Text(day), $"a year from {MinYear} to {MaxYear}");
        }
    }
}
