using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Data.Tests;

public sealed class RoundTripTests
{
    private static readonly string[] Pieces = ["1", "-3", "a", "李雷", "𠀀", "龘", "é", ",", ";", "\t", "，", "\"", "\n", "\r\n", "\r", " ", "'", "_x000D_", "<&>", new('z', 70)];

    private static readonly SearchValues<char> Special = SearchValues.Create("\"\r\n,;\t，");

    private static Gen<string> Text { get; } = Gen.Choose(0, 4).SelectMany(count => Gen.Elements(Pieces).ListOf(count).Select(string.Concat));

    /// <summary>Tables of one to forty columns; the first row is the header.</summary>
    private static Gen<string[][]> Tables { get; } = Gen.Choose(1, 40).SelectMany(
        columns => Gen.Choose(1, 30).SelectMany(
            rows => Text.ListOf(columns).Select(fields => fields.ToArray()).ListOf(rows).Select(table => table.ToArray())));

    private static Gen<CsvStyle> Styles { get; } =
        from delimiter in Gen.Elements(',', ';', '\t')
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        from quoteAll in Gen.Elements(true, false)
        from lastLineEnd in Gen.Elements(true, false)
        from encoding in Gen.Elements("utf-8", "utf-8-bom", "utf-16le", "utf-16be", "utf-16le-bom", "gb18030")
        select new CsvStyle(delimiter, lineEnd, quoteAll, lastLineEnd, encoding);

    [Property(MaxTest = 400)]
    public Property Any_table_in_any_dialect_reads_back_equal() => Prop.ForAll(
        (from table in Tables from style in Styles from buffer in Gen.Choose(1, 200) select (table, style, buffer)).ToArbitrary(),
        sample =>
        {
            (string[][] table, CsvStyle style, int buffer) = sample;
            (TextEncoding encoding, byte[] mark) = style.Encoding switch
            {
                "utf-8" => (TextEncoding.Utf8, Array.Empty<byte>()),
                "utf-8-bom" => (TextEncoding.Utf8, [0xEF, 0xBB, 0xBF]),
                "utf-16le" => (TextEncoding.Utf16LittleEndian, []),
                "utf-16be" => (TextEncoding.Utf16BigEndian, []),
                "utf-16le-bom" => (TextEncoding.Utf16LittleEndian, [0xFF, 0xFE]),
                _ => (TextEncoding.Gb18030, []),
            };
            string text = Write(table, style);
            byte[] bytes = [.. mark, .. encoding.Encoding.GetBytes(text)];
            InputProbe probe = TempFile.Probe(bytes);
            string? declared = mark.Length > 0 ? null : encoding.Name;
            TextEncoding found = TextEncodingDetector.Detect(probe, declared, null, _ => [], out int preamble);
            using var stream = new TricklingStream(bytes.AsMemory(preamble), buffer);
            using var reader = new CsvRecordReader(stream, found, "test.csv", style.Delimiter, byteOffset: preamble);
            List<(long Row, long Line, string[] Fields)> records = Csv.All(reader);
            return records.Select(r => r.Fields).SequenceEqual(table, FieldsComparer.Instance)
                && records.Select(r => r.Row).SequenceEqual(Enumerable.Range(1, table.Length).Select(i => (long)i))
                && records.Select(r => r.Line).SequenceEqual(Lines(table, style));
        });

    [Property(MaxTest = 200)]
    public Property Any_table_in_a_workbook_reads_back_equal() => Prop.ForAll(
        (from table in Tables from shared in Gen.Elements(true, false) select (table, shared)).ToArbitrary(),
        sample =>
        {
            (string[][] table, bool shared) = sample;
            var strings = new StringBuilder();
            int count = 0;
            var rows = new StringBuilder();
            for (int row = 1; row <= table.Length; row++)
            {
                var cells = new StringBuilder();
                for (int column = 0; column < table[row - 1].Length; column++)
                {
                    string text = Escape(table[row - 1][column]);
                    string reference = $"{Workbook.Column(column)}{row}";
                    if (shared)
                    {
                        strings.Append("<si><t xml:space=\"preserve\">").Append(System.Security.SecurityElement.Escape(text)).Append("</t></si>");
                        cells.Append($"<c r=\"{reference}\" t=\"s\"><v>{count++}</v></c>");
                    }
                    else
                    {
                        cells.Append(Workbook.Inline(reference, text));
                    }
                }

                rows.Append(Workbook.Row(row, cells.ToString()));
            }

            using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(rows.ToString(), shared ? strings.ToString() : null));
            var read = new Dictionary<long, string[]>();
            while (reader.Read())
            {
                read.Add(reader.Row, Csv.Fields(reader));
            }

            return Enumerable.Range(1, table.Length).All(row => Same(table[row - 1], read.GetValueOrDefault(row, [])));
        });

    [Property(MaxTest = 500)]
    public Property Any_bytes_are_read_or_refused_and_end() => Prop.ForAll(
        (from pieces in Gen.Elements("\"", ",", "\n", "\r", "1", "\0", "x", "\"\"", "\",\"", "李").ListOf(60)
         from limit in Gen.Choose(4, 40)
         select (string.Concat(pieces), limit)).ToArbitrary(),
        sample =>
        {
            (string text, int limit) = sample;
            using CsvRecordReader reader = Csv.Open("a,b\n" + text, limits: new InputLimits { RecordChars = limit, FieldChars = 8, Columns = 5 });
            long row = 0;
            long line = 0;
            while (reader.Read())
            {
                if (reader.Row <= row || reader.Line <= line)
                {
                    return false;
                }

                (row, line) = (reader.Row, reader.Line);
            }

            // Every record ends at a line end or at the end of the file.
            return line <= 1 + text.Length + 1;
        });

    [Property(MaxTest = 2_000)]
    public Property The_parts_in_which_bytes_arrive_change_nothing() => Prop.ForAll(
        (from pieces in Gen.Elements("\"", ",", "\n", "\r", "1", "xyz", "\"\"", "\",\"", "\0", "0123456789").ListOf(60)
         from limit in Gen.Choose(3, 60)
         from most in Gen.Choose(1, 20)
         select (string.Concat(pieces), limit, most)).ToArbitrary(),
        sample =>
        {
            (string text, int limit, int most) = sample;
            byte[] content = Encoding.UTF8.GetBytes("a,b\n" + text);
            var limits = new InputLimits { RecordChars = limit, FieldChars = 12, Columns = 5 };
            return Outcome(content, limits, most) == Outcome(content, limits, int.MaxValue);
        });

    private static string Outcome(byte[] content, InputLimits limits, int most)
    {
        using var reader = new CsvRecordReader(new TricklingStream(content, most), TextEncoding.Utf8, "test.csv", limits: limits);
        var outcome = new StringBuilder();
        while (reader.Read())
        {
            outcome.Append($"{reader.Row}/{reader.Line}/{reader.Fault}/{reader.FaultField}:{string.Join('|', Csv.Fields(reader))}#");
        }

        return outcome.ToString();
    }

    [Property(MaxTest = 500)]
    public Property A_damaged_part_with_a_right_checksum_is_read_or_refused() => Prop.ForAll(
        (from part in Gen.Elements("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", Workbook.SheetName)
         from at in Gen.Choose(0, 100_000).ListOf(3)
         from value in Gen.Elements((byte)'<', (byte)'>', (byte)'"', (byte)'&', (byte)'/', (byte)'9', (byte)'!', (byte)0, (byte)0x80, (byte)0xED, (byte)0xFF, (byte)'A').ListOf(3)
         select (part, at.ToArray(), value.ToArray())).ToArbitrary(),
        sample =>
        {
            (string part, int[] at, byte[] value) = sample;
            string rows = Workbook.Row(1, Workbook.Inline("A1", "id") + "<c r=\"B1\" t=\"s\"><v>0</v></c>")
                + Workbook.Row(2, Workbook.Number("A2", "46266.5", 1) + "<c r=\"B2\" t=\"b\"><f>A1</f><v>1</v></c>");
            ZipBuilder zip = Workbook.Zip(rows, "<si><t>x_x000D_</t></si>", after: "<mergeCells><mergeCell ref=\"A3:B4\"/></mergeCells>", before: "<cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols>");
            byte[] data = zip[part].Inflate();
            for (int i = 0; i < at.Length; i++)
            {
                data[at[i] % data.Length] = value[i];
            }

            zip.Replace(part, data);
            try
            {
                using XlsxRecordReader reader = Workbook.Open(zip);
                Csv.All(reader);
            }
            catch (InputException e)
            {
                return e.Problems.Count > 0;
            }

            return true;
        });

    [Property(MaxTest = 500)]
    public Property Any_bytes_in_any_encoding_are_read_or_refused() => Prop.ForAll(
        (from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ListOf(40)
         from encoding in Gen.Elements("utf-8", "utf-16le", "utf-16be", "gb18030")
         from most in Gen.Choose(1, 9)
         select (bytes.ToArray(), encoding, most)).ToArbitrary(),
        sample =>
        {
            (byte[] bytes, string name, int most) = sample;
            TextEncoding encoding = TextEncoding.FromName(name, "")!;
            byte[] content = [.. encoding.Encoding.GetBytes("a,b\n1,2\n"), .. bytes];
            string? text = null;
            try
            {
                text = encoding.Encoding.GetString(content);
            }
            catch (DecoderFallbackException)
            {
            }

            try
            {
                using var reader = new CsvRecordReader(new TricklingStream(content, most), encoding, "test.csv");
                Csv.All(reader);
            }
            catch (InputException e)
            {
                return text is null && e.Problems[0].Code == "encoding";
            }

            return text is not null;
        });

    private static bool Same(string[] expected, string[] read) =>
        read.Concat(Enumerable.Repeat("", Math.Max(0, expected.Length - read.Length)))
            .SequenceEqual(expected.Concat(Enumerable.Repeat("", Math.Max(0, read.Length - expected.Length))));

    /// <summary>As Excel writes text: carriage returns, and what looks like an escape, are escaped.</summary>
    private static string Escape(string text) =>
        text.Replace("_x", "_x005F_x", StringComparison.Ordinal).Replace("\r", "_x000D_", StringComparison.Ordinal);

    private static string Write(string[][] table, CsvStyle style)
    {
        var text = new StringBuilder();
        for (int row = 0; row < table.Length; row++)
        {
            text.AppendJoin(style.Delimiter, table[row].Select(field => Quote(field, style, table[row].Length == 1)));
            text.Append(row < table.Length - 1 || style.LastLineEnd ? style.LineEnd : "");
        }

        return text.ToString();
    }

    // A record of one empty field would be an empty line.
    private static string Quote(string field, CsvStyle style, bool alone)
    {
        bool needed = style.QuoteAll || field.AsSpan().ContainsAny(Special) || (alone && field.Length == 0);
        return needed ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    private static IEnumerable<long> Lines(string[][] table, CsvStyle style)
    {
        long line = 1;
        foreach (string[] record in table)
        {
            yield return line;
            foreach (string field in record)
            {
                line += field.Replace("\r\n", "\n", StringComparison.Ordinal).Count(static c => c is '\r' or '\n');
            }

            line += style.LineEnd.Length > 0 ? 1 : 0;
        }
    }

    internal sealed record CsvStyle(char Delimiter, string LineEnd, bool QuoteAll, bool LastLineEnd, string Encoding);

    private sealed class FieldsComparer : IEqualityComparer<string[]>
    {
        public static FieldsComparer Instance { get; } = new();

        public bool Equals(string[]? x, string[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(string[] obj) => obj.Length;
    }
}
