using System.Globalization;
using System.Text.Json;

namespace Xinheng.Documents;

/// <summary>Checks the meaning of a battery; every rule reports, none stops the others.</summary>
internal sealed class BatteryCheck
{
    public const int MaxScales = 100;
    public const int MaxSeconds = 600;
    private const int MaxAge = 120;

    private readonly BatteryDefinition _battery;
    private readonly InstrumentCatalog _catalog;
    private readonly ProblemReport _report;

    private BatteryCheck(BatteryDefinition battery, InstrumentCatalog catalog, ProblemReport report)
    {
        _battery = battery;
        _catalog = catalog;
        _report = report;
    }

    public static void Run(BatteryDefinition battery, InstrumentCatalog catalog, ProblemReport report)
    {
        var check = new BatteryCheck(battery, catalog, report);
        InstrumentCheck.CheckIdentity(battery.Id ?? "", battery.Version ?? "", report);
        check.CheckAges();
        check.CheckPolicy();
        check.CheckScales();
        check.CheckPace();
    }

    private void CheckAges()
    {
        if (_battery.MinAge is < 0 or > MaxAge || _battery.MaxAge is < 0 or > MaxAge || _battery.MinAge > _battery.MaxAge)
        {
            _report.Add("invalid-age", _battery.MinAge is null ? "$.maxAge" : "$.minAge", "ages that are no range", $"minAge at most maxAge, both 0 to {MaxAge}");
        }
    }

    private void CheckPolicy()
    {
        if (_battery.Policy is null)
        {
            return;
        }

        if (Policy.FindShipped(_battery.Policy) is not { } policy)
        {
            _report.Add("unknown-policy", "$.policy", $"policy '{_battery.Policy}'", $"the id of a shipped policy: {string.Join(", ", Policy.ShippedIds)}", "Name a shipped one; a run may be given a policy file of its own");
        }
        else if (policy.Definition.Population != _battery.Population)
        {
            _report.Add(
                "wrong-population", "$.policy", $"policy '{policy.Id}', which is for {Word(policy.Definition.Population)}", $"a policy for {Word(_battery.Population)}", "Correct the policy or the population");
        }
    }

    private void CheckScales()
    {
        if (_report.Has("$.scales") && _battery.Scales.Count is 0 or > MaxScales)
        {
            _report.Add("no-scales", "$.scales", $"{_battery.Scales.Count} instruments", $"1 to {MaxScales} instruments");
        }

        for (var i = 0; i < _battery.Scales.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.scales[{i}]");
            var id = _battery.Scales[i];
            if (_battery.Scales.Take(i).Contains(id))
            {
                _report.Add("duplicate-id", path, $"instrument '{id}' a second time", "each instrument once", "Remove one of them");
            }
            else if (_catalog.Find(id) is not { } instrument)
            {
                _report.Add("unknown-instrument", path, $"instrument '{id}'", "an id of the catalogue", "Correct the id, or load the definition beside it");
            }
            else if (instrument.Definition.Population.Subject is var subject && subject != Subject.Person)
            {
                _report.Add("not-about-people", path, $"'{id}', which is about a {ScoreText.Of(subject)}", "an instrument about a person", "Remove it, and score it by itself");
            }
            else if (instrument.Definition.Population is var whom && (_battery.MinAge < whom.MinAge || _battery.MaxAge < whom.MinAge || _battery.MaxAge > whom.MaxAge || _battery.MinAge > whom.MaxAge))
            {
                _report.Add(
                    "outside-population", path, $"'{id}', which is published for {Ages(whom.MinAge, whom.MaxAge)}", $"an instrument for everybody of {Ages(_battery.MinAge, _battery.MaxAge)}", "People outside get no band: narrow the ages of the battery, or take another instrument");
            }
        }

        foreach (var id in _battery.Reasons.Keys.Where(id => !_battery.Scales.Contains(id)))
        {
            _report.Add("unknown-instrument", $"$.reasons.{id}", $"a reason for '{id}'", "reasons for instruments of 'scales' only");
        }
    }

    private void CheckPace()
    {
        if (_battery.Pace is not { } pace)
        {
            return;
        }

        Seconds("$.pace.optionSeconds", pace.OptionSeconds);
        Seconds("$.pace.entrySeconds", pace.EntrySeconds);
        InstrumentCheck.CheckEvidence("$.pace.evidence", pace.Evidence, _battery.Sources, _report);

        void Seconds(string path, int seconds)
        {
            if (seconds is < 1 or > MaxSeconds && _report.Has(path))
            {
                _report.Add("invalid-number", path, $"{seconds} seconds", $"1 to {MaxSeconds} seconds for an item");
            }
        }
    }

    private static string Word(PopulationKind population) => JsonNamingPolicy.KebabCaseLower.ConvertName(population.ToString());

    private static string Ages(int? from, int? to) => string.Create(
        CultureInfo.InvariantCulture, $"ages {(from is null ? "up" : $"from {from}")}{(to is null ? "" : $" to {to}")}");
}
