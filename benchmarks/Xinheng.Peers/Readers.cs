using System.Text;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Xinheng.Peers;

/// <summary>Ways to read a survey file whose answers are one digit or nothing.</summary>
internal static class Readers
{
    public static Action<string, Work>? Find(string name) => name switch
    {
        "sylvan" => Sylvan,
        "csvhelper" => CsvHelper,
        "linq" => Linq,
        "mathnet" => MathNet,
        "mlnet" => MlNet,
        _ => null,
    };

    private static void Sylvan(string survey, Work work)
    {
        var answers = new byte[Key.Answers];
        using var reader = global::Sylvan.Data.Csv.CsvDataReader.Create(survey, new() { BufferSize = 0x40000 });
        while (reader.Read())
        {
            for (var item = 0; item < answers.Length; item++)
            {
                var cell = reader.GetFieldSpan(Key.Before + item);
                answers[item] = cell.IsEmpty ? Key.Blank : (byte)(cell[0] - '0');
            }

            work.Add(reader.GetString(0), reader.GetString(Key.Before - 1), answers);
        }
    }

    private static void CsvHelper(string survey, Work work)
    {
        var answers = new byte[Key.Answers];
        using var reader = global::CsvHelper.CsvReader.FromFile(survey);
        reader.ReadHeader();
        while (reader.Read())
        {
            for (var item = 0; item < answers.Length; item++)
            {
                var cell = reader.GetSpan(Key.Before + item);
                answers[item] = cell.IsEmpty ? Key.Blank : (byte)(cell[0] - '0');
            }

            work.Add(Encoding.UTF8.GetString(reader.GetSpan(0)), Encoding.UTF8.GetString(reader.GetSpan(Key.Before - 1)), answers);
        }
    }

    /// <summary>What most people would write first: lines, split, parsed, a query over them.</summary>
    private static void Linq(string survey, Work work)
    {
        var people =
            from line in File.ReadLines(survey).Skip(1)
            let cells = line.Split(',')
            let answers = cells.Skip(Key.Before).Select(cell => cell.Length == 0 ? (int?)null : cell[0] - '0').ToArray()
            let scores = work.Keys.Select(key => key.Of(key.Items.Sum(item => answers[item] ?? 0), key.Items.Count(item => answers[item] is null))).ToArray()
            select (Number: cells[0], Person: cells[Key.Before - 1], Scores: scores, Death: answers[8]);
        foreach (var person in people)
        {
            work.Add(person.Number, person.Person, person.Scores, (byte)(person.Death ?? Key.Blank));
        }
    }

    /// <summary>Sums and blanks as products of matrices, 4,096 people at a time; Sylvan reads.</summary>
    private static void MathNet(string survey, Work work)
    {
        const int Rows = 4096;
        var key = Matrix<float>.Build.Dense(Key.Answers, work.Keys.Count);
        for (var k = 0; k < work.Keys.Count; k++)
        {
            foreach (var item in work.Keys[k].Items)
            {
                key[item, k] = 1;
            }
        }

        var codes = Matrix<float>.Build.Dense(Rows, Key.Answers);
        var blanks = Matrix<float>.Build.Dense(Rows, Key.Answers);
        var people = new List<(string Number, string Person, byte Death)>();
        using var reader = global::Sylvan.Data.Csv.CsvDataReader.Create(survey, new() { BufferSize = 0x40000 });
        while (reader.Read())
        {
            byte death = 0;
            for (var item = 0; item < Key.Answers; item++)
            {
                var cell = reader.GetFieldSpan(Key.Before + item);
                codes.At(people.Count, item, cell.IsEmpty ? 0 : cell[0] - '0');
                blanks.At(people.Count, item, cell.IsEmpty ? 1 : 0);
                death = item == 8 ? (cell.IsEmpty ? Key.Blank : (byte)(cell[0] - '0')) : death;
            }

            people.Add((reader.GetString(0), reader.GetString(Key.Before - 1), death));
            if (people.Count == Rows)
            {
                Flush();
            }
        }

        Flush();

        void Flush()
        {
            var (sums, missing) = (codes * key, blanks * key);
            for (var row = 0; row < people.Count; row++)
            {
                var scores = new double[work.Keys.Count];
                for (var k = 0; k < scores.Length; k++)
                {
                    scores[k] = work.Keys[k].Of((int)sums.At(row, k), (int)missing.At(row, k));
                }

                work.Add(people[row].Number, people[row].Person, scores, people[row].Death);
            }

            people.Clear();
        }
    }

    /// <summary>ML.NET's own reader of text files; a blank is NaN.</summary>
    private static void MlNet(string survey, Work work)
    {
        var view = new MLContext().Data.LoadFromTextFile(survey, new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            MissingRealsAsNaNs = true,
            Columns =
            [
                new("Number", DataKind.String, 0),
                new("Person", DataKind.String, Key.Before - 1),
                new("Answers", DataKind.Single, Key.Before, Key.Before + Key.Answers - 1),
            ],
        });
        var answers = new byte[Key.Answers];
        var (number, person, codes) = (default(ReadOnlyMemory<char>), default(ReadOnlyMemory<char>), default(VBuffer<float>));
        using var cursor = view.GetRowCursor(view.Schema);
        var getNumber = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Number"]);
        var getPerson = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Person"]);
        var getAnswers = cursor.GetGetter<VBuffer<float>>(view.Schema["Answers"]);
        var dense = new float[Key.Answers];
        while (cursor.MoveNext())
        {
            getNumber(ref number);
            getPerson(ref person);
            getAnswers(ref codes);
            codes.CopyTo(dense);
            for (var item = 0; item < answers.Length; item++)
            {
                answers[item] = float.IsNaN(dense[item]) ? Key.Blank : (byte)dense[item];
            }

            work.Add(number.ToString(), person.ToString(), answers);
        }
    }
}
