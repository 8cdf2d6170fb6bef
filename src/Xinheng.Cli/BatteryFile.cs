using System.Globalization;
using System.Text.Json;

namespace Xinheng.Cli;

/// <summary>Which instruments a survey asks, as <c>battery.json</c> says it.</summary>
internal sealed record BatteryFile(IReadOnlyList<string> Scales, DateOnly? AsOf)
{
    public static BatteryFile Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(SharedOptions.ReadFile(file));
            var scales = document.RootElement.GetProperty("scales").EnumerateArray().Select(s => s.GetString() ?? "").ToArray();
            var asOf = document.RootElement.TryGetProperty("asOf", out var day) && DateOnly.TryParseExact(day.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date : (DateOnly?)null;
            return new BatteryFile(scales, asOf);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"'{file}' is no battery: expected JSON with a list 'scales' of instrument ids, for example {{ \"scales\": [\"phq-9\", \"gad-7\"] }}.");
        }
    }
}
