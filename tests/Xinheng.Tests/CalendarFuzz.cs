using System.Text;

namespace Xinheng.Tests;

/// <summary>Damaged calendars: each loads and gives due times, or gives problems; nothing else happens.</summary>
public class CalendarFuzz
{
    private const int Cases = 6_000;

    private static readonly string[] Pieces =
    [
        "0", "-1", "null", "{}", "[]", "\"\"", "true", "9", ":", "-", "2028-02-29", "0001-01-01", "9999-12-31", "2100-12-31", "24:00", "-14:00", "+00:00", "+23:59", "\"saturday\"", "\"\\ud800\"", "\u0000",
    ];

    [Fact]
    public void AnyMutationOfACalendar_Loads_OrGivesProblems()
    {
        var loaded = 0;
        Parallel.For(0, Cases, seed =>
        {
            var random = new Random(seed);
            List<byte> content = [.. Encoding.UTF8.GetBytes(seed % 2 == 0 ? CalendarTests.Small : CalendarTests.Shipped)];
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var at = random.Next(content.Count);
                switch (random.Next(5))
                {
                    case 0:
                        content[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        content.RemoveRange(at, Math.Min(random.Next(1, 4), content.Count - at));
                        break;
                    case 2:
                        // One digit gives way to another: the grammar holds and the dates do not.
                        var digits = Enumerable.Range(0, content.Count).Where(i => char.IsAsciiDigit((char)content[i])).ToArray();
                        content[digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                        break;
                    default:
                        var piece = Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]);
                        var quote = content.IndexOf((byte)'"', at);
                        content.RemoveRange(quote < 0 ? at : quote + 1, Math.Min(quote < 0 ? 1 : random.Next(piece.Length + 1), content.Count - (quote < 0 ? at : quote + 1)));
                        content.InsertRange(quote < 0 ? at : quote + 1, piece);
                        break;
                }
            }

            if (SchoolCalendar.TryLoad([.. content], "fuzz.json", out var calendar, out var problems))
            {
                Interlocked.Increment(ref loaded);
                var start = calendar!.StartOf(calendar.Definition.Terms[0].To);
                Assert.All(CalendarLaws.Times, within => Assert.True(calendar.DueAt(within, start) >= start));
            }

            Assert.Equal(calendar is null, problems.Count > 0);
            Assert.All(problems, problem => Assert.True(problem.Found.Length > 0 && problem.Expected.Length > 0 && problem.ToString().Length < 4_000));
        });
        Assert.InRange(loaded, Cases / 100, Cases / 2); // both sides are exercised
    }
}
