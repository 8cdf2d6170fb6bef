using System.Globalization;

namespace Xinheng.Documents;

/// <summary>Holds LOINC codes against what an invented one gives away: form, check digit, a second use, numbers that only count on.</summary>
internal static class LoincCheck
{
    /// <summary>Panels that were registered together share short runs of numbers (GAD-7 has one of three); a made-up list is one long run.</summary>
    private const int LongestRun = 3;

    public static void Run(InstrumentDefinition definition, ProblemReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Check("$.loinc", definition.Loinc);
        for (var i = 0; i < definition.Items.Count; i++)
        {
            Check($"$.items[{i}].loinc", definition.Items[i].Loinc);
        }

        for (var i = 0; i < definition.Scores.Count; i++)
        {
            Check($"$.scores[{i}].loinc", definition.Scores[i].Loinc);
        }

        CheckRun(definition, report);

        void Check(string path, string? code)
        {
            if (code is null)
            {
                return;
            }

            if (NumberOf(code) is not { } number)
            {
                report.Add("loinc-format", path, "a LOINC code of another form", "one to seven digits, a hyphen and the check digit, such as 44249-1");
            }
            else if (CheckDigit(number) is var digit && digit != code[^1] - '0')
            {
                report.Add("loinc-check-digit", path, $"code '{code}'", $"check digit {digit}", "Look the code up; a wrong digit names something else or nothing");
            }
            else if (!seen.Add(code))
            {
                report.Add("loinc-twice", path, $"code '{code}' a second time", "each code once in an instrument", "Look the codes up; a panel, its total and its items differ");
            }
        }
    }

    /// <summary>The number before the check digit.</summary>
    private static int? NumberOf(string? code) =>
        code?.Split('-') is [{ Length: > 0 and <= 7 } number, [>= '0' and <= '9']] && number.All(char.IsAsciiDigit) ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>LOINC's mod 10: every other digit from the right is doubled, the digits of all are added, and the check digit fills up to a ten.</summary>
    private static int CheckDigit(int number)
    {
        var sum = 0;
        for (var doubled = true; number > 0; number /= 10, doubled = !doubled)
        {
            var digit = number % 10 * (doubled ? 2 : 1);
            sum += (digit / 10) + (digit % 10);
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>Implementations copy made-up lists from each other, so only a publication answers for a long run.</summary>
    private static void CheckRun(InstrumentDefinition definition, ProblemReport report)
    {
        if (definition.Evidence.GetValueOrDefault(Fact.Loinc)?.Verdict == Verdict.Publication)
        {
            return;
        }

        var run = 1;
        for (var i = 1; i < definition.Items.Count; i++)
        {
            run = NumberOf(definition.Items[i - 1].Loinc) + 1 == NumberOf(definition.Items[i].Loinc) && definition.Items[i].Loinc is not null ? run + 1 : 1;
            if (run == LongestRun + 1)
            {
                report.Add("loinc-sequence", $"$.items[{i}].loinc", $"{run} items whose codes only count on", $"at most {LongestRun} in a row, or evidence for 'loinc' of verdict 'publication'", "Look every code up; consecutive lists are made up");
            }
        }
    }
}
