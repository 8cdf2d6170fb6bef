using System.Text;
using System.Text.RegularExpressions;

namespace Xinheng.Conventions.Tests;

/// <summary>What no file of the repository may hold.</summary>
public class FileTests
{
    private static readonly string[] Binary = [".png", ".xlsx", ".parquet", ".gz", ".zip", ".ico"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Written in pieces, so that this file does not find itself.</summary>
    private static readonly (string What, string Files, Regex Pattern)[] Banned =
    [
        ("the host of a package registry", "", Pattern("nuget" + @"\.org|nuget" + @"\.cdn|pypi" + @"\.org|python" + @"hosted\.org|npm" + @"js\.(org|com)|cran\.r-" + @"project\.org|cran\.r" + @"studio|crates" + @"\.io|ruby" + @"gems\.org|maven" + @"\.org")),
        ("a path of one machine", "", Pattern(@"(?<![\w.:/-])/(wo" + @"rk|ro" + @"ot|ho" + @"me|Us" + @"ers)/|\b[A-Za-z]:\\Us" + "ers")),
        ("unfinished work", "", Pattern(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")),
        ("unfinished work", ".cs", Pattern("NotImple" + "mentedException")),
        ("a wait by the clock", ".cs", Pattern(@"Thread\.Sl" + "eep")),
        ("the wall clock", ".cs", Pattern(@"DateTime\.No" + "w")),
    ];

    [Fact]
    public void NoFile_HoldsWhatDoesNotBelongThere()
    {
        var found = from file in TextFiles
                    from line in File.ReadLines(Repository.PathOf(file)).Select((text, index) => (text, number: index + 1))
                    from banned in Banned
                    where file.EndsWith(banned.Files, StringComparison.Ordinal) && banned.Pattern.IsMatch(line.text)
                    select $"{file}({line.number}): {banned.What}";
        Findings.None(found);
    }

    [Fact]
    public void TextFiles_AreUtf8WithoutMark_AndLinesEndInOneCharacter()
    {
        List<string> found = [];
        foreach (var file in TextFiles)
        {
            var content = File.ReadAllBytes(Repository.PathOf(file));
            if (content.AsSpan().StartsWith("\uFEFF"u8))
            {
                found.Add($"{file}: begins with a byte-order mark");
            }

            if (content.Contains((byte)'\r'))
            {
                found.Add($"{file}: a line ends in CR LF");
            }

            try
            {
                Strict.GetCharCount(content);
            }
            catch (DecoderFallbackException)
            {
                found.Add($"{file}: is not UTF-8");
            }
        }

        Findings.None(found);
    }

    [Fact]
    public void Definitions_AreWrittenInRealCharacters() => Findings.None(
        from file in Repository.Files
        where file.StartsWith("scales/", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal)
        where File.ReadAllText(Repository.PathOf(file)).Contains("\\u", StringComparison.Ordinal)
        select file);

    [Fact]
    public void EveryTestAndSampleAndPackage_IsInTheSolution()
    {
        var solution = File.ReadAllText(Repository.PathOf("Xinheng.slnx"));
        Findings.None(Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{file}\"", StringComparison.Ordinal)));
    }

    /// <summary>Test data is what survey tools write, in their encodings; Git keeps it byte for byte (see .gitattributes).</summary>
    private static IEnumerable<string> TextFiles => Repository.Files
        .Where(file => !Binary.Contains(Path.GetExtension(file)))
        .Where(file => !file.StartsWith("samples/data/", StringComparison.Ordinal))
        .Where(file => !(file.StartsWith("tests/", StringComparison.Ordinal) && file.Contains("/Data/", StringComparison.Ordinal)));

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
