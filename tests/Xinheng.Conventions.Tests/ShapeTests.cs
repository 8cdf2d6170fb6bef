using System.Collections;
using System.Reflection;
using System.Xml.Linq;

namespace Xinheng.Conventions.Tests;

/// <summary>What every public type looks like, and what its documentation says.</summary>
public class ShapeTests
{
    private static readonly string[] Promises = ["immutable", "thread-safe", "mutable"];

    public static TheoryData<string> Names => [.. Repository.Projects.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PublicTypes_AreSealedStaticAbstractRecordsOrValues(string name) =>
        Assert.All(PublicTypes(name), type => Assert.True(type.IsValueType || type.IsSealed || (type.IsAbstract && (IsRecord(type) || IsClosed(type))), type.FullName));

    [Theory]
    [MemberData(nameof(Names))]
    public void PublicStatics_CannotBeChanged(string name)
    {
        var statics = PublicTypes(name)
            .Where(type => !type.IsEnum)
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));
        Findings.None(statics.Where(IsChangeable).Select(member => $"{member.DeclaringType}.{member.Name}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryDocumentedMember_SaysSomething(string name)
    {
        // That no public member is left out is the compiler's part: CS1591 is an error in src.
        var types = PublicTypes(name).Select(type => IdOf(type)[2..]).ToHashSet(StringComparer.Ordinal);
        var silent = Documentation(name).Values
            .Where(member => ((string)member.Attribute("name")!)[2..].Split('(')[0] is var id && (types.Contains(id) || types.Contains(id[..id.LastIndexOf('.')])))
            .Where(member => member.Element("inheritdoc") is null && string.IsNullOrWhiteSpace(TextOf(member.Element("summary"))))
            .Select(member => (string?)member.Attribute("name"));
        Findings.None(silent);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPublicType_IsDocumented(string name)
    {
        var documentation = Documentation(name);
        Assert.DoesNotContain(PublicTypes(name), type => !documentation.ContainsKey(IdOf(type)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPublicType_SaysWhetherItIsImmutable(string name)
    {
        var documentation = Documentation(name);
        var silent = PublicTypes(name)
            .Where(type => !type.IsEnum && !(type.IsAbstract && type.IsSealed) && !type.IsSubclassOf(typeof(Exception)) && !type.IsSubclassOf(typeof(Attribute)))
            .Where(type => !Promises.Any(promise => WithBases(type).Any(t => TextOf(documentation.GetValueOrDefault(IdOf(t))).Contains(promise, StringComparison.OrdinalIgnoreCase))));
        Findings.None(silent);
    }

    [Fact]
    public void NoProject_SilencesTheCompilerAboutDocumentation()
    {
        var silenced = Repository.Files
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || !file.Contains('/', StringComparison.Ordinal))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith("proj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal) || file.EndsWith(".editorconfig", StringComparison.Ordinal))
            .Where(file => File.ReadLines(Repository.PathOf(file)).Any(line => line.Contains("1591", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#') && !line.Contains("<!--", StringComparison.Ordinal)));
        Findings.None(silenced);
    }

    private static Type[] PublicTypes(string name) =>
        Assembly.LoadFrom(Repository.Projects.Single(project => project.Name == name).AssemblyPath).GetExportedTypes();

    private static Dictionary<string, XElement> Documentation(string name) =>
        XDocument.Load(Repository.Projects.Single(project => project.Name == name).DocumentationPath)
            .Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    private static string IdOf(Type type) => "T:" + (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.');

    private static string TextOf(XElement? element) => element?.Value ?? "";

    private static IEnumerable<Type> WithBases(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            yield return type;
        }
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>An abstract class that nobody else can derive from.</summary>
    private static bool IsClosed(Type type) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .All(constructor => constructor.IsPrivate || constructor.IsAssembly || constructor.IsFamilyAndAssembly);

    private static bool IsChangeable(MemberInfo member) => member switch
    {
        FieldInfo field => !(field.IsInitOnly || field.IsLiteral) || HoldsChangeable(field.FieldType),
        PropertyInfo property => property.SetMethod is { IsPublic: true } || (property.SetMethod is null && HoldsChangeable(property.PropertyType)),
        EventInfo => true,
        _ => false,
    };

    private static bool HoldsChangeable(Type type) =>
        type.IsArray || (typeof(IList).IsAssignableFrom(type) && !type.IsValueType) || typeof(IDictionary).IsAssignableFrom(type);
}
