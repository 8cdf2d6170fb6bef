using System.Globalization;
using System.Text;

namespace Xinheng.Data.Tests;

public sealed class CsvReaderTests
{
    [Fact]
    public void A_plain_table_is_read_in_order()
    {
        using CsvRecordReader reader = Csv.Open("id,a,b\n1,2,3\n4,,6");
        Assert.True(reader.Read());
        Assert.Equal(["id", "a", "b"], Csv.Fields(reader));
        Assert.Equal(',', reader.Delimiter);
        Assert.True(reader.Read());
        Assert.Equal((2, 2), (reader.Row, reader.Line));
        Assert.Equal(["1", "2", "3"], Csv.Fields(reader));
        Assert.True(reader.Read());
        Assert.Equal(["4", "", "6"], Csv.Fields(reader));
        Assert.Equal(CellKind.Text, reader.Kind(1));
        Assert.False(reader.Read());
        Assert.False(reader.Read());
    }

    [Fact]
    public void B17_an_unclosed_quote_costs_one_row_and_flat_memory()
    {
        var text = new StringBuilder("id,a\n");
        for (int row = 2; row <= 1_000_000; row++)
        {
            text.Append(row).Append(row == 10 ? ",\"1\n" : ",1\n");
        }

        using CsvRecordReader reader = Csv.Open(text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        var faults = new List<(long Row, long Line, RecordFault Fault)>();
        long records = 0;
        while (reader.Read())
        {
            records++;
            if (reader.Fault != RecordFault.None)
            {
                faults.Add((reader.Row, reader.Line, reader.Fault));
            }
            else if (records > 1 && long.Parse(reader.Field(0), CultureInfo.InvariantCulture) != reader.Row)
            {
                Assert.Fail($"Row {reader.Row} is not the row of the file.");
            }
        }

        Assert.Equal([(10, 10, RecordFault.UnclosedQuote)], faults);
        Assert.Equal(1_000_000, records);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public void B18_line_ends_in_any_mixture_give_right_record_and_line_numbers()
    {
        using CsvRecordReader reader = Csv.Open("id,a\r\n1,\"x\r\ny\rz\nw\"\r2,u\u2028v\n\r\n3,\"q\n\"\n4,");
        List<(long Row, long Line, string[] Fields)> records = Csv.All(reader);
        Assert.Equal(
            [(1, 1, "id|a"), (2, 2, "1|x\r\ny\rz\nw"), (3, 6, "2|u\u2028v"), (5, 8, "3|q\n"), (6, 10, "4|")],
            records.Select(r => (r.Row, r.Line, string.Join('|', r.Fields))));
        Assert.Equal(1, reader.SkippedRecords);
    }

    [Theory]
    [InlineData("a;b\n1;2", ';')]
    [InlineData("a\tb\n1\t2", '\t')]
    [InlineData("\"a,x\";b\n1;2", ';')]
    [InlineData("a\n1", ',')]
    public void B19_the_only_delimiter_of_the_header_is_taken(string text, char expected)
    {
        using CsvRecordReader reader = Csv.Open(text);
        Assert.True(reader.Read());
        Assert.Equal(expected, reader.Delimiter);
    }

    [Theory]
    [InlineData("编号，性别，年级\n1，2，3", null)]
    [InlineData("编号，性别，年级\n1，2，3", ',')]
    [InlineData("a,b;c\n1,2;3", null)]
    public void B19_a_full_width_or_ambiguous_delimiter_is_refused(string text, char? delimiter)
    {
        using CsvRecordReader reader = Csv.Open(text, delimiter: delimiter);
        InputException e = Assert.Throws<InputException>(() => reader.Read());
        Assert.Equal("csv-dialect", e.Problems[0].Code);
        Assert.DoesNotContain("性别", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void B20_a_quoted_number_with_group_separators_stays_one_field()
    {
        using CsvRecordReader reader = Csv.Open("id,a\n1,\"1,2,3,4\"");
        Assert.Equal(["1", "1,2,3,4"], Csv.All(reader)[1].Fields);
    }

    [Fact]
    public void B21_a_million_columns_are_refused_in_the_header()
    {
        using CsvRecordReader reader = Csv.Open(string.Join(',', Enumerable.Repeat("a", 500_000)));
        Assert.Equal("too-many-columns", Assert.Throws<InputException>(() => reader.Read()).Problems[0].Code);
        using CsvRecordReader longer = Csv.Open(string.Join(',', Enumerable.Repeat("a", 1_000_000)));
        Assert.Equal("record-too-long", Assert.Throws<InputException>(() => longer.Read()).Problems[0].Code);
    }

    [Fact]
    public void B21_a_million_columns_in_a_row_cost_that_row()
    {
        using CsvRecordReader reader = Csv.Open("a,b\n" + string.Join(',', Enumerable.Repeat("1", 500_000)) + "\n1,2\n");
        reader.Read();
        Assert.True(reader.Read());
        Assert.Equal((RecordFault.TooManyFields, 0), (reader.Fault, reader.FieldCount));
        Assert.True(reader.Read());
        Assert.Equal(["1", "2"], Csv.Fields(reader));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void B21_a_line_of_one_gibibyte_costs_that_row_and_bounded_memory(bool quoted)
    {
        byte[] head = Encoding.UTF8.GetBytes(quoted ? "id,a\n1,\"" : "id,a\n1,");
        byte[] tail = Encoding.UTF8.GetBytes("\n2,3\n");
        using var stream = new RepeatingStream(head, (byte)'x', 1L << 30, tail);
        using var reader = new CsvRecordReader(stream, TextEncoding.Utf8, "test.csv");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.Equal((2, quoted ? RecordFault.UnclosedQuote : RecordFault.RecordTooLong), (reader.Row, reader.Fault));
        Assert.True(reader.Read());
        Assert.Equal((3, 3), (reader.Row, reader.Line));
        Assert.Equal(["2", "3"], Csv.Fields(reader));
        Assert.False(reader.Read());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public void B21_ten_million_empty_lines_are_skipped_and_counted()
    {
        using var stream = new RepeatingStream("a,b\n"u8.ToArray(), (byte)'\n', 10_000_000, "1,2"u8.ToArray());
        using var reader = new CsvRecordReader(stream, TextEncoding.Utf8, "test.csv");
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.Equal((10_000_002, 10_000_002, 10_000_000), (reader.Row, reader.Line, reader.SkippedRecords));
        Assert.Equal(["1", "2"], Csv.Fields(reader));
    }

    [Fact]
    public void B21_a_nul_character_is_a_fault_of_its_row()
    {
        using CsvRecordReader reader = Csv.Open("a,b\n1,\0\n\"2\0\",3\n4,5");
        reader.Read();
        reader.Read();
        Assert.Equal((RecordFault.NulCharacter, 1), (reader.Fault, reader.FaultField));
        reader.Read();
        Assert.Equal((RecordFault.NulCharacter, 0), (reader.Fault, reader.FaultField));
        reader.Read();
        Assert.Equal(RecordFault.None, reader.Fault);
    }

    [Fact]
    public void B21_a_header_alone_has_no_records_and_an_empty_stream_none_at_all()
    {
        using CsvRecordReader header = Csv.Open("a,b\r\n");
        Assert.True(header.Read());
        Assert.False(header.Read());
        using CsvRecordReader empty = Csv.Open("");
        Assert.False(empty.Read());
    }

    [Theory]
    [InlineData("a,b\n1,2")]
    [InlineData("a,b\n1,\"2\"")]
    public void B22_a_last_record_without_line_end_is_read(string text)
    {
        using CsvRecordReader reader = Csv.Open(text);
        Assert.Equal(["1", "2"], Csv.All(reader)[1].Fields);
    }

    [Fact]
    public void B22_a_record_cut_short_shows_its_field_count()
    {
        using CsvRecordReader reader = Csv.Open("a,b,c\n1,2");
        Assert.Equal(2, Csv.All(reader)[1].Fields.Length);
    }

    [Fact]
    public void A_long_field_is_a_fault_and_its_content_never_becomes_a_record()
    {
        string essay = string.Concat(Enumerable.Repeat("9,9\n", 5_000));
        using CsvRecordReader reader = Csv.Open($"a,b\n1,\"{essay}\"\n2,3\n");
        reader.Read();
        Assert.True(reader.Read());
        Assert.Equal((RecordFault.FieldTooLong, 1, 2), (reader.Fault, reader.FaultField, reader.FieldCount));
        Assert.True(reader.Read());
        Assert.Equal((3, 5_003), (reader.Row, reader.Line));
        Assert.Equal(["2", "3"], Csv.Fields(reader));
    }

    [Theory]
    [InlineData("1,x\"y")]
    [InlineData("1,\"x\"y")]
    [InlineData("1, \"x\"")]
    public void A_stray_quote_costs_one_row(string row)
    {
        using CsvRecordReader reader = Csv.Open($"a,b\n{row}\n2,3\n");
        reader.Read();
        Assert.True(reader.Read());
        Assert.Equal((RecordFault.StrayQuote, 0), (reader.Fault, reader.FieldCount));
        Assert.True(reader.Read());
        Assert.Equal((3, 3), (reader.Row, reader.Line));
        Assert.Equal(["2", "3"], Csv.Fields(reader));
    }

    [Fact]
    public void An_unclosed_quote_that_meets_a_later_quote_is_found_where_it_was_opened()
    {
        using CsvRecordReader reader = Csv.Open("a,b\n\"p\nq\",\"1\n2,\"x\"\n3,\"y\"\n");
        reader.Read();
        Assert.True(reader.Read());
        Assert.Equal((2, 2, RecordFault.UnclosedQuote), (reader.Row, reader.Line, reader.Fault));
        Assert.True(reader.Read());
        Assert.Equal((3, 4), (reader.Row, reader.Line));
        Assert.Equal(["2", "x"], Csv.Fields(reader));
    }

    [Fact]
    public void A_file_of_lost_quotes_is_given_up()
    {
        using CsvRecordReader reader = Csv.Open("a,b\n" + string.Concat(Enumerable.Repeat("1,\"x\n", 2_001)));
        InputException e = Assert.Throws<InputException>(() => Csv.All(reader));
        Assert.Equal("csv-quote", e.Problems[0].Code);
    }

    [Fact]
    public void A_record_of_the_limit_is_read_and_a_longer_one_is_not()
    {
        var limits = new InputLimits { FieldChars = 100_000, RecordChars = 50_000 };
        string fits = new('x', 49_998);
        using CsvRecordReader reader = Csv.Open($"a,b\n1,{fits}\n1,{fits}y\n1,{fits}", limits: limits);
        reader.Read();
        reader.Read();
        Assert.Equal((RecordFault.None, 49_998), (reader.Fault, reader.Field(1).Length));
        reader.Read();
        Assert.Equal(RecordFault.RecordTooLong, reader.Fault);
        reader.Read();
        Assert.Equal((RecordFault.None, 49_998), (reader.Fault, reader.Field(1).Length));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Rows_and_cells_allocate_nothing()
    {
        string text = "id,a,b\n" + string.Concat(Enumerable.Repeat("12345,1,\"2\"\n", 100_000));
        using CsvRecordReader reader = Csv.Open(text);
        reader.Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        long sum = 0;
        while (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
            {
                sum += reader.Field(i).Length;
            }
        }

        Assert.Equal(700_000, sum);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }
}
