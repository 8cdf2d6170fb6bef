using System.Security.Cryptography;
using System.Text;

namespace Xinheng.Data.Tests;

public sealed class EncodingTests
{
    private const string Table = "编号,姓名\n1,𠀀龘\n2,李\n";

    private static readonly Encoding Gb18030 = TextEncoding.Gb18030.Encoding;

    private static List<string[]> Read(byte[] content, InputOptions? options = null)
    {
        using var file = new TempFile(content);
        using TableInput input = TableInput.Open(file.Path, options);
        List<string[]> records = [.. Csv.All(input.Reader).Select(r => r.Fields)];
        input.VerifyUnchanged();
        return records;
    }

    private static Problem Refusal(byte[] content, InputOptions? options = null) =>
        Assert.Single(Assert.Throws<InputException>(() => Read(content, options)).Problems);

    private static void IsTable(List<string[]> records) =>
        Assert.Equal(["编号|姓名", "1|𠀀龘", "2|李"], records.Select(r => string.Join('|', r)));

    [Fact]
    public void B16_a_byte_order_mark_decides()
    {
        IsTable(Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Table)]));
        IsTable(Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Table)]));
        IsTable(Read([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Table)]));
        IsTable(Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Table)], new InputOptions { Encoding = "utf-16" }));
    }

    [Fact]
    public void Utf8_without_a_mark_is_recognised() => IsTable(Read(Encoding.UTF8.GetBytes(Table)));

    [Theory]
    [InlineData("gb18030")]
    [InlineData("GBK")]
    [InlineData("gb2312")]
    public void Declared_gb18030_is_read_with_its_four_byte_characters(string name) =>
        IsTable(Read(Gb18030.GetBytes(Table), new InputOptions { Encoding = name }));

    [Fact]
    public void Declared_utf16_without_a_mark_needs_its_byte_order()
    {
        IsTable(Read(Encoding.Unicode.GetBytes(Table), new InputOptions { Encoding = "utf-16le" }));
        IsTable(Read(Encoding.BigEndianUnicode.GetBytes(Table), new InputOptions { Encoding = "utf-16be" }));
        Assert.Equal("encoding", Refusal(Encoding.Unicode.GetBytes(Table), new InputOptions { Encoding = "utf-16" }).Code);
        Assert.Contains("utf-16le", Refusal(Encoding.Unicode.GetBytes("id,a\n1,2\n")).Action, StringComparison.Ordinal);
    }

    [Fact]
    public void Gb18030_is_taken_where_utf8_fails_and_the_header_is_known()
    {
        byte[] content = Gb18030.GetBytes(Table);
        IsTable(Read(content, new InputOptions { HeaderIsKnown = static header => header.Contains("姓名") }));
        Assert.Equal("encoding", Refusal(content, new InputOptions { HeaderIsKnown = static _ => false }).Code);
    }

    [Fact]
    public void B15_gb18030_taken_for_utf8_is_refused_with_its_byte_offset()
    {
        byte[] content = [.. "id,name\n1,"u8, .. Gb18030.GetBytes("李"), .. "\n"u8];
        Problem problem = Refusal(content);
        Assert.Equal("encoding", problem.Code);
        Assert.Contains("offset 10 ", problem.Found, StringComparison.Ordinal);
        Assert.Contains("offset 10 ", Refusal(content, new InputOptions { Encoding = "utf-8" }).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("latin1")]
    [InlineData("")]
    public void B16_an_encoding_that_is_not_accepted_is_refused(string name) =>
        Assert.Equal("encoding-name", Refusal("id\n1"u8.ToArray(), new InputOptions { Encoding = name }).Code);

    [Fact]
    public void A_declaration_that_contradicts_the_mark_is_refused() =>
        Assert.Equal("encoding-conflict", Refusal([0xEF, 0xBB, 0xBF, .. "id\n1"u8], new InputOptions { Encoding = "gbk" }).Code);

    [Theory]
    [InlineData("utf-8", new byte[] { 0xC3 }, true)]
    [InlineData("utf-8", new byte[] { 0xED, 0xA0, 0x80 }, false)]
    [InlineData("utf-8", new byte[] { 0xF0, 0x9F, 0x98 }, true)]
    [InlineData("gb18030", new byte[] { 0xB0 }, true)]
    [InlineData("gb18030", new byte[] { 0xFF }, false)]
    [InlineData("gb18030", new byte[] { 0x80 }, false)]
    [InlineData("gb18030", new byte[] { 0xB0, 0x20 }, false)]
    [InlineData("gb18030", new byte[] { 0x81, 0x30, 0x20 }, false)]
    [InlineData("gb18030", new byte[] { 0xFE, 0x39, 0xFE, 0x39 }, false)]
    [InlineData("gb18030", new byte[] { 0x95, 0x32, 0x82 }, true)]
    [InlineData("utf-16le", new byte[] { 0x00, 0xDC }, false)]
    [InlineData("utf-16le", new byte[] { 0x00, 0xD8, 0x41, 0x00 }, false)]
    [InlineData("utf-16be", new byte[] { 0xD8, 0x00 }, true)]
    [InlineData("utf-16be", new byte[] { 0x00 }, true)]
    public void An_invalid_byte_has_its_exact_offset_wherever_the_buffer_ends(string name, byte[] invalid, bool atEnd)
    {
        TextEncoding encoding = TextEncoding.FromName(name, "")!;
        byte[] filler = encoding.Encoding.GetBytes("x\n");
        for (int shift = -8; shift <= 8; shift++)
        {
            // The reader takes bytes in parts of 64 KiB.
            int pairs = ((1 << 16) / filler.Length) + shift;
            byte[] before = [.. Enumerable.Repeat(filler, pairs).SelectMany(b => b), .. encoding.Encoding.GetBytes((shift & 1) == 0 ? "" : "y")];
            byte[] content = [.. before, .. invalid, .. atEnd ? [] : filler];
            using var reader = new CsvRecordReader(new MemoryStream(content), encoding, "test.csv");
            InputException e = Assert.Throws<InputException>(() => Csv.All(reader));
            Assert.Contains($"offset {before.Length} ", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_probe_finds_the_first_invalid_byte_across_the_borders_of_its_chunks()
    {
        byte[] character = Encoding.UTF8.GetBytes("𠀀");
        for (int shift = -5; shift <= 1; shift++)
        {
            byte[] filler = new byte[InputProbe.ChunkBytes + shift];
            Array.Fill(filler, (byte)'x');
            Assert.Null(Probe([.. filler, .. character, .. "end"u8]).FirstInvalidUtf8);
            Assert.Equal(filler.Length, Probe([.. filler, .. character[..3], .. "end"u8]).FirstInvalidUtf8);
            Assert.Equal(filler.Length, Probe([.. filler, .. character[..2]]).FirstInvalidUtf8);
            Assert.Equal(filler.Length, Probe([.. filler, 0x80]).FirstInvalidUtf8);
        }
    }

    [Fact]
    public void The_digest_is_that_of_the_digests_of_the_chunks()
    {
        byte[] content = new byte[InputProbe.ChunkBytes + 5];
        new Random(1).NextBytes(content);
        byte[] digests = [.. SHA256.HashData(content.AsSpan(0, InputProbe.ChunkBytes)), .. SHA256.HashData(content.AsSpan(InputProbe.ChunkBytes))];
        InputProbe probe = Probe(content);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(digests)), probe.ChunkedSha256);
        Assert.Equal(content.Length, probe.Length);
    }

    [Fact]
    public void B21_an_empty_file_is_refused() => Assert.Equal("input-empty", Refusal([]).Code);

    [Fact]
    public void B23_a_file_changed_meanwhile_is_refused()
    {
        using var file = new TempFile("id\n1\n"u8.ToArray());
        using TableInput input = TableInput.Open(file.Path);
        input.VerifyUnchanged();
        File.SetLastWriteTimeUtc(file.Path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("input-changed", Assert.Throws<InputException>(input.VerifyUnchanged).Problems[0].Code);
        File.Delete(file.Path);
        Assert.Equal("input-changed", Assert.Throws<InputException>(input.VerifyUnchanged).Problems[0].Code);
    }

    [Fact]
    public void What_a_file_is_its_content_decides()
    {
        byte[] workbook = Workbook.WithRow(Workbook.Number("A2", "1")).Build();
        Assert.Equal(["id|a", "1|"], Read(workbook).Select(r => string.Join('|', r)));
        using var file = new TempFile("id,a\n1,2"u8.ToArray(), ".xlsx");
        Assert.Equal("xlsx-magic", Assert.Throws<InputException>(() => TableInput.Open(file.Path).Dispose()).Problems[0].Code);
    }

    [Fact]
    public void No_message_carries_content_of_the_file()
    {
        const string Canary = "张三丰CANARY";
        byte[][] files =
        [
            [.. Encoding.UTF8.GetBytes($"id,{Canary}\n{Canary},\"x\n"), 0xFF],
            Encoding.UTF8.GetBytes($"{Canary},b;{Canary}\n"),
            Encoding.UTF8.GetBytes($"\"{Canary},b\n"),
            Workbook.Zip(Workbook.Row(1, Workbook.Inline("A1", Canary)) + $"<{Canary}>").Build(),
            Workbook.Zip(Workbook.Row(1, Workbook.Inline("A1", Canary)) + $"&{Canary};").Build(),
        ];
        foreach (byte[] content in files)
        {
            InputException e = Assert.Throws<InputException>(() => Read(content));
            Assert.DoesNotContain("CANARY", e.ToString(), StringComparison.Ordinal);
        }
    }

    private static InputProbe Probe(byte[] content) => TempFile.Probe(content);
}
