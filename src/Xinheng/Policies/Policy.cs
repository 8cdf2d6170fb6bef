using System.Security.Cryptography;
using Xinheng.Documents;

namespace Xinheng;

/// <summary>A checked policy: severities, rules, tasks, who is told.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Valid by construction: what could lose a person, be undone by a
/// worse answer or tell somebody too much is refused when it is loaded, with every problem of the file at once.
/// </remarks>
public sealed class Policy
{
    private static readonly Lazy<Policy> Student = new(() => Shipped("student-default"));
    private static readonly Lazy<Policy> Staff = new(() => Shipped("staff-default"));

    private Policy(PolicyDefinition definition, InstrumentCatalog catalog, string hash)
    {
        Definition = definition;
        Catalog = catalog;
        Hash = hash;
    }

    /// <summary>Everything the policy says.</summary>
    public PolicyDefinition Definition { get; }

    /// <summary>Kebab-case id.</summary>
    public string Id => Definition.Id;

    /// <summary>SHA-256 of the policy file in lower-case hexadecimal; results are kept with it.</summary>
    public string Hash { get; }

    /// <summary>Whether nobody has signed it yet.</summary>
    public bool IsDraft => Definition.Signature is null;

    internal static IEnumerable<string> ShippedIds => [Student.Value.Id, Staff.Value.Id];

    internal InstrumentCatalog Catalog { get; }

    /// <summary>The policy that ships for a population: a draft until a clinician signs a copy of it.</summary>
    public static Policy Default(PopulationKind population) => population == PopulationKind.Staff ? Staff.Value : Student.Value;

    /// <summary>Loads and checks a policy file.</summary>
    /// <param name="utf8">Content of the file.</param>
    /// <param name="file">The file's name, for problems.</param>
    /// <param name="catalog">The instruments that its severities may name.</param>
    /// <exception cref="DefinitionException">The file is refused; the exception carries all its problems.</exception>
    public static Policy Load(ReadOnlySpan<byte> utf8, string file, InstrumentCatalog catalog) =>
        TryLoad(utf8, file, catalog, out var policy, out var problems) ? policy! : throw new DefinitionException(problems);

    /// <summary>Loads and checks a policy file; gives all its problems instead of throwing.</summary>
    /// <returns><see langword="true"/> when there is no problem.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> utf8, string file, InstrumentCatalog catalog, out Policy? policy, out IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(catalog);
        policy = null;
        var report = new ProblemReport(file);
        var definition = DocumentReader.TryRead(utf8, report, XinhengJson.Default.PolicyDefinition);
        if (definition is not null)
        {
            PolicyCheck.Run(definition, catalog, report);
        }

        problems = report.Problems;
        if (problems.Count > 0 || definition is null)
        {
            return false;
        }

        policy = new Policy(definition, catalog, Convert.ToHexStringLower(SHA256.HashData(utf8)));
        return true;
    }

    /// <summary>Checks a policy that was built in code. Its hash is that of its JSON form.</summary>
    /// <exception cref="DefinitionException">The policy is refused; the exception carries all its problems.</exception>
    public static Policy Create(PolicyDefinition definition, InstrumentCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Load(DocumentReader.Write(definition, XinhengJson.Default.PolicyDefinition), definition.Id, catalog);
    }

    /// <summary>By when somebody must act: the shortest time of the rules that fired and of the tasks; <see langword="null"/> when there is nothing to do.</summary>
    public ResponseTime? UrgencyOf(TierOutcome outcome)
    {
        ResponseTime? urgency = null;
        for (var rule = 0; rule < Definition.Rules.Count; rule++)
        {
            if ((outcome.Fired >> rule & 1) != 0 && !(urgency <= Definition.Rules[rule].Within))
            {
                urgency = Definition.Rules[rule].Within;
            }
        }

        for (var task = 0; task < Definition.Tasks.Count; task++)
        {
            if ((outcome.Tasks >> task & 1) != 0 && !(urgency <= Definition.Tasks[task].Within))
            {
                urgency = Definition.Tasks[task].Within;
            }
        }

        return urgency;
    }

    /// <summary>Rules that a set of bits stands for, in the order of the policy.</summary>
    public IEnumerable<PolicyRule> RulesOf(ulong bits) => Definition.Rules.Where((_, rule) => (bits >> rule & 1) != 0);

    /// <summary>Tasks that a set of bits stands for, in the order of the policy.</summary>
    public IEnumerable<PolicyTask> TasksOf(uint bits) => Definition.Tasks.Where((_, task) => (bits >> task & 1) != 0);

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{Id} {Definition.Version}";

    /// <summary>The shipped policy with an id, or <see langword="null"/>.</summary>
    internal static Policy? FindShipped(string id) => id == Student.Value.Id ? Student.Value : id == Staff.Value.Id ? Staff.Value : null;

    private static Policy Shipped(string id) => Load(Embedded.Read($"policies/{id}.json"), $"scales/policies/{id}.json", InstrumentCatalog.Default);
}
