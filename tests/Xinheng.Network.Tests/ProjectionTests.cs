using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Xinheng.Network.Tests;

/// <summary>Who is told what of a person: as the policy says, and nothing that the audience may not see.</summary>
public sealed class ProjectionTests
{
    private static readonly PersonPlace Place = new() { Person = "学生乙", Class = "school:A/grade:G/class:K", Dormitory = "school:A/dormitory:D", Grade = "school:A/grade:G", School = "school:A" };

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly WarningProjector Projector = new(Screened.Students, SchoolCalendar.Default, "autumn");

    public static TheoryData<string> People => [.. Screened.Names];

    [Theory]
    [MemberData(nameof(People))]
    public void Each_tier_is_told_to_whom_the_policy_names(string name)
    {
        var report = Screened.Report(name);
        var (tier, rules) = Screened.Expected(name);
        Assert.Equal((tier, rules), (report.Tier, string.Join(' ', report.Rules.Where(rule => rule.Fired).Select(rule => rule.Rule.Id))));
        var warnings = Project(report);
        Audience[] told = tier switch
        {
            Tier.Red => [Audience.Student, Audience.Guardian, Audience.ClassTeacher, Audience.DormitoryHead, Audience.GradeHead, Audience.Psychologist, Audience.SchoolLeadership],
            Tier.Orange => [Audience.Student, Audience.Guardian, Audience.ClassTeacher, Audience.Psychologist],
            Tier.Yellow or Tier.Blue => [Audience.Student, Audience.Psychologist],
            Tier.Green when report.Tasks.Count == 0 => [],
            _ => [Audience.Psychologist],
        };
        Assert.Equal(told.Where(audience => audience != Audience.Guardian || !rules.Contains("O7", StringComparison.Ordinal)), warnings.Select(warning => warning.Audience));
        Assert.All(warnings, warning =>
        {
            var notification = Screened.Students.Definition.Notifications.SingleOrDefault(n => n.Tier == tier && n.Audience == warning.Audience);
            Assert.Equal((notification?.Actions ?? []).Select(action => new WarningAction(action, Screened.Students.Definition.Actions[action])), warning.Actions);
            Assert.Equal(notification?.CareLevel, (warning as CareWarning)?.CareLevel);
            Assert.Equal(Place.Person, warning.Person);
            Assert.Equal(SchoolCalendar.Default.DueAt(report.Urgency!.Value, Screened.Start), warning.Due);
        });
        Assert.Equal(Place.Class, warnings.OfType<ClassWarning>().FirstOrDefault()?.Unit ?? Place.Class);
        Assert.Equal(Place.Dormitory, warnings.OfType<DormitoryWarning>().FirstOrDefault()?.Unit ?? Place.Dormitory);
        Assert.Equal(Place.Grade, warnings.OfType<GradeWarning>().FirstOrDefault()?.Unit ?? Place.Grade);
        Assert.Equal(Place.School, warnings.OfType<LeadershipWarning>().FirstOrDefault()?.School ?? Place.School);
        var psychologist = warnings.OfType<PsychologistWarning>().SingleOrDefault();
        Assert.Equal(told.Length > 0, psychologist is not null);
        Assert.True(psychologist is null || (psychologist.Report == report && psychologist.Draft && psychologist.Unit == Place.Class && psychologist.Dormitory == Place.Dormitory));
    }

    [Theory]
    [MemberData(nameof(People))]
    public void What_leaves_the_psychologist_says_neither_score_nor_reason(string name)
    {
        foreach (var policy in new[] { Screened.Students, Screened.Staff })
        {
            var report = Screened.Report(name, policy);
            foreach (var warning in new WarningProjector(policy, SchoolCalendar.Default, "autumn").Project(report, Place, Screened.Start).Where(warning => warning is not PsychologistWarning))
            {
                var text = JsonSerializer.Serialize(warning, warning.GetType(), Json);
                AssertOnlyKnown(JsonNode.Parse(text)!.AsObject(), policy);

                // Times and ids are checked above; what remains is words. These say nothing of the person: every red person's audiences read them.
                foreach (var known in new[] { warning.Id.ToString(), warning.CaseId.ToString(), "green channel", "绿色通道", "discipline, suspension or asking" })
                {
                    text = text.Replace(known, "", StringComparison.Ordinal);
                }

                AssertSilent(text, report, policy);
                AssertNoValue(text, Screened.Scores(name));
            }
        }
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        // A psychologist's projection, which holds everything, is found out.
        var report = Screened.Report("frequent thoughts");
        foreach (var leak in new[] { "Red", "红色（一级）", "R4", "suicidal-ideation", "PHQ-9", "phq-9", "患者健康问卷-9项", "Moderately severe", "中重度", "moderate", Screened.Canary, "item 9", "第9题", report.Rules[0].Rule.Reason.En })
        {
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSilent($"{{\"Text\":\"{leak}\"}}", report, Screened.Students));
        }

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoValue("{\"Text\":\"total 16\"}", Screened.Scores("severe")));
    }

    [Theory]
    [InlineData(typeof(StudentWarning))]
    [InlineData(typeof(GuardianWarning))]
    [InlineData(typeof(ClassWarning))]
    [InlineData(typeof(DormitoryWarning))]
    [InlineData(typeof(GradeWarning))]
    [InlineData(typeof(LeadershipWarning))]
    [InlineData(typeof(OfficeRow))]
    [InlineData(typeof(OfficeReport))]
    [InlineData(typeof(UnitWarning))]
    public void No_member_could_hold_a_risk(Type type)
    {
        Type[] forbidden = [typeof(Tier), typeof(TierReport), typeof(TierOutcome), typeof(RiskFact), typeof(FiredRule), typeof(PolicyRule), typeof(PolicyTask), typeof(Policy), typeof(ScoreReport), typeof(Rational), typeof(double), typeof(float), typeof(decimal), typeof(object)];
        Assert.Empty(Held(type, []).Intersect(type == typeof(OfficeRow) || type == typeof(OfficeReport) ? forbidden.Except([typeof(Tier)]) : forbidden));
        Assert.Contains(typeof(TierReport), Held(typeof(PsychologistWarning), []));
    }

    [Theory]
    [MemberData(nameof(People))]
    public void Of_staff_nobody_in_the_school_is_told_but_leadership_of_a_danger(string name)
    {
        var report = Screened.Report(name, Screened.Staff);
        var warnings = new WarningProjector(Screened.Staff, SchoolCalendar.Default, "autumn").Project(report, Place, Screened.Start);
        Assert.All(warnings, warning => Assert.False(warning is CareWarning or GuardianWarning));
        Assert.All(warnings.OfType<PsychologistWarning>(), warning => Assert.Equal(GuardianNotice.None, warning.GuardianNotice));
        Assert.Equal(report.Tier == Tier.Red, warnings.Any(warning => warning is LeadershipWarning));
        Assert.Equal(report.Tier != Tier.Green || report.Tasks.Count > 0, warnings.Any(warning => warning is PsychologistWarning));
    }

    [Theory]
    [MemberData(nameof(People))]
    public void A_person_whom_the_roster_does_not_know_reaches_the_psychologist(string name)
    {
        var report = Screened.Report(name);
        var warnings = Projector.Project(report, new() { Person = "stranger" }, Screened.Start);
        Assert.All(warnings, warning => Assert.True(warning is StudentWarning or GuardianWarning or PsychologistWarning));
        Assert.Equal(report.Urgency is not null, warnings.OfType<PsychologistWarning>().Any(warning => (warning.Unit, warning.Dormitory) == (null, null)));
    }

    [Theory]
    [InlineData("abused", GuardianNotice.Blocked)]
    [InlineData("frequent thoughts and abuse", GuardianNotice.Blocked)]
    [InlineData("thoughts", GuardianNotice.Due)]
    [InlineData("frequent thoughts", GuardianNotice.Due)]
    [InlineData("severe", GuardianNotice.None)]
    [InlineData("open question", GuardianNotice.None)]
    public void The_guardian_is_told_unless_the_protection_route_is_open(string name, GuardianNotice notice)
    {
        var warnings = Project(Screened.Report(name));
        Assert.Equal(notice, warnings.OfType<PsychologistWarning>().Single().GuardianNotice);
        Assert.Equal(notice == GuardianNotice.Due, warnings.Any(warning => warning is GuardianWarning));
    }

    [Fact]
    public void Who_is_unknown_for_want_of_all_answers_is_not_forgotten()
    {
        var report = Triage.Compile(Screened.Students, [InstrumentCatalog.Default["gad-7"]], allowDraft: true).Decide([null], default, Screened.AsOf);
        Assert.Equal((Tier.Unknown, ResponseTime.Days(7), 1), (report.Tier, report.Urgency, report.Tasks.Count));
        var warning = Assert.IsType<PsychologistWarning>(Assert.Single(Project(report)));
        Assert.Equal(SchoolCalendar.Default.DueAt(ResponseTime.Days(7), Screened.Start), warning.Due);
        Assert.NotEmpty(warning.Actions);
    }

    [Property(MaxTest = 60)]
    public Property A_warning_stays_in_the_unit_of_the_person() => ForAll(seed =>
    {
        // Every label stands in both schools.
        var random = new Random(seed);
        var rows = Enumerable.Range(0, random.Next(1, 40)).Select(i => new RosterEntry
        {
            Person = $"p{i}", School = random.Next(2) == 0 ? "A" : "B", Grade = random.Next(3) == 0 ? null : "G", Class = random.Next(5) == 0 ? null : $"{random.Next(2)}", Dormitory = random.Next(3) == 0 ? null : $"{random.Next(2)}",
        }).ToList();
        var roster = Province.Build(rows, Screened.AsOf);
        var report = Screened.Report("frequent thoughts");
        foreach (var row in rows)
        {
            var person = roster.IndexOf(row.Person);
            var warnings = Projector.Project(report, PersonPlace.Of(roster, person), Screened.Start);
            var grade = row.Grade is null ? "" : $"/grade:{row.Grade}";
            Assert.Equal(row.Class is null ? [] : [$"school:{row.School}{grade}/class:{row.Class}"], warnings.OfType<ClassWarning>().Select(warning => warning.Unit));
            Assert.Equal(row.Dormitory is null ? [] : [$"school:{row.School}/dormitory:{row.Dormitory}"], warnings.OfType<DormitoryWarning>().Select(warning => warning.Unit));
            Assert.Equal(row.Grade is null ? [] : [$"school:{row.School}{grade}"], warnings.OfType<GradeWarning>().Select(warning => warning.Unit));
            Assert.Equal([$"school:{row.School}"], warnings.OfType<LeadershipWarning>().Select(warning => warning.School));
            Assert.Equal(roster.Units.Code(roster[person].HomeUnit), warnings.OfType<PsychologistWarning>().Single().Unit);
        }
    });

    [Fact]
    public void Ids_are_the_same_again_and_differ_by_audience_person_wave_and_population()
    {
        var report = Screened.Report("frequent thoughts");
        var first = Project(report);
        Assert.Equal(first.Select(Key), Project(Screened.Report("frequent thoughts")).Select(Key));
        Assert.Equal(first.Count, first.Select(warning => warning.Id).Distinct().Count());
        Assert.Single(first.Select(warning => warning.CaseId).Distinct());
        var staff = new WarningProjector(Screened.Staff, SchoolCalendar.Default, "autumn").Project(Screened.Report("frequent thoughts", Screened.Staff), Place, Screened.Start);
        IReadOnlyList<Warning>[] others = [Projector.Project(report, Place with { Person = "学生丙" }, Screened.Start), new WarningProjector(Screened.Students, SchoolCalendar.Default, "spring").Project(report, Place, Screened.Start), staff];
        foreach (var other in others)
        {
            Assert.Empty(first.Concat(staff == other ? [] : staff).SelectMany(Ids).Intersect(other.SelectMany(Ids)));
        }

        Assert.All(first.SelectMany(Ids), id => Assert.Equal((8, 0b10), (id.Version, id.Variant >> 2)));
        Assert.NotEqual(Key(first.OfType<ClassWarning>().Single()), Key(Projector.Project(report, Place with { Class = "school:A/grade:G/class:L" }, Screened.Start).OfType<ClassWarning>().Single()));
        Assert.NotEqual(Key(first[0]), Key(Projector.Project(report, Place, Screened.Start.AddHours(1))[0]));

        static IEnumerable<Guid> Ids(Warning warning) => [warning.Id, warning.CaseId];
        static Guid Key(Warning warning) => warning.Id;
    }

    [Theory]
    [InlineData("thoughts", "self-harm reported")]
    [InlineData("thoughts", "urge to hurt")]
    [InlineData("intent", "plan reported")]
    [InlineData("plan reported", "threat reported")]
    [InlineData("severe", "teacher worried")]
    public void An_id_tells_no_reason(string name, string other)
    {
        var (left, right) = (Project(Screened.Report(name)), Project(Screened.Report(other)));
        Assert.Equal(left.Count, right.Count);
        foreach (var (one, two) in left.Zip(right))
        {
            Assert.Equal((one.Audience, one.CaseId), (two.Audience, two.CaseId));
            Assert.Equal(one is not PsychologistWarning, one.Id == two.Id);
        }
    }

    [Property(MaxTest = 100)]
    public Property Lists_go_by_person_whatever_the_risk_and_the_psychologists_by_time() => ForAll(seed =>
    {
        var random = new Random(seed);
        string[] names = ["frequent thoughts", "intent", "thoughts", "most severe", "severe", "moderate", "open question"];
        var warnings = Enumerable.Range(0, random.Next(1, 12))
            .SelectMany(i => Projector.Project(Screened.Report(names[random.Next(names.Length)]), Place with { Person = $"{(char)('a' + i)}" }, Screened.Start.AddHours(random.Next(3)))).ToList();
        Province.Shuffle(random, warnings);
        AssertByPerson(warnings.OfType<ClassWarning>());
        AssertByPerson(warnings.OfType<GradeWarning>());
        AssertByPerson(warnings.OfType<DormitoryWarning>());
        AssertByPerson(warnings.OfType<LeadershipWarning>());
        AssertByPerson(warnings.OfType<StudentWarning>());
        AssertByPerson(warnings.OfType<GuardianWarning>());
        var own = warnings.OfType<PsychologistWarning>().ToList();
        Assert.Equal(own.OrderBy(warning => warning.Due).ThenBy(warning => -(int)warning.Report.Tier).ThenBy(warning => warning.Person, StringComparer.Ordinal), WarningProjector.InOrder(own));
        var mixed = WarningProjector.InOrder(warnings);
        Province.Shuffle(random, warnings);
        Assert.Equal(mixed, WarningProjector.InOrder(warnings));

        static void AssertByPerson<T>(IEnumerable<T> list)
            where T : Warning => Assert.Equal(list.Select(warning => warning.Person).Order(StringComparer.Ordinal), WarningProjector.InOrder(list).Select(warning => warning.Person));
    });

    [Fact]
    public void Nothing_prints_a_person_or_a_risk()
    {
        const string Name = "张三丰CANARY";
        var place = new PersonPlace { Person = Name, Class = Name, Dormitory = Name, Grade = Name, School = Name };
        var report = Screened.Report("frequent thoughts and abuse");
        var blocked = Projector.Project(report, place, Screened.Start);
        var told = Projector.Project(Screened.Report("frequent thoughts"), place, Screened.Start);
        var roster = Province.Build([new() { Person = Name, School = Name, Grade = Name, Class = Name, Dormitory = Name }], Screened.AsOf);
        var state = new NetworkState(roster);
        state.Set(0, new PersonState { Outcome = report.Outcome, Validity = ResponseValidity.Valid, Sequence = 1 });
        var tallies = UnitTallies.Count(state);
        object[] all =
        [
            place, PersonPlace.Of(roster, 0), Projector, .. blocked, .. told, new OpenRed { School = Name, Due = Screened.Start }, OfficeReport.Create(tallies, 0, Screened.Students.Definition), default(OfficeCount),
            .. UnitRules.Coverage(tallies, Screened.Students.Definition.Coverage), .. UnitRules.RedOverdue([new() { School = Name, Due = Screened.Start }], Screened.Start.AddDays(1)),
        ];
        Assert.True(all.Length > 15);
        Assert.Contains(all, value => value is UnitWarning);
        Action[] wrong =
        [
            () => _ = new WarningProjector(Screened.Students, SchoolCalendar.Default, " "),
            () => new WarningProjector(Screened.Staff, SchoolCalendar.Default, Name).Project(report, place, Screened.Start),
            () => PersonPlace.Of(roster, 7),
            () => OfficeReport.Create(tallies, roster.Units.Count - 1, Screened.Students.Definition),
            () => OfficeReport.Create(tallies, 99, Screened.Students.Definition),
            () => OfficeReport.Create(tallies, 0, Screened.Staff.Definition),
        ];
        var texts = all.Select(value => value.ToString()!).Concat(wrong.Select(action =>
        {
            var error = Record.Exception(action);
            Assert.NotNull(error);
            return error.Message;
        }));
        Assert.All(texts, text => Assert.DoesNotMatch("张三丰|CANARY|R4|(?i:\\bred\\b|orange|suicid|abuse\\b)", text));
    }

    private static IReadOnlyList<Warning> Project(TierReport report) => Projector.Project(report, Place, Screened.Start);

    /// <summary>Every leaf is an id, the person, a time, a unit, an audience, a care level or words of the policy.</summary>
    private static void AssertOnlyKnown(JsonObject warning, Policy policy)
    {
        Assert.All(warning, member => Assert.True(member.Key switch
        {
            "Id" or "CaseId" => Guid.TryParse((string?)member.Value, out _),
            "Person" => (string?)member.Value == Place.Person,
            "Due" => DateTimeOffset.TryParse((string?)member.Value, System.Globalization.CultureInfo.InvariantCulture, out _),
            "Unit" => new[] { Place.Class, Place.Dormitory, Place.Grade }.Contains((string?)member.Value),
            "School" => (string?)member.Value == Place.School,
            "Audience" => Enum.IsDefined((Audience)(int)member.Value!),
            "CareLevel" => Enum.IsDefined((CareLevel)(int)member.Value!),
            "Actions" => member.Value!.AsArray().Select(action => action.Deserialize<WarningAction>()!).All(action => policy.Definition.Actions[action.Id] == action.Text),
            _ => false,
        }, member.Key));
    }

    private static void AssertSilent(string text, TierReport report, Policy policy)
    {
        var instruments = InstrumentCatalog.Default.Ids.Select(id => InstrumentCatalog.Default[id]).ToList();
        var bands = instruments.SelectMany(instrument => instrument.Definition.BandLabels).Where(band => band.Key is not ("met" or "week")).ToList(); // ordinary words, from forms about a school and of an observer
        IEnumerable<string> words =
        [
            .. instruments.SelectMany(instrument => new[] { instrument.Id, instrument.Definition.Abbreviation, instrument.Definition.Name.En, instrument.Definition.Name.ZhHans }),
            .. instruments.SelectMany(instrument => instrument.Definition.CriticalItems).Select(item => item.Id),
            .. bands.Select(band => band.Key), .. bands.Select(band => band.Value.En),
            .. bands.Select(band => band.Value.ZhHans).Where(label => label.Length > 1), // 低 and 高 stand in other words.
            .. Enum.GetValues<Tier>().SelectMany(tier => new[] { PolicyText.Of(tier), PolicyText.NameOf(tier).En, PolicyText.NameOf(tier).ZhHans }),
            "红色", "橙色", "黄色", "蓝色", "绿色", "一级", "二级", "三级", "高危",
            .. policy.Definition.Rules.SelectMany(rule => new[] { rule.Id, rule.Reason.En, rule.Reason.ZhHans }),
            .. policy.Definition.Tasks.SelectMany(task => new[] { task.Id, task.Text.En, task.Text.ZhHans }),
            .. Enum.GetValues<CriticalClass>().SelectMany(one => new[] { PolicyText.Of(one), one.ToString() }),
            .. policy.Definition.EventKinds.SelectMany(kind => new[] { kind.Key, kind.Value.En, kind.Value.ZhHans }),
            .. policy.Definition.Domains.Where(domain => domain.Core).SelectMany(domain => new[] { domain.Id, domain.Name.En, domain.Name.ZhHans }),
            .. report.Rules.SelectMany(rule => rule.Facts).SelectMany(fact => new[] { fact.Text.En, fact.Text.ZhHans }),
            Screened.Canary, "canary", "draft", "草案", policy.Hash, "item", "题",
        ];

        // Bands of forms about schools and reports that are everyday words, and tell nothing of a person.
        string[] everyday = ["met", "week"];
        Assert.All(words.Distinct().Except(everyday, StringComparer.OrdinalIgnoreCase), word => Assert.DoesNotMatch($@"(?i)(?<![A-Za-z]){Regex.Escape(word)}(?![A-Za-z])", text));
    }

    /// <summary>No number but those of telephones and of the law, and the numbers of audience and care level.</summary>
    private static void AssertNoValue(string text, IEnumerable<ScoreReport?> scores)
    {
        var words = Regex.Replace(text, "\"Due\":\"[^\"]*\"|\"(Audience|CareLevel)\":[0-9]+", "");
        var numbers = Regex.Matches(words, @"\d+(\.\d+)?").Select(match => match.Value).ToHashSet();
        Assert.Subset(new HashSet<string> { "12356", "110", "120", "28" }, numbers);
        Assert.Empty(numbers.Intersect(scores.OfType<ScoreReport>().SelectMany(report => report.Scores).Select(score => score.Exact?.ToString()).OfType<string>()));
    }

    /// <summary>Types of all members, public or not, of a type and of what these hold.</summary>
    private static HashSet<Type> Held(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return seen;
        }

        var enumerated = typeof(IEnumerable).IsAssignableFrom(type) ? type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).SelectMany(i => i.GetGenericArguments()) : [];
        foreach (var part in type.GenericTypeArguments.Concat(enumerated))
        {
            Held(part, seen);
        }

        for (var level = type; level is not null && level.Namespace?.StartsWith("Xinheng", StringComparison.Ordinal) == true && !level.IsEnum; level = level.BaseType)
        {
            const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var member in level.GetFields(Own).Select(field => field.FieldType).Concat(level.GetProperties(Own).Where(property => property.Name != "EqualityContract").Select(property => property.PropertyType)))
            {
                Held(member, seen);
            }
        }

        return seen;
    }

    private static Property ForAll(Action<int> law) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), law);
}
