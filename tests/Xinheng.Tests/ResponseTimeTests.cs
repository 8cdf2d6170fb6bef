using System.Text.Json;
using Xinheng.Documents;

namespace Xinheng.Tests;

/// <summary>How soon somebody must act: spelling, order, words.</summary>
public class ResponseTimeTests
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new ResponseTimeConverter() } };

    [Fact]
    public void TheDefault_IsTheSafest()
    {
        Assert.Equal(ResponseTime.Immediate, default);
        Assert.Equal("immediate", default(ResponseTime).ToString());
        Assert.Equal(0, default(ResponseTime).LongestHours);
    }

    [Theory]
    [InlineData("immediate", 0, "at once", "立即")]
    [InlineData("same-school-day", 24, "the same school day", "当个教学日内")]
    [InlineData("1h", 1, "within 1 hour", "1小时内")]
    [InlineData("48h", 48, "within 48 hours", "48小时内")]
    [InlineData("8784h", 8784, "within 8784 hours", "8784小时内")]
    [InlineData("1d", 24, "within 1 day", "1天内")]
    [InlineData("7d", 168, "within 7 days", "7天内")]
    [InlineData("366d", 8784, "within 366 days", "366天内")]
    public void AText_IsReadAndWrittenBack(string text, int longest, string en, string zh)
    {
        var time = ResponseTime.Parse(text);
        Assert.Equal(text, time.ToString());
        Assert.Equal(longest, time.LongestHours);
        Assert.Equal((en, zh), (time.Text.En, time.Text.ZhHans));
        Assert.Equal(text.EndsWith('d') && char.IsAsciiDigit(text[0]), time.MayWaitForSchoolDay);
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(time, Json));
        Assert.Equal(time, JsonSerializer.Deserialize<ResponseTime>($"\"{text}\"", Json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0h")]
    [InlineData("02h")]
    [InlineData("+2h")]
    [InlineData("-2h")]
    [InlineData(" 2h")]
    [InlineData("2 h")]
    [InlineData("2H")]
    [InlineData("1.5h")]
    [InlineData("٢h")]
    [InlineData("8785h")]
    [InlineData("367d")]
    [InlineData("99999999999d")]
    [InlineData("2w")]
    [InlineData("7")]
    [InlineData("Immediate")]
    [InlineData("sameSchoolDay")]
    public void AnotherSpelling_IsRefused(string text)
    {
        Assert.False(ResponseTime.TryParse(text, out var time));
        Assert.Equal(default, time);
        Assert.Throws<FormatException>(() => ResponseTime.Parse(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ResponseTime>(JsonSerializer.Serialize(text), Json));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    public void AJsonValueThatIsNoText_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ResponseTime>(json, Json));

    [Fact]
    public void Urgency_IsTheOrder_AndOnlyEqualsAreEqual()
    {
        string[] order = ["immediate", "1h", "2h", "23h", "same-school-day", "24h", "1d", "25h", "48h", "2d", "7d", "30d"];
        var times = order.Select(text => ResponseTime.Parse(text)).ToArray();
        Assert.Equal(order, times.Reverse().Order().Select(time => time.ToString()));
        foreach (var (i, left) in times.Index())
        {
            foreach (var (j, right) in times.Index())
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(left.CompareTo(right)));
                Assert.Equal(i < j, left < right);
                Assert.Equal(i > j, left > right);
                Assert.Equal(i <= j, left <= right);
                Assert.Equal(i >= j, left >= right);
                Assert.Equal(i == j, left == right);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8785)]
    public void ACountOutOfItsLimits_IsRefused(int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ResponseTime.Hours(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResponseTime.Days(count));
    }
}
