using System.Globalization;
using System.Xml;

namespace Xinheng.Data;

/// <summary>What a sheet needs from the rest of its workbook: where it is, the date system, the date styles and the shared texts.</summary>
internal sealed class XlsxWorkbook
{
    public const string TransitionalNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string StrictNamespace = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    private const long SmallPartBytes = 16 << 20;
    private const int MaxRelations = 10_000;
    private const int MaxStyles = 100_000;

    private readonly List<bool> _dateStyles = [];

    private XlsxWorkbook(string file, VerifiedZip zip)
    {
        File = file;
        Zip = zip;
    }

    public string File { get; }

    public VerifiedZip Zip { get; }

    public string SheetPart { get; private set; } = "";

    public string SheetName { get; private set; } = "";

    public int VisibleSheets { get; private set; }

    public int HiddenSheets { get; private set; }

    public bool Date1904 { get; private set; }

    public SharedStrings? SharedStrings { get; private set; }

    public bool IsDateStyle(int style) => (uint)style < (uint)_dateStyles.Count && _dateStyles[style];

    /// <summary>Opens a workbook at a sheet, or at its first visible one.</summary>
    public static XlsxWorkbook Open(Stream stream, string file, string? sheet, InputLimits limits)
    {
        var zip = new VerifiedZip(stream, file, limits);
        var workbook = new XlsxWorkbook(file, zip);
        string part = workbook.Relations("").FirstOrDefault(static r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal))?.Target ?? "";
        if (part.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            throw ExcelMagic.Refused(file, "The file is a binary workbook (.xlsb)");
        }

        if (!zip.Contains(part))
        {
            throw ExcelMagic.Refused(file, "The file is an archive, but no workbook");
        }

        List<Relation> relations = workbook.Relations(part);
        workbook.FindSheet(part, sheet, relations);
        if (Part(relations, "/styles") is { } styles)
        {
            workbook.ReadStyles(styles);
        }

        if (Part(relations, "/sharedStrings") is { } strings)
        {
            workbook.SharedStrings = Xinheng.Data.SharedStrings.Load(zip, strings, limits.PartBytes);
        }

        return workbook;
    }

    private static string? Part(List<Relation> relations, string type) =>
        relations.Find(r => r.Type.EndsWith(type, StringComparison.Ordinal))?.Target;

    /// <summary>The relations of a part, with targets as names of the archive; external ones are left out.</summary>
    private List<Relation> Relations(string part)
    {
        int slash = part.LastIndexOf('/');
        string folder = part[..(slash + 1)];
        string name = $"{folder}_rels/{part[(slash + 1)..]}.rels";
        var relations = new List<Relation>();
        if (!Zip.Contains(name))
        {
            return relations;
        }

        using var reader = new XmlPartReader(Zip, name, SmallPartBytes);
        while (reader.Read())
        {
            if (reader.Xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                || string.Equals(reader.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (relations.Count == MaxRelations)
            {
                throw Zip.Broken("xlsx-part", "A part of the workbook refers to too many others", "The structure of a workbook");
            }

            string target = reader.Attribute("Target") ?? "";
            target = target.StartsWith('/') ? target[1..] : Resolve(folder, target);
            relations.Add(new Relation(reader.Attribute("Id") ?? "", reader.Attribute("Type") ?? "", target));
        }

        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (string part in target.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private void FindSheet(string part, string? wanted, List<Relation> relations)
    {
        string? id = null;
        using var reader = new XmlPartReader(Zip, part, SmallPartBytes);
        while (reader.Read())
        {
            XmlReader xml = reader.Xml;
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.Depth == 0 && xml.NamespaceURI is not (TransitionalNamespace or StrictNamespace))
            {
                throw ExcelMagic.Refused(File, "The file is no workbook that Excel would write");
            }

            if (xml.LocalName == "workbookPr")
            {
                Date1904 = IsTrue(reader.Attribute("date1904"));
            }
            else if (xml.LocalName == "sheet" && xml.Depth == 2)
            {
                string relation = RelationId(xml);
                Relation? target = relations.Find(r => r.Id == relation);
                if (target is null || !target.Type.EndsWith("/worksheet", StringComparison.Ordinal))
                {
                    continue;
                }

                bool hidden = reader.Attribute("state") is "hidden" or "veryHidden";
                VisibleSheets += hidden ? 0 : 1;
                HiddenSheets += hidden ? 1 : 0;
                string name = reader.Attribute("name") ?? "";
                if (id is null && (wanted is null ? !hidden : name == wanted))
                {
                    id = relation;
                    SheetName = name;
                    SheetPart = target.Target;
                }
            }
        }

        if (id is null)
        {
            throw new InputException(new Problem
            {
                Code = "xlsx-sheet",
                File = File,
                Found = wanted is null ? "The workbook has no visible sheet with cells" : $"The workbook has no sheet of the name asked for, among {VisibleSheets + HiddenSheets}",
                Expected = "A sheet with the table",
                Action = wanted is null ? "Unhide the sheet, or name it" : "Check the name of the sheet, letter by letter",
            });
        }
    }

    // The attribute is r:id; the prefix and the namespace (transitional or strict) differ between writers.
    private static string RelationId(XmlReader xml)
    {
        string id = "";
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
            {
                id = xml.Value;
            }
        }

        xml.MoveToElement();
        return id;
    }

    private void ReadStyles(string part)
    {
        var custom = new Dictionary<int, bool>();
        bool cellFormats = false;
        using var reader = new XmlPartReader(Zip, part, SmallPartBytes);
        while (reader.Read())
        {
            XmlReader xml = reader.Xml;
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.Depth == 1)
            {
                cellFormats = xml.LocalName == "cellXfs";
            }
            else if (xml.Depth == 2 && xml.LocalName == "numFmt" && custom.Count < MaxStyles)
            {
                custom[Number(reader.Attribute("numFmtId"))] = ExcelDate.IsDateFormat(reader.Attribute("formatCode") ?? "");
            }
            else if (xml.Depth == 2 && cellFormats && xml.LocalName == "xf" && _dateStyles.Count < MaxStyles)
            {
                int format = Number(reader.Attribute("numFmtId"));
                _dateStyles.Add(custom.TryGetValue(format, out bool date) ? date : ExcelDate.IsDateFormat(format));
            }
        }
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static bool IsTrue(string? text) => text is "1" or "true";

    private sealed record Relation(string Id, string Type, string Target);
}
