using System.Text.Json;

namespace Xinheng.Tests;

/// <summary>Every text of every document that ships is there in both languages, each in its own.</summary>
public class LocalisationTests
{
    /// <summary>Instruments, norms, policies, calendars, rules of response validity.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.PathOf("scales"), "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf("scales"), file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("schema/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void EveryKindOfDocument_IsAmongTheFiles()
    {
        var files = Files.Select(row => row.Data).ToArray();
        Assert.All(["phq-9/instrument.json", "scl-90/norms.chinese-adults-1986.json", "policies/student-default.json", "calendars/hunan-2026-2027.json"], file => Assert.Contains(file, files));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Texts_AreInEnglishAndInSimplifiedChinese(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf(["scales", .. file.Split('/')])));
        Assert.Equal([], Problems(document.RootElement, "$"));
    }

    [Theory]
    [InlineData("""{ "en": "Sleep" }""", "$: no zh-Hans")]
    [InlineData("""{ "zh-Hans": "睡眠" }""", "$: no en")]
    [InlineData("""{ "en": " ", "zh-Hans": "睡眠" }""", "$: not English")]
    [InlineData("""{ "en": "睡眠", "zh-Hans": "睡眠" }""", "$: not English")]
    [InlineData("""{ "en": "Sleep", "zh-Hans": "Sleep" }""", "$: not Chinese")]
    [InlineData("""{ "en": "Sleep", "zh-Hans": "睡眠 " }""", "$: spaces at an end")]
    [InlineData("""{ "en": "Sleep", "zh-Hans": "請問睡眠" }""", "$: traditional characters")]
    public void AnIncompleteText_IsFound(string json, string problem)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal([problem], Problems(document.RootElement, "$"));
    }

    private static List<string> Problems(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return [.. element.EnumerateArray().SelectMany((child, i) => Problems(child, $"{path}[{i}]"))];
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var (english, chinese) = (Text(element, "en"), Text(element, "zh-Hans"));
        return (english, chinese) switch
        {
            (null, null) => [.. element.EnumerateObject().SelectMany(member => Problems(member.Value, $"{path}.{member.Name}"))],
            (_, null) => [$"{path}: no zh-Hans"],
            (null, _) => [$"{path}: no en"],
            _ when english != english.Trim() && english.Trim().Length > 0 || chinese != chinese.Trim() => [$"{path}: spaces at an end"],
            _ when !english.Any(char.IsAsciiLetter) || IsMostlyChinese(english) => [$"{path}: not English"],
            _ when !chinese.Any(IsHan) => [$"{path}: not Chinese"],
            _ when chinese.Any(Traditional.Contains) => [$"{path}: traditional characters"],
            _ => [],
        };
    }

    /// <summary>Common characters that Simplified Chinese writes otherwise.</summary>
    private const string Traditional = "請問題個們來時說話學體會對應發國過現實際關慮憂鬱壓緊張覺聽見無與為這樣還沒從後長間點選擇總計";

    private static string? Text(JsonElement element, string language) => element.TryGetProperty(language, out var text) ? text.GetString() : null;

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    /// <summary>An English note may quote a Chinese word; it is not made of them.</summary>
    private static bool IsMostlyChinese(string text) => text.Count(IsHan) * 2 > text.Length;
}
