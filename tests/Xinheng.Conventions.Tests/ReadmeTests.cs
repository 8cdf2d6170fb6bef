namespace Xinheng.Conventions.Tests;

/// <summary>The two readmes say the same.</summary>
public class ReadmeTests
{
    private static readonly string[] English = File.ReadAllLines(Repository.PathOf("README.md"));
    private static readonly string[] Chinese = File.ReadAllLines(Repository.PathOf("README.zh-CN.md"));

    /// <summary>Every heading of README.md with its Chinese name: a new section must be written in both.</summary>
    private static readonly (string English, string Chinese)[] Headings =
    [
        ("# Xinheng (心衡)", "# 心衡（Xinheng）"),
        ("## Ten lines", "## 十行代码"),
        ("## What you can rely on", "## 可以信赖什么"),
        ("## Instruments", "## 量表"),
        ("## Words", "## 术语"),
        ("## Many people", "## 批量计分"),
        ("## One submission at a time", "## 逐份提交"),
        ("## Norms", "## 常模"),
        ("## Add your own scale in five minutes", "## 五分钟添加自己的量表"),
        ("## Your own wording", "## 使用自己的题目原文"),
        ("## The command line", "## 命令行"),
        ("## Performance", "## 性能"),
        ("## Packages", "## 程序包"),
        ("## Limits and privacy", "## 局限与隐私"),
        ("## Licence", "## 许可证"),
    ];

    [Fact]
    public void Headings_AreTheSameInOrder()
    {
        Assert.Equal(Headings.Select(pair => pair.English), HeadingsOf(English));
        Assert.Equal(Headings.Select(pair => pair.Chinese), HeadingsOf(Chinese));
    }

    [Fact]
    public void CodeBlocks_AreTheSame()
    {
        Assert.NotEmpty(CodeOf(English));
        Assert.Equal(CodeOf(English), CodeOf(Chinese));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("scales/README.md")]
    [InlineData("scales/README.zh-CN.md")]
    public void Links_LeadToFilesOfTheRepository(string readme)
    {
        ArgumentNullException.ThrowIfNull(readme);
        var folder = Path.GetDirectoryName(Repository.PathOf(readme))!;
        var links = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Repository.PathOf(readme)), @"\]\((?!https?:|#)([^)#]+)[^)]*\)");
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), link.Value));
    }

    private static IEnumerable<string> HeadingsOf(string[] lines)
    {
        var code = false;
        foreach (var line in lines)
        {
            code ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!code && line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }

    private static List<string> CodeOf(string[] lines)
    {
        List<string> blocks = [];
        var code = false;
        foreach (var line in lines)
        {
            var fence = line.StartsWith("```", StringComparison.Ordinal);
            if (fence && !code)
            {
                blocks.Add("");
            }

            if (fence || code)
            {
                blocks[^1] += line + "\n";
            }

            code ^= fence;
        }

        return blocks;
    }
}
