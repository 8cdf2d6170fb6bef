using System.Text;
using Xinheng;

// A school's own questionnaire: one file, no code. Loading it checks it, and its worked examples prove its key.
var file = Path.Combine(AppContext.BaseDirectory, "sleep-and-screens.json");
var instrument = Instrument.Load(File.ReadAllBytes(file), "sleep-and-screens.json");
Console.WriteLine($"{instrument}: {instrument.Items.Count} items, {Examples.Check(instrument).Count} of {instrument.Definition.Examples.Count} examples differ");

// One pupil of 14 years, who left item 2 blank.
var scorer = Scorer.Compile(instrument);
var one = scorer.Score([3, Answer.Skipped, 1, 1, 1, 1], new Respondent { Age = 14 })["total"];
Console.WriteLine($"One: {one.Value} {one.BandLabel?.En} · {one.BandLabel?.ZhHans}, {ScoreText.Of(one.Status)}, between {one.Lowest} and {one.Highest}");

// Three pupils in columns: the same scorer, the same result, any number of people.
Answer[][] forms = [[0, 0, 0, 3, 0, 3], [3, Answer.Skipped, 1, 1, 1, 1], [3, 3, 3, 0, 3, 0]];
var answers = new AnswerBlock(instrument, forms.Length) { Count = forms.Length };
for (var person = 0; person < forms.Length; person++)
{
    for (var item = 0; item < instrument.Items.Count; item++)
    {
        answers.Set(person, item, forms[person][item]);
    }
}

var scores = new ScoreBlock(instrument, forms.Length);
scorer.ScoreBatch(answers, scores);
for (var person = 0; person < scores.Count; person++)
{
    Console.WriteLine($"Batch {person + 1}: {scores.Values(0)[person]} {scores.BandOf(0, person)?.Id}");
}

// The same file with three mistakes. All are reported at once, each with its place, what was expected and what to do.
var broken = File.ReadAllText(file)
    .Replace("\"reversal\": { \"verdict\": \"convention\", \"sources\": [\"school\"]", "\"reversal\": { \"verdict\": \"convention\", \"sources\": [\"shcool\"]", StringComparison.Ordinal)
    .Replace("\"max\": 18 }", "\"max\": 24 }", StringComparison.Ordinal)
    .Replace("\"from\": 12", "\"from\": 5", StringComparison.Ordinal);
if (!Instrument.TryLoad(Encoding.UTF8.GetBytes(broken), "broken.json", out _, out var problems))
{
    Console.WriteLine($"broken.json is refused, {problems.Count} problems:");
    foreach (var problem in problems)
    {
        Console.WriteLine($"  {problem}");
    }
}
