using System.IO.Compression;
using System.Text;

namespace Xinheng.Data.Tests;

public sealed class XlsxArchiveTests
{
    private static readonly string Plain = Workbook.Row(1, Workbook.Inline("A1", "id")) + Workbook.Row(2, Workbook.Number("A2", "1"));

    [Fact]
    public void A_sound_archive_is_read()
    {
        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(Plain));
        Assert.Equal(["id", "1"], Csv.All(reader).Select(r => r.Fields[0]));
    }

    [Fact]
    public void A_descriptor_behind_the_data_is_accepted()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Flags = 8;
        using XlsxRecordReader reader = Workbook.Open(zip);
        Assert.Equal(2, Csv.All(reader).Count);
    }

    [Fact]
    public void An_archive_with_64_bit_fields_is_read_within_the_limits()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip.Zip64 = true;
        using XlsxRecordReader reader = Workbook.Open(zip);
        Assert.Equal(2, Csv.All(reader).Count);
        zip.StatedCount = 60_000;
        Assert.Equal("zip-too-many-entries", Workbook.Refusal(zip));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_of_the_framework_is_read(bool streamed)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(streamed ? new WriteOnlyStream(bytes) : bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var source = new ZipArchive(new MemoryStream(Workbook.Zip(Plain).Build())))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using Stream from = entry.Open();
                using Stream to = archive.CreateEntry(entry.FullName).Open();
                from.CopyTo(to);
            }
        }

        using XlsxRecordReader reader = Workbook.Open(bytes.ToArray());
        Assert.Equal(2, Csv.All(reader).Count);
    }

    [Fact]
    public void C24_a_bomb_is_stopped_by_counted_bytes()
    {
        ZipBuilder zip = Workbook.Zip(Plain + new string(' ', 20 << 20));
        Assert.Equal("zip-ratio", Workbook.Refusal(zip));
        Assert.Equal("zip-too-large", Workbook.Refusal(zip, new InputLimits { SheetBytes = 1 << 20 }));
        zip[Workbook.SheetName].Length = 1000;
        Assert.Equal("zip-size-mismatch", Workbook.Refusal(zip));
    }

    [Fact]
    public void C24_a_bomb_of_shared_strings_is_stopped_too()
    {
        ZipBuilder zip = Workbook.Zip(Plain, "<si><t>x</t></si>" + new string(' ', 20 << 20));
        Assert.Equal("zip-ratio", Workbook.Refusal(zip));
    }

    [Fact]
    public void C25_an_understated_length_is_found()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Length = 100;
        Assert.Equal("zip-size-mismatch", Workbook.Refusal(zip));
    }

    [Fact]
    public void C26_an_overstated_length_is_found()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Length *= 2;
        Assert.Equal("zip-size-mismatch", Workbook.Refusal(zip));
    }

    [Fact]
    public void C26_a_wrong_checksum_is_found_before_the_end_is_handed_out()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Crc ^= 1;
        Assert.Equal("zip-crc", Workbook.Refusal(zip));
    }

    [Fact]
    public void C26_a_flipped_bit_in_a_stored_entry_is_found()
    {
        ZipBuilder zip = Workbook.Zip(Plain, stored: true);
        byte[] file = zip.Build();
        int at = Encoding.Latin1.GetString(file).IndexOf("<v>1</v>", StringComparison.Ordinal) + 3;
        file[at] ^= 2;
        Assert.Equal("zip-crc", Workbook.Refusal(file));
    }

    [Theory]
    [InlineData("../../x", "zip-entry-name")]
    [InlineData("/etc/x", "zip-entry-name")]
    [InlineData("xl\\x.xml", "zip-entry-name")]
    [InlineData("C:x.xml", "zip-entry-name")]
    [InlineData("xl/worksheets/sheet1.xml", "zip-duplicate")]
    [InlineData("XL/Worksheets/Sheet1.XML", "zip-duplicate")]
    [InlineData("xl/embeddings/book.xlsx", "zip-nested")]
    [InlineData("inner.zip", "zip-nested")]
    public void C27_a_hostile_entry_is_refused_by_its_name(string name, string code)
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip.Add(name, "x");
        Assert.Equal(code, Workbook.Refusal(zip));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C27_a_nested_archive_is_refused_by_its_first_bytes(bool stored)
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip.Add("xl/media/image1.png", Workbook.Zip(Plain).Build(), stored);
        Assert.Equal("zip-nested", Workbook.Refusal(zip));
    }

    [Fact]
    public void C27_an_encrypted_entry_is_refused()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Flags = 1;
        Assert.Equal("zip-encrypted", Workbook.Refusal(zip));
    }

    [Fact]
    public void C27_seventy_thousand_entries_are_refused()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip.StatedCount = 60_000;
        Assert.Equal("zip-too-many-entries", Workbook.Refusal(zip));
        for (int i = 0; i < 70_000; i++)
        {
            zip.Add($"e{i}.xml", [], stored: true);
        }

        zip.StatedCount = 70_000 & 0xFFFF;
        Assert.Equal("zip-too-many-entries", Workbook.Refusal(zip));
    }

    [Fact]
    public void An_unusual_method_is_refused()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].Method = 12;
        Assert.Equal("zip-method", Workbook.Refusal(zip));
    }

    [Fact]
    public void A_local_header_of_another_name_is_refused()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip[Workbook.SheetName].LocalName = "xl/worksheets/sheet2.xml";
        Assert.Equal("zip-header-mismatch", Workbook.Refusal(zip));
    }

    [Fact]
    public void Overlapping_entries_are_refused()
    {
        ZipBuilder zip = Workbook.Zip(Plain);
        zip["_rels/.rels"].Offset = 0;
        Assert.Equal("zip-overlap", Workbook.Refusal(zip));
    }

    [Fact]
    public void Bytes_behind_the_archive_are_refused()
    {
        Assert.Equal("zip-trailing-data", Workbook.Refusal([.. Workbook.Zip(Plain).Build(), 0]));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] file = Workbook.Zip(Plain).Build();
        for (int length = 4; length < file.Length; length++)
        {
            Assert.StartsWith("zip-", Workbook.Refusal(file[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_refused_or_changes_nothing()
    {
        byte[] file = Workbook.Zip(Plain).Build();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                using XlsxRecordReader reader = Workbook.Open(flipped);
                Assert.Equal(["id", "1"], Csv.All(reader).Select(r => r.Fields[0]));
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }
    }

    [Fact]
    public void C28_billion_laughs_and_external_entities_are_refused()
    {
        const string Laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><x>&lol2;</x>";
        const string External = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>";
        foreach (string xml in (string[])[Laughs, External])
        {
            byte[] data = Encoding.UTF8.GetBytes(xml);
            foreach (string part in (string[])[Workbook.SheetName, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
            {
                ZipBuilder zip = Workbook.Zip(Plain);
                zip.Replace(part, data);
                Assert.Equal("xml-dtd", Workbook.Refusal(zip));
            }
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE x []>", "xml-dtd")]
    [InlineData("<![CDATA[x]]>", "xml-cdata")]
    [InlineData("<row r=\"3\">&nbsp;</row>", "xml-syntax")]
    [InlineData("<row r=\"3\">", "xml-syntax")]
    public void C28_what_no_workbook_holds_is_refused(string xml, string code) =>
        Assert.Equal(code, Workbook.Refusal(Workbook.Zip(Plain + xml)));

    [Fact]
    public void C28_a_hundred_thousand_nested_tags_are_refused()
    {
        string nested = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        Assert.Equal("xml-depth", Workbook.Refusal(Workbook.Zip(Plain + nested)));
        Assert.Equal("xml-depth", Workbook.Refusal(Workbook.Zip(Plain, $"<si>{nested}</si>")));
        Assert.Equal("xml-depth", Workbook.Refusal(Workbook.Zip(Plain, after: nested)));
    }

    [Fact]
    public void C28_an_endless_attribute_is_refused_in_bounded_memory()
    {
        string random = string.Concat(Enumerable.Range(0, 2_000_000).Select(i => (char)('a' + (i * 7919L % 8191 % 26))));
        byte[] file = Workbook.Zip($"{Plain}<row r=\"{random}\"/>", stored: true).Build();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("xml-tag-length", Workbook.Refusal(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void C28_endless_names_are_refused()
    {
        string names = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a{i}/>"));
        Assert.Equal("xml-names", Workbook.Refusal(Workbook.Zip(Plain + names)));
    }

    [Fact]
    public void C28_styles_that_refer_to_each_other_are_not_followed()
    {
        using XlsxRecordReader reader = Workbook.Open(Workbook.Zip(Plain, cellFormats: "<xf numFmtId=\"0\" xfId=\"1\"/><xf numFmtId=\"0\" xfId=\"0\"/>"));
        Assert.Equal(2, Csv.All(reader).Count);
    }

    [Fact]
    public void C30_an_old_or_protected_workbook_is_refused()
    {
        byte[] file = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        InputException e = Assert.Throws<InputException>(() => Workbook.Open(file).Dispose());
        Assert.Equal("xlsx-magic", e.Problems[0].Code);
        Assert.Contains(".xlsx", e.Problems[0].Action, StringComparison.Ordinal);
    }

    [Fact]
    public void C30_a_binary_workbook_is_refused()
    {
        var zip = new ZipBuilder();
        zip.Add("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>");
        zip.Add("xl/workbook.bin", [1, 2, 3, 4]);
        Assert.Equal("xlsx-magic", Workbook.Refusal(zip));
    }

    [Theory]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><Workbook/>")]
    [InlineData("id,a\n1,2")]
    public void C30_another_file_under_the_name_of_a_workbook_is_refused(string text) =>
        Assert.Equal("xlsx-magic", Workbook.Refusal(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void C30_an_archive_without_a_workbook_is_refused()
    {
        var zip = new ZipBuilder();
        zip.Add("word/document.xml", "<x/>");
        Assert.Equal("xlsx-magic", Workbook.Refusal(zip));
    }
}
