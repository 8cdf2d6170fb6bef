using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli;

/// <summary>A battery for people: why it is made up like this, how long it takes, and whose permission it needs.</summary>
internal static class BatteryText
{
    /// <summary>Expected minutes, to a tenth; a dash where no pace is given.</summary>
    public static string Minutes(Battery battery) => battery.ExpectedMinutes is { } minutes
        ? ((minutes * 10).Round(Rounding.HalfUp).ToDouble() / 10).ToString("0.0", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>One line on the instruments whose owners must be asked, if there are any.</summary>
    public static void Warn(TextWriter output, Battery battery)
    {
        if (battery.AskFirst.Count > 0)
        {
            output.WriteLine($"! Battery '{battery.Id}': ask the owners before use 使用前须先取得许可: {string.Join(", ", battery.AskFirst.Select(i => $"{i.Id} ({ScalesCommand.Kebab(i.Definition.Licence.Status)})"))}.");
        }
    }

    public static void Write(TextWriter output, Battery battery)
    {
        var definition = battery.Definition;
        output.WriteLine(battery);
        if (definition.Name is { } name)
        {
            output.WriteLine($"{name.En}  {name.ZhHans}");
        }

        if (definition.Description is { } description)
        {
            output.WriteLine(description.En);
            output.WriteLine(description.ZhHans);
        }

        output.WriteLine($"SHA-256 {battery.Hash}");
        output.WriteLine();
        Warn(output, battery);
        output.WriteLine($"For       {ScalesCommand.Kebab(definition.Population)}{(Words.Ages(definition.MinAge, definition.MaxAge) is { } ages ? $", {ages.En} {ages.ZhHans}" : "")}");
        output.WriteLine($"Policy    {battery.Policy}{(battery.Policy.IsDraft ? " (draft; a clinician signs a copy)" : "")}");
        output.WriteLine($"Items     {battery.Items}");
        if (definition.Pace is { } pace)
        {
            output.WriteLine($"Minutes   {Minutes(battery)}: {pace.OptionSeconds} seconds for a choice, {pace.EntrySeconds} for a number or a time of day  ({Words.Of(pace.Evidence).En})");
        }

        foreach (var (status, ids) in battery.Licences)
        {
            output.WriteLine($"Licence   {ScalesCommand.Kebab(status)}: {string.Join(", ", ids)}");
        }

        output.WriteLine(battery.CriticalClasses.Count == 0
            ? "Danger    ! no instrument asks about suicide or other danger 未询问自杀等危险"
            : $"Danger    asks about {string.Join(", ", battery.CriticalClasses.Select(PolicyText.Of))}");
        if (battery.ScoredOnly.Count > 0)
        {
            output.WriteLine($"No tier   {string.Join(", ", battery.ScoredOnly.Select(i => i.Id))}: scored and reported; the policy decides nothing on them 仅计分报告，不参与分级");
        }

        output.WriteLine();
        foreach (var instrument in battery.Instruments)
        {
            output.WriteLine($"{instrument.Id}  {instrument.Definition.Name.En} {instrument.Definition.Name.ZhHans}, {instrument.Items.Count} items");
            if (definition.Reasons.TryGetValue(instrument.Id, out var reason))
            {
                output.WriteLine($"  {reason.En}");
                output.WriteLine($"  {reason.ZhHans}");
            }

            output.WriteLine($"  Licence {ScalesCommand.Kebab(instrument.Definition.Licence.Status)}: {instrument.Definition.Licence.Terms.En}");
        }

        if (definition.Sources.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Sources · 出处");
            DefinitionText.WriteSources(output, definition.Sources);
        }
    }

    /// <summary>One entry of the list of <c>xinheng scales --json</c>.</summary>
    public static void Write(Utf8JsonWriter writer, Battery battery)
    {
        var definition = battery.Definition;
        writer.WriteStartObject();
        writer.WriteString("kind", "battery");
        writer.WriteString("id", battery.Id);
        writer.WriteString("version", definition.Version);
        writer.WriteString("sha256", battery.Hash);
        JsonText.Write(writer, "name", definition.Name!); // only shipped ones are listed, and these have all
        writer.WriteString("population", ScalesCommand.Kebab(definition.Population));
        writer.WriteString("policy", battery.Policy.Id);
        writer.WriteNumber("items", battery.Items);
        if (battery.ExpectedMinutes is { } minutes)
        {
            writer.WriteNumber("minutes", minutes.ToDouble());
        }

        JsonText.WriteList(writer, "scales", definition.Scales);
        JsonText.WriteList(writer, "askFirst", battery.AskFirst.Select(i => i.Id));
        JsonText.WriteList(writer, "criticalClasses", battery.CriticalClasses.Select(PolicyText.Of));
        writer.WriteEndObject();
    }
}
