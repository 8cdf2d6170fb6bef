using BenchmarkDotNet.Attributes;
using Xinheng.Cli.Demo;

namespace Xinheng.Benchmarks;

/// <summary>How fast a synthetic province is made: in memory, and with its files.</summary>
[MemoryDiagnoser]
public class DemoBenchmarks
{
    private string _folder = "";

    /// <summary>Students of the province.</summary>
    [Params(100_000)]
    public int Students { get; set; }

    /// <summary>Makes a folder for the files.</summary>
    [GlobalSetup]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("xinheng-demo-").FullName;

    /// <summary>Deletes it.</summary>
    [GlobalCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>People and answers of all students, one thread.</summary>
    [Benchmark(Baseline = true)]
    public int Simulate() => DemoProvince.Simulate(Students, seed: 1).Sum(school => school.Rows.Count);

    /// <summary>The same with every file, one thread.</summary>
    [Benchmark]
    public void WriteOnOneThread() => DemoProvince.Write(new DemoOptions(Students, 1, _folder) { Threads = 1 });

    /// <summary>The same on all processors.</summary>
    [Benchmark]
    public void Write() => DemoProvince.Write(new DemoOptions(Students, 1, _folder));
}
