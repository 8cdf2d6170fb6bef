using System.Globalization;
using BenchmarkDotNet.Running;
using Xinheng.Benchmarks;
using Xinheng.Benchmarks.Recovery;

if (args is ["read", var file, var scales, .. var threads])
{
    ReadingRun.Measure(file, scales.Split(','), threads is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Environment.ProcessorCount, Console.Out);
    return 0;
}

if (args is not ["recover", .. var rest])
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(DemoBenchmarks).Assembly).Run(args);
    return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
}

var (students, seed) = (20_000, 2026UL);
for (var i = 0; i + 1 < rest.Length; i += 2)
{
    switch (rest[i])
    {
        case "--students":
            students = int.Parse(rest[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = ulong.Parse(rest[i + 1], CultureInfo.InvariantCulture);
            break;
        default:
            Console.Error.WriteLine("recover [--students N] [--seed S]");
            return 2;
    }
}

var folder = Directory.CreateTempSubdirectory("xinheng-recover-").FullName;
try
{
    RecoveryRun.Make(folder, students, seed);
    Console.WriteLine(RecoveryTable.Format(RecoveryRun.Estimate(folder)));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

return 0;
