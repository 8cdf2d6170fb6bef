using BenchmarkDotNet.Attributes;
using Xinheng.Network;

namespace Xinheng.Benchmarks;

/// <summary>One submission of PHQ-9 and GAD-7 in a province: from the answers to the counts of seven units, alone and with all that a host is told.</summary>
[MemoryDiagnoser]
public class LiveBenchmarks
{
    /// <summary>A prime: with every round each person changes between healthy and red.</summary>
    private const int People = 65_521;

    private static readonly Scorer Phq9 = Scorer.Compile(InstrumentCatalog.Default["phq-9"]);
    private static readonly Scorer Gad7 = Scorer.Compile(InstrumentCatalog.Default["gad-7"]);
    private static readonly Triage Triage = Triage.Compile(Policy.Default(PopulationKind.Student), [Phq9.Instrument, Gad7.Instrument], allowDraft: true);
    private static readonly DateTimeOffset Start = new(2026, 10, 12, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly Answer[][] _phq9 = [[0, 1, 0, 1, 0, 0, 1, 0, 0, 0], [3, 2, 2, 3, 2, 2, 3, 1, 2, 2]];
    private readonly Answer[][] _gad7 = [[0, 1, 0, 0, 1, 0, 0], [2, 3, 2, 2, 1, 3, 2]];
    private readonly AnswerBlock[] _answers = [new(Phq9.Instrument, 1) { Count = 1 }, new(Gad7.Instrument, 1) { Count = 1 }];
    private readonly ScoreBlock[] _scores = [new(Phq9.Instrument, 1), new(Gad7.Instrument, 1)];
    private readonly PersonFacts[] _facts = new PersonFacts[1];
    private readonly TierOutcome[] _outcome = new TierOutcome[1];
    private readonly string[] _ids = new string[People];
    private LiveScreening _live = null!;
    private int _next;
    private long _sequence;

    /// <summary>Students of the province.</summary>
    [Params(1_000_000)]
    public int Students { get; set; }

    /// <summary>One submission in so many is red, with seven warnings; the others are green, with none.</summary>
    [Params(2, 20)]
    public int OneRedIn { get; set; }

    /// <summary>Nobody has answered yet.</summary>
    [GlobalSetup]
    public void Make()
    {
        _live = new LiveScreening(Triage, new NetworkState(ProvinceRows.Build(ProvinceRows.Make(Students))), SchoolCalendar.Default, "2026");
        var random = new Random(1);
        for (var i = 0; i < _ids.Length; i++)
        {
            _ids[i] = _live.State.Roster.Person(random.Next(Students));
        }
    }

    /// <summary>Scored, decided and counted in columns of one person: tier and units, no reasons, no warnings.</summary>
    [Benchmark(Baseline = true)]
    public int Numbers()
    {
        var (id, answers) = Next();
        var roster = _live.State.Roster;
        var member = roster.IndexOf(id);
        Fill(_answers[0], _phq9[answers]);
        Fill(_answers[1], _gad7[answers]);
        Phq9.ScoreBatch(_answers[0], _scores[0]);
        Gad7.ScoreBatch(_answers[1], _scores[1]);
        _facts[0] = roster.Complete(member, default(PersonFacts));
        Triage.DecideBatch(_scores, _facts, roster.AsOf, _outcome);
        var validity = (ResponseValidity)Math.Max((byte)_scores[0].Validity[0], (byte)_scores[1].Validity[0]);
        return _live.State.Set(member, new PersonState { Outcome = _outcome[0], Validity = validity, Sequence = _sequence }).Count;

        void Fill(AnswerBlock block, Answer[] given)
        {
            block.SetPerson(0, roster.Complete(member, default(Respondent)));
            for (var item = 0; item < given.Length; item++)
            {
                block.Set(0, item, given[item]);
            }
        }
    }

    /// <summary>The same with reasons, warnings per audience and warnings about units.</summary>
    [Benchmark]
    public LiveUpdate Submit()
    {
        var (id, answers) = Next();
        var respondent = _live.State.Roster.Complete(_live.State.Roster.IndexOf(id), default(Respondent));
        return _live.Submit(new Submission
        {
            Person = id, Reports = [Phq9.Score(_phq9[answers], respondent), Gad7.Score(_gad7[answers], respondent)], Sequence = _sequence, Start = Start,
        });
    }

    private (string Person, int Answers) Next()
    {
        _next = _next + 1 == People ? 0 : _next + 1;
        return (_ids[_next], ++_sequence % OneRedIn == 0 ? 1 : 0);
    }
}
