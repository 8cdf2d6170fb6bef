using System.Globalization;

namespace Xinheng.Peers;

/// <summary>Scores, tiers and units of everybody, in plain loops, whoever reads the file.</summary>
internal sealed class Work(Key[] keys)
{
    private readonly List<(string Number, string Person, double[] Scores, int Tier)> _people = [];

    private readonly int _phq9 = Array.FindIndex(keys, k => k.Score == "phq9_total");
    private readonly int _gad7 = Array.FindIndex(keys, k => k.Score == "gad7_total");
    private readonly int _mht = Array.FindIndex(keys, k => k.Score == "mht_total");

    public IReadOnlyList<Key> Keys => keys;

    /// <summary>Scores one person.</summary>
    /// <param name="number">Number of the row.</param>
    /// <param name="person">The person.</param>
    /// <param name="answers">206 codes or <see cref="Key.Blank"/>.</param>
    public void Add(string number, string person, ReadOnlySpan<byte> answers)
    {
        var scores = new double[keys.Length];
        for (var k = 0; k < keys.Length; k++)
        {
            var (sum, missing) = (0, 0);
            foreach (var item in keys[k].Items)
            {
                if (answers[item] == Key.Blank)
                {
                    missing++;
                }
                else
                {
                    sum += answers[item];
                }
            }

            scores[k] = keys[k].Of(sum, missing);
        }

        Add(number, person, scores, answers[8]);
    }

    /// <summary>Takes the scores of one person as they are.</summary>
    public void Add(string number, string person, double[] scores, byte death)
    {
        var (factor, content) = (double.NaN, double.NaN);
        for (var k = 0; k < keys.Length; k++)
        {
            if (keys[k].IsMean && !(factor >= scores[k]))
            {
                factor = double.IsNaN(scores[k]) ? factor : scores[k];
            }
            else if (keys[k].IsContent && !(content >= scores[k]))
            {
                content = double.IsNaN(scores[k]) ? content : scores[k];
            }
        }

        var tier = scores[_phq9] >= 20 || scores[_gad7] >= 15 || death is >= 2 and <= 3 ? 3
            : scores[_phq9] >= 15 || scores[_gad7] >= 10 || factor >= 3 || scores[_mht] >= 65 ? 2
            : scores[_phq9] >= 10 || factor >= 2 || content >= 8 ? 1
            : 0;
        _people.Add((number, person, scores, tier));
    }

    /// <summary>Writes everybody, and the units of those on the roster.</summary>
    public void Write(string target, string roster)
    {
        using (var writer = new StreamWriter(target + ".csv"))
        {
            writer.Write("number,person");
            foreach (var key in keys)
            {
                writer.Write(',');
                writer.Write(key.Score);
            }

            writer.Write(",tier\n");
            Span<char> text = stackalloc char[32];
            foreach (var (number, person, scores, tier) in _people)
            {
                writer.Write(number);
                writer.Write(',');
                writer.Write(person);
                foreach (var score in scores)
                {
                    writer.Write(',');
                    if (!double.IsNaN(score) && score.TryFormat(text, out var written, default, CultureInfo.InvariantCulture))
                    {
                        writer.Write(text[..written]);
                    }
                }

                writer.Write(',');
                writer.Write((char)('0' + tier));
                writer.Write('\n');
            }
        }

        WriteUnits(target, Members(roster));
    }

    private void WriteUnits(string target, Dictionary<string, (string School, string Grade, string Class)> members)
    {
        var units = new Dictionary<(string School, string Grade, string Class), Unit>();
        foreach (var (_, person, scores, tier) in _people)
        {
            if (members.TryGetValue(person, out var at))
            {
                foreach (var path in new[] { at, (at.School, at.Grade, ""), (at.School, "", "") })
                {
                    if (!units.TryGetValue(path, out var unit))
                    {
                        units[path] = unit = new Unit();
                    }

                    unit.Add(scores[_phq9], scores[_gad7], scores[_mht], tier);
                }
            }
        }

        using var writer = new StreamWriter(target + ".units.csv");
        writer.Write("school,grade,class,answered,mean_phq9_total,mean_gad7_total,mean_mht_total,raised,tier_1,tier_2,tier_3\n");
        foreach (var ((school, grade, name), unit) in units)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{school},{grade},{name},{unit}\n"));
        }
    }

    private static Dictionary<string, (string School, string Grade, string Class)> Members(string roster)
    {
        var members = new Dictionary<string, (string, string, string)>();
        foreach (var line in File.ReadLines(roster).Skip(1))
        {
            var cells = line.Split(',', 6);
            members.TryAdd(cells[0], (cells[2], cells[3], cells[4]));
        }

        return members;
    }

    private sealed class Unit
    {
        private readonly int[] _tiers = new int[4];
        private Mean _phq9;
        private Mean _gad7;
        private Mean _mht;
        private Mean _raised;

        public void Add(double phq9, double gad7, double mht, int tier)
        {
            _tiers[tier]++;
            _phq9.Add(phq9);
            _gad7.Add(gad7);
            _mht.Add(mht);
            _raised.Add(double.IsNaN(phq9) ? phq9 : phq9 >= 10 ? 1 : 0);
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{_tiers.Sum()},{_phq9},{_gad7},{_mht},{_raised},{_tiers[1]},{_tiers[2]},{_tiers[3]}");
    }

    private struct Mean
    {
        private double _sum;
        private int _count;

        public void Add(double value)
        {
            if (!double.IsNaN(value))
            {
                _sum += value;
                _count++;
            }
        }

        public override readonly string ToString() => _count == 0 ? "" : (_sum / _count).ToString(CultureInfo.InvariantCulture);
    }
}
