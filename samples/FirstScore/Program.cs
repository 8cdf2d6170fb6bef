using Xinheng;

var phq9 = InstrumentCatalog.Default["phq-9"];
var report = Scorer.Compile(phq9).Score([2, 1, 3, 2, 1, 2, 1, 0, 1]);
var total = report["total"];
var critical = report.CriticalItems[0];

Console.WriteLine($"Total {total.Value} of {total.Definition.Range.Max}");
Console.WriteLine($"Band {total.Band}: {total.BandLabel?.En} · {total.BandLabel?.ZhHans}");
Console.WriteLine($"Status {total.Status}, critical item {critical.CriticalItem.Id}: {critical.State}");
