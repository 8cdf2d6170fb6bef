namespace Xinheng.Cli.Demo;

/// <summary>Everybody of one school with what they are and what they answered, before any of it becomes text.</summary>
/// <remarks>
/// Everything follows from the seed and the person's place on the roster. Made once, filled again for the next school;
/// not thread-safe.
/// </remarks>
internal sealed class SimulatedSchool
{
    private const int Grades = 3;
    private const int FirstYear = 2026;
    private const int SecondsPerDay = 86_400;
    private const int ConflictingCells = 12;

    private static readonly DemoItems DemoItems = DemoItems.Default;

    private readonly List<Student> _students = [];
    private readonly List<SurveyRow> _rows = [];
    private byte[] _cells = [];
    private int[] _latent = [];
    private ulong _seed;

    /// <summary>The school this holds.</summary>
    public SchoolPlan Plan { get; private set; } = null!;

    /// <summary>People on the roster, in roster order.</summary>
    public IReadOnlyList<Student> Students => _students;

    /// <summary>Rows of the survey in the order they were sent in.</summary>
    public IReadOnlyList<SurveyRow> Rows => _rows;

    /// <summary>Blank cells of people who answered with care.</summary>
    public int BlankCells { get; private set; }

    /// <summary>The latent vector of a person, in 1/65536 of a standard deviation.</summary>
    public ReadOnlySpan<int> LatentOf(int student) => _latent.AsSpan(student * ProvinceModel.Latents, ProvinceModel.Latents);

    /// <summary>The stored codes of a row; <see cref="Demo.DemoItems.Blank"/> where there is none.</summary>
    public ReadOnlySpan<byte> CellsOf(SurveyRow row) => _cells.AsSpan(row.Slot * DemoItems.Count, DemoItems.Count);

    /// <summary>Makes one school.</summary>
    public void Fill(SchoolPlan plan, ulong seed)
    {
        Plan = plan;
        _seed = seed;
        BlankCells = 0;
        _students.Clear();
        _rows.Clear();
        Grow(ref _cells, plan.Rows * DemoItems.Count);
        Grow(ref _latent, (plan.Students + 1) * ProvinceModel.Latents);
        FillStudents();
        FillRows();
        _rows.Sort();
    }

    private void FillStudents()
    {
        Span<int> school = stackalloc int[ProvinceModel.Latents];
        var draws = new Draws(_seed, Purpose.SchoolEffect, Plan.Number);
        LatentMixer.School.Add(ref draws, school);

        Span<int> beds = stackalloc int[2];
        Span<int> room = stackalloc int[ProvinceModel.Latents];
        var classes = Math.Max(1, (Plan.Students + (ProvinceModel.StudentsPerClass / 2)) / ProvinceModel.StudentsPerClass);
        var (lastGrade, gradeStart) = (-1, 0);
        for (var i = 0; i < Plan.Students; i++)
        {
            var person = Plan.FirstStudent + i;
            var group = (int)((long)i * classes / Plan.Students);
            var grade = (int)((long)group * Grades / classes);
            if (grade != lastGrade)
            {
                (lastGrade, gradeStart) = (grade, group);
                beds.Clear();
            }

            var traits = new Draws(_seed, Purpose.Traits, person);
            var female = traits.Below(2) == 1;
            var boarding = traits.Happens(ProvinceModel.BoardingRate);
            var bed = boarding ? beds[female ? 1 : 0]++ : -1;
            var dormitory = bed < 0 ? 0 : (bed / ProvinceModel.BedsPerDormitory) + 1;
            var entry = FirstYear - grade;
            var fate = SchoolPlan.FateOf(_seed, person);
            _students.Add(new Student(
                person,
                fate,
                entry,
                group - gradeStart + 1,
                female,
                dormitory,
                traits.Happens(ProvinceModel.LeftBehindRate),
                new DateOnly(entry - 16 - (traits.Happens(ProvinceModel.OlderEntrantRate) ? 1 : 0), 9, 1).AddDays(traits.Below(365)),
                fate == Fate.LeftSchool ? new DateOnly(FirstYear, 9, 10).AddDays(traits.Below(35)) : null));

            var latent = _latent.AsSpan(i * ProvinceModel.Latents, ProvinceModel.Latents);
            school.CopyTo(latent);
            AddUnit(Purpose.ClassEffect, LatentMixer.Class, group, latent);
            if (boarding)
            {
                AddUnit(Purpose.DormitoryEffect, LatentMixer.Dormitory, (((grade * 2) + (female ? 1 : 0)) * 10_000) + dormitory, latent);
            }

            AddIndividual(new Draws(_seed, Purpose.Latent, person), boarding, female, latent);
        }
    }

    private void AddUnit(Purpose purpose, LatentMixer mixer, int unit, Span<int> latent)
    {
        var draws = new Draws(_seed, purpose, ((long)Plan.Number << 24) + unit);
        mixer.Add(ref draws, latent);
    }

    private static void AddIndividual(Draws draws, bool boarding, bool female, Span<int> latent)
    {
        (boarding ? LatentMixer.Boarder : LatentMixer.DayStudent).Add(ref draws, latent);
        for (var d = 0; d < latent.Length; d++)
        {
            if (LatentMixer.HasSexDifference(d))
            {
                latent[d] += female ? LatentMixer.HalfSexDifference : -LatentMixer.HalfSexDifference;
            }
        }
    }

    private void FillRows()
    {
        Span<int> guest = stackalloc int[ProvinceModel.Latents];
        for (var i = 0; i < _students.Count; i++)
        {
            var student = _students[i];
            if (SchoolPlan.RowsOf(student.Fate) > 0)
            {
                Answer(student, LatentOf(i));
            }

            if (SchoolPlan.BringsUnknown(_seed, student.Person))
            {
                guest.Clear();
                AddIndividual(new Draws(_seed, Purpose.GuestLatent, student.Person), boarding: false, student.Female, guest);
                var cells = Take(out var slot);
                var answers = new Draws(_seed, Purpose.GuestAnswers, student.Person);
                DemoItems.Answer(ref answers, guest, cells);
                var course = new Draws(_seed, Purpose.GuestCourse, student.Person);
                var seconds = CarefulSeconds(ref course, DemoItems.Count);
                _rows.Add(new SurveyRow(Sent(student, seconds, ref course), student.Person, true, Fate.Clean, slot, seconds, -1));
            }
        }
    }

    private void Answer(Student student, ReadOnlySpan<int> latent)
    {
        var cells = Take(out var slot);
        var course = new Draws(_seed, Purpose.Course, student.Person);
        var answers = new Draws(_seed, Purpose.Answers, student.Person);
        var answered = DemoItems.Count;
        var place = -1;
        int seconds;
        switch (student.Fate)
        {
            case Fate.StraightLine:
                DemoItems.AnswerInALine(ref answers, cells);
                seconds = 100 + course.Below(110);
                break;
            case Fate.RandomAnswers:
                DemoItems.AnswerAtRandom(ref answers, cells);
                seconds = 110 + course.Below(140);
                break;
            case Fate.NotStarted:
                cells.Fill(DemoItems.Blank);
                seconds = 5 + course.Below(40);
                break;
            default:
                DemoItems.Answer(ref answers, latent, cells);
                var blanks = new Draws(_seed, Purpose.Blanks, student.Person);
                BlankCells += DemoItems.LeaveBlank(ref blanks, cells);
                if (student.Fate == Fate.DropOut)
                {
                    answered = 10 + course.Below(DemoItems.Count - 10);
                    BlankCells += cells[answered..].Length - cells[answered..].Count(DemoItems.Blank);
                    cells[answered..].Fill(DemoItems.Blank);
                }

                seconds = CarefulSeconds(ref course, answered);
                place = student.Fate is Fate.TruncatedRow or Fate.UnreadableCell or Fate.LetterInCell or Fate.CodeOutOfRange
                    ? course.Below(DemoItems.Count)
                    : -1;
                break;
        }

        var sent = Sent(student, seconds, ref course);
        _rows.Add(new SurveyRow(sent, student.Person, false, student.Fate, slot, seconds, place));
        if (student.Fate is Fate.IdenticalDuplicate or Fate.ConflictingDuplicate)
        {
            Repeat(student, cells, sent, seconds);
        }
    }

    private void Repeat(Student student, ReadOnlySpan<byte> first, long sent, int seconds)
    {
        var cells = Take(out var slot);
        first.CopyTo(cells);
        var draws = new Draws(_seed, Purpose.Repeat, student.Person);
        if (student.Fate == Fate.ConflictingDuplicate)
        {
            for (var i = 0; i < ConflictingCells; i++)
            {
                var item = draws.Below(cells.Length);
                cells[item] = DemoItems.AnyCode(ref draws, item);
            }

            // Drawn codes can all be the old ones; this cell differs for certain.
            var certain = draws.Below(9);
            cells[certain] = (byte)(first[certain] == 0 ? 1 : 0);
            seconds = CarefulSeconds(ref draws, DemoItems.Count);
        }

        _rows.Add(new SurveyRow(sent + 60 + draws.Below(3600), student.Person, false, student.Fate, slot, seconds, -1));
    }

    private Span<byte> Take(out int slot)
    {
        slot = _rows.Count;
        return _cells.AsSpan(slot * DemoItems.Count, DemoItems.Count);
    }

    /// <summary>About four seconds an item.</summary>
    private static int CarefulSeconds(ref Draws draws, int items) => (int)((4L * items * Quantiles.TimeFactor(draws.Below(1 << 12))) >> 16) + 10;

    /// <summary>When a row was sent in, in seconds from the first day of the school's survey; classes take turns over two days.</summary>
    private static long Sent(Student student, int seconds, ref Draws draws)
    {
        var turn = ((FirstYear - student.Entry) * 5) + student.Class;
        return (turn % 2 * SecondsPerDay) + (8 * 3600) + (turn / 2 % 9 * 3000) + draws.Below(300) + seconds;
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length + (length / 4)];
        }
    }
}

/// <summary>One person on the roster.</summary>
/// <param name="Person">Place on the roster of the province, from 0.</param>
/// <param name="Fate">What becomes of the answers.</param>
/// <param name="Entry">Year of entry.</param>
/// <param name="Class">Number of the class in its grade, from 1.</param>
/// <param name="Female">Sex.</param>
/// <param name="Dormitory">Number of the dormitory of the grade and sex, from 1; 0 = none.</param>
/// <param name="LeftBehind">Whether the parents work elsewhere.</param>
/// <param name="Born">Date of birth.</param>
/// <param name="Left">Last day at the school, if it is past.</param>
internal sealed record Student(
    int Person, Fate Fate, int Entry, int Class, bool Female, int Dormitory, bool LeftBehind, DateOnly Born, DateOnly? Left);

/// <summary>One row of the survey.</summary>
/// <param name="Sent">Seconds from the first day of the school's survey.</param>
/// <param name="Person">Place on the roster of the person, or of the person an unknown one sits beside.</param>
/// <param name="Unknown">Whether the person is not on the roster.</param>
/// <param name="Fate">What is wrong with the row.</param>
/// <param name="Slot">Where its answers are.</param>
/// <param name="Seconds">Working time.</param>
/// <param name="Place">Column that is broken or where the row ends, or -1.</param>
internal readonly record struct SurveyRow(long Sent, int Person, bool Unknown, Fate Fate, int Slot, int Seconds, int Place)
    : IComparable<SurveyRow>
{
    public int CompareTo(SurveyRow other) => (Sent, Person, Slot).CompareTo((other.Sent, other.Person, other.Slot));
}
