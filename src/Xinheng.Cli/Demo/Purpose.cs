namespace Xinheng.Cli.Demo;

/// <summary>What draws are for. The numbers key the streams: they are never changed or given away again.</summary>
internal enum Purpose
{
    SchoolSize = 1,
    SchoolPlace = 2,
    SchoolEffect = 3,
    ClassEffect = 4,
    DormitoryEffect = 5,
    Traits = 6,
    Latent = 7,
    Answers = 8,
    Blanks = 9,
    Course = 10,
    Repeat = 11,
    GuestLatent = 12,
    GuestAnswers = 13,
    GuestCourse = 15,
    EventDate = 16,

    NoConsent = 100,
    LeftSchool = 101,
    Absent = 102,
    NotStarted = 103,
    StraightLine = 104,
    RandomAnswers = 105,
    DropOut = 106,
    CodeOutOfRange = 107,
    LetterInCell = 108,
    UnreadableCell = 109,
    TruncatedRow = 110,
    IdenticalDuplicate = 111,
    ConflictingDuplicate = 112,
    UnknownPerson = 113,

    HospitalReturn = 200,
    Bereavement = 201,
    TeacherReport = 202,
    PeerReport = 203,
    SelfReport = 204,
}
