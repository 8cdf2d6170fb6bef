namespace Xinheng.Tests;

/// <summary>People worked by hand for every rule and task of the policies that ship: one at each threshold, one just below it.</summary>
public class PolicyExamples
{
    private const string AllCircumstances = "left-behind single-parent poverty";

    // The subscales of the RCADS-47, without the item on death.
    private const string Depression = "2,6,11,15,19,21,25,29,40,47";
    private const string Separation = "5,9,17-18,33,45-46";
    private const string Social = "4,7-8,12,20,30,32,38,43";
    private const string Generalized = "1,13,22,27,35";
    private const string Panic = "3,14,24,26,28,34,36,39,41";
    private const string Compulsive = "10,16,23,31,42,44";

    /// <summary>People whom both policies decide alike.</summary>
    private static readonly string[][] Both =
    [
        // Nothing
        ["phq-9", "", "green; -; -; -"],
        ["phq-9; gad-7; scl-90; who-5; k10; dass-21; sds; sas; phq-2; gad-2; phq-4; mht; upi; sdq-self; mssmhs; phq-a; c-ssrs-screener", AllCircumstances, "green; -; -; -"],
        ["phq-9", AllCircumstances + " last=red@1", "green; -; -; -"],

        // R1, R4, O1: critical items, each alone; and the answers of the PHQ-9 around their cuts
        ["questions 1=1", "", "orange; O1; -; same-school-day"],
        ["questions 2=1", "", "red; R4; -; 2h"],
        ["questions 3=1", "", "red; R1; -; immediate"],
        ["questions 4=1", "", "orange; O2; -; same-school-day"],
        ["questions 5=1", "", "orange; O8; -; same-school-day"],
        ["questions 6=1", "", "orange; O8; -; same-school-day"],
        ["questions 8=1", "", "yellow; Y6; -; 7d"],
        ["questions 9=1", "", "yellow; Y4+voluntary; -; 7d"],
        ["questions 1-9=0", "", "green; -; -; -"],
        ["phq-9 9=0", "", "green; -; -; -"],
        ["phq-9 9=1", "", "orange; O1; -; same-school-day"],
        ["phq-9 9=2", "", "red; R4 O1; -; 2h"],
        ["phq-9 9=3", "", "red; R4 O1; -; 2h"],
        ["scl-90 63=2", "", "green; -; -; -"],
        ["scl-90 63=3", "", "orange; O8; -; same-school-day"],
        ["scl-90 16=2", "", "green; -; -; -"],
        ["scl-90 16=3", "", "orange; O8; -; same-school-day"],
        ["scl-90 15=2", "", "orange; O1; -; same-school-day"],
        ["dass-21 21=1 10=1", "", "green; -; -; -"],
        ["dass-21 21=2", "", "yellow; Y6; -; 7d"],
        ["mht 85=1", "", "orange; O1; -; same-school-day"],

        // O3: severity 4 in one core domain; stress is not core
        ["phq-9 1-8:20", "", "orange; O3 Y1 B1; -; 24h"],
        ["phq-9 1-8:19", "", "yellow; Y1 B1; -; 7d"],
        ["dass-21 1,6,8,11-12,14,18:17", "", "yellow; Y1 B1; -; 7d"],
        ["phq-9 1-8:20; gad-7 1-7:15", "", "orange; O3 O4 Y1 Y2 B1; -; 24h"],

        // O4: severity 3 in two core domains; one core and one that is not are not enough
        ["phq-9 1-8:15; gad-7 1-7:15", "", "orange; O4 Y1 Y2 B1; -; 48h"],
        ["phq-9 1-8:14; gad-7 1-7:15", "", "yellow; Y1 Y2 B1; -; 7d"],
        ["phq-9 1-8:15; gad-7 1-7:14", "", "yellow; Y1 Y2 B1; -; 7d"],
        ["phq-9 1-8:15; k10 1-10:20", "", "yellow; Y1 B1; -; 7d"],

        // O5: orange or red within 366 days, and severity 2 anywhere
        ["k10 1-10:12", "last=orange@366", "orange; O5 B1; -; 48h"],
        ["k10 1-10:12", "last=red@366", "orange; O5 B1; -; 48h"],
        ["k10 1-10:12", "last=red@367", "blue; B1; -; 30d"],
        ["k10 1-10:12", "last=orange@367", "blue; B1; -; 30d"],
        ["k10 1-10:12", "last=yellow@366", "blue; B1; -; 30d"],
        ["k10 1-10:11", "last=orange@366", "green; -; -; -"],
        ["phq-9 1-8:10", "last=orange@0", "orange; O5 B1; -; 48h"],
        ["phq-9 1-8:0", "last=orange@366", "green; -; -; -"],

        // Y1: severity 3 in one domain, whichever
        ["phq-9 1-8:15", "", "yellow; Y1 B1; -; 7d"],
        ["phq-9 1-8:14", "", "blue; B1; -; 30d"],
        ["k10 1-10:20", "", "yellow; Y1 B1; -; 7d"],
        ["k10 1-10:19", "", "blue; B1; -; 30d"],

        // Y2: severity 2 in two core domains
        ["phq-9 1-8:10; gad-7 1-7:10", "", "yellow; Y2 B1; -; 7d"],
        ["phq-9 1-8:9; gad-7 1-7:10", "", "blue; B1; -; 30d"],
        ["phq-9 1-8:10; gad-7 1-7:9", "", "blue; B1; -; 30d"],
        ["phq-9 1-8:10; k10 1-10:12", "", "blue; B1; -; 30d"],
        ["phq-9 1-8:9; gad-7 1-7:9", "", "green; -; -; -"],

        // Y3: a change of at least 3.92 to the worse, and severity 2
        ["phq-9 1-8:10", "before:phq-9/total=6", "yellow; Y3 B1; -; 7d"],
        ["phq-9 1-8:10", "before:phq-9/total=7", "blue; B1; -; 30d"],
        ["phq-9 1-8:10", "before:phq-9/total=14", "blue; B1; -; 30d"],
        ["phq-9 1-8:9", "before:phq-9/total=1", "green; -; -; -"],
        ["k10 1-10:12", "before:k10/total=18", "yellow; Y3 B1; -; 7d"],
        ["k10 1-10:12", "before:k10/total=19", "blue; B1; -; 30d"],
        ["who-5 1-5:18", "before:who-5/percent=32", "yellow; Y3 B1; -; 7d"],
        ["who-5 1-5:18", "before:who-5/percent=31", "blue; B1; -; 30d"],
        ["who-5 1-5:18", "before:who-5/percent=20", "blue; B1; -; 30d"],

        // ASQ: positive is severity 2, acute positive severity 4, both in a core domain; a refusal is positive
        ["asq", AllCircumstances, "green; -; -; -"],
        ["asq 1=1", "", "orange; O1 B1; -; same-school-day"],
        ["asq 4=2", "", "orange; O1 B1; -; same-school-day"],
        ["asq 3=1; gad-7 1-7:10", "", "orange; O1 Y2 B1; -; same-school-day"],
        ["asq 1=1 5=1", "", "red; R1 O1 O3 Y1 B1; -; immediate"],
        ["asq 5=1", "", "red; R1; -; immediate"],
        ["asq 1=1 5=-", "", "orange orange..red; O1 B1; U1 U2; same-school-day"],

        // PCL-5: the pattern of symptoms at a total of 12, and one symptom less
        ["pcl-5 1,6,8,9,15,17=2", "", "blue; B1; -; 30d"],
        ["pcl-5 6,8,9,15,17=2", AllCircumstances, "green; -; -; -"],

        // Y5: two instruments answered below two seconds per item
        ["phq-9 @1.9; gad-7 @1.9", "", "yellow; Y5; -; 7d"],
        ["phq-9 @1.9; gad-7 @0.5", "", "yellow; Y5; U5; 7d"],
        ["phq-9 @0.5; gad-7 @0.5; k10 @0.5", "", "yellow; Y5; U5; 7d"],
        ["phq-9 @1.9; gad-7 @2", "", "green; -; -; -"],
        ["phq-9 @0.5; gad-7 @2", "", "unknown green..green; -; U2 U5; 7d"],

        // U5: one instrument answered below one second per item; what the answers show counts all the same
        ["phq-9 @1", "", "green; -; -; -"],
        ["phq-9 @0.9", "", "unknown green..green; -; U2 U5; 7d"],
        ["phq-9 1-8:10 @0.9", "", "blue; B1; U5; 7d"],
        ["phq-9 9=1 @0.9", "", "orange; O1; U5; same-school-day"],

        // B1: severity 2 in one domain
        ["phq-9 1-8:10", "", "blue; B1; -; 30d"],
        ["phq-9 1-8:9", "", "green; -; -; -"],
        ["k10 1-10:12", "", "blue; B1; -; 30d"],
        ["k10 1-10:11", "", "green; -; -; -"],

        // U1, U2, U3: a blank or unreadable critical item; it could have been the worst answer
        ["phq-9 9=-", "", "unknown green..red; -; U2; 7d"],
        ["phq-9 1-8:6 9=-", "", "unknown green..red; -; U2; 7d"],
        ["phq-9 1-8:12 9=-", "", "blue blue..red; B1; U1 U2; same-school-day"],
        ["phq-9 9=-; gad-7 1-7:10", "", "blue blue..red; B1; U1 U2; same-school-day"],
        ["phq-9 9=-; gad-7 1-7:9", "", "unknown green..red; -; U2; 7d"],
        ["phq-9 9=-; k10 1-10:12", "", "blue blue..red; B1; U2; 7d"],
        ["phq-9 9=?", "", "unknown green..red; -; U2 U3; same-school-day"],
        ["phq-9 9=?; gad-7 1-7:10", "", "blue blue..red; B1; U1 U2 U3; same-school-day"],
        ["questions 8=-", "", "unknown green..yellow; -; U2; 7d"],
        ["phq-9 none", "", "unknown green..red; -; U2; 7d"],
        ["gad-7 none", "", "unknown green..yellow; -; U2; 7d"],
        ["gad-7 4-7=-", "", "unknown green..blue; -; U2 U5; 7d"],
        ["gad-7 5-7=-", "", "unknown green..green; -; U2 U5; 7d"],
        ["phq-9 9=-; questions 3=1", "", "red; R1; U2; immediate"],

        // A question that an earlier "no" skips is no blank; one whose earlier question is blank is
        ["c-ssrs-screener 3-5=- 6b=-", "", "green; -; -; -"],
        ["c-ssrs-screener 2=-", "", "unknown green..orange; -; U2; 7d"],
        ["c-ssrs-screener 2-5=-", "", "unknown green..red; -; U2 U5; 7d"],

        // U4: a report that the policy does not know
        ["phq-9", "a-kind-nobody-knows@0", "green; -; U4; same-school-day"],
        ["phq-9", "a-kind-nobody-knows@3000", "green; -; U4; same-school-day"],
        ["phq-9 1-8:10", "a-kind-nobody-knows@0", "blue; B1; U4; same-school-day"],

        // A report dated after the survey was known by then
        ["phq-9", "suicide-plan@-1", "red; R2; -; immediate"],
        ["phq-9 1-8:20", "suicide-plan@30", "red; R2 O3 Y1 B1; -; immediate"],
    ];

    private static readonly string[][] StudentsOnly =
    [
        ["questions 7=1", "", "orange; O7+protection; -; same-school-day"],
        ["c-ssrs-screener 2=1 4=1", "", "red; R1 O1 O3 Y1 B1; -; immediate"],
        ["c-ssrs-screener 6=1 6b=1", "", "red; R1 O1 O3 Y1 B1; -; immediate"],
        ["c-ssrs-screener 6=1", "", "orange; O1 Y1 B1; -; same-school-day"],
        ["c-ssrs-screener 2=1 3=1", "", "orange; O1 Y1 B1; -; same-school-day"],
        ["c-ssrs-screener 1=1", "", "orange; O1; -; same-school-day"],
        ["c-ssrs-screener 1=1", AllCircumstances, "orange; O1 B2; -; same-school-day"],
        ["phq-a 9=2", "", "red; R4 O1; -; 2h"],
        ["phq-a 13=1", "", "orange; O1; -; same-school-day"],
        ["mssmhs 52=3", "", "green; -; -; -"],
        ["mssmhs 52=4", "", "orange; O8; -; same-school-day"],
        ["upi 64=1", "", "yellow; Y1 Y4+voluntary B1; -; 7d"],

        // B2: two circumstances, and severity 1 anywhere
        ["phq-9 1-8:5", "left-behind single-parent", "blue; B2; -; 30d"],
        ["phq-9 1-8:5", "left-behind poverty", "blue; B2; -; 30d"],
        ["phq-9 1-8:5", "single-parent poverty", "blue; B2; -; 30d"],
        ["phq-9 1-8:5", "left-behind", "green; -; -; -"],
        ["phq-9 1-8:5", "poverty", "green; -; -; -"],
        ["phq-9 1-8:4", AllCircumstances, "green; -; -; -"],
        ["k10 1-10:6", "left-behind poverty", "blue; B2; -; 30d"],
        ["k10 1-10:5", "left-behind poverty", "green; -; -; -"],

        // CRIES: answers are worth 0, 1, 3 and 5
        ["cries-8 1-3=5 4=1", AllCircumstances, "green; -; -; -"],
        ["cries-8 1-3=5 4-5=1", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["cries-13 1-5=5 6=3 7=1", AllCircumstances, "green; -; -; -"],
        ["cries-13 1-6=5", AllCircumstances, "blue; B1 B2; -; 30d"],

        // CRAFFT: any use and two times yes
        ["crafft-2-1 1=3 4=1", AllCircumstances, "green; -; -; -"],
        ["crafft-2-1 1=3 4=1 6=1", AllCircumstances, "blue; B1 B2; -; 30d"],

        // IGDS9-SF: a total of 32 with nothing at the highest answer, and five answers at the highest
        ["igds9-sf 1-7=4 8=2", AllCircumstances, "green; -; -; -"],
        ["igds9-sf 1-7=4 8=3", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["igds9-sf 1-4=5", AllCircumstances, "green; -; -; -"],
        ["igds9-sf 1-5=5", AllCircumstances, "blue; B1 B2; -; 30d"],

        // SAS-SV: 31 for men, 33 for women, nothing for whoever's sex is not known
        ["sas-sv male@16 1-10:20", AllCircumstances, "green; -; -; -"],
        ["sas-sv male@16 1-10:21", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["sas-sv female@16 1-10:22", AllCircumstances, "green; -; -; -"],
        ["sas-sv female@16 1-10:23", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["sas-sv 1-10:50", AllCircumstances, "green; -; -; -"],

        // An observer's form: within the week, the same day, at once
        ["event-report", AllCircumstances, "green; -; -; -"],
        ["event-report 13=1", "", "yellow; Y1 B1; -; 7d"],
        ["event-report 19=1", "", "yellow; Y1 B1; -; 7d"],
        ["event-report 10=1", "", "orange; O3 Y1 B1; -; 24h"],
        ["event-report 12=1", "", "orange; O3 Y1 B1; -; 24h"],
        ["event-report 2=1", "", "red; R1 O3 Y1 B1; -; immediate"],
        ["event-report 4=1", "", "orange; O1 O3 Y1 B1; -; same-school-day"],
        ["event-report 8=1", "", "orange; O3 O7+protection Y1 B1; -; same-school-day"],
        ["event-report 13=1; phq-9 1-8:15", "", "orange; O4 Y1 Y2 B1; -; 48h"],

        // A form for help: its answers of danger are critical, its time is the wish of the person
        ["help-request", "", "yellow; Y4+voluntary; -; 7d"],
        ["help-request 2=3", "", "yellow; Y4+voluntary; -; 7d"],
        ["help-request 4=1", "", "orange; O1 Y4+voluntary; -; same-school-day"],
        ["help-request 5=1", "", "red; R1 Y4+voluntary; -; immediate"],
        ["help-request 6=1", "", "orange; O2 Y4+voluntary; -; same-school-day"],
        ["help-request 7=1", "", "orange; O7+protection Y4+voluntary; -; same-school-day"],

        // RCADS: T of 65 and of 70, for boys of 15 and 16 and girls of 13 and 14; without the sex there are no bands
        ["rcads-47 1-36,38-47=3", AllCircumstances, "green; -; -; -"],
        [$"rcads-47 male@15 {Depression}:13 {Separation}:6 {Social}:18 {Generalized}:11 {Panic}:8 {Compulsive}:3", AllCircumstances, "green; -; -; -"], // 59 in all
        [$"rcads-47 male@15 {Depression}:13 {Separation}:6 {Social}:18 {Generalized}:11 {Panic}:8 {Compulsive}:4", AllCircumstances, "blue; B2; -; 30d"], // 60
        [$"rcads-47 male@15 {Depression}:15 {Separation}:7 {Social}:20 {Generalized}:12 {Panic}:10 {Compulsive}:3", AllCircumstances, "blue; B2; -; 30d"], // 67
        [$"rcads-47 male@15 {Depression}:15 {Separation}:7 {Social}:20 {Generalized}:12 {Panic}:10 {Compulsive}:4", AllCircumstances, "blue; B1 B2; -; 30d"], // 68
        [$"rcads-47 male@15 {Separation}:6 {Social}:18 {Generalized}:11 {Panic}:8 {Compulsive}:5", AllCircumstances, "green; -; -; -"], // 48 of anxiety
        [$"rcads-47 male@15 {Separation}:6 {Social}:18 {Generalized}:11 {Panic}:8 {Compulsive}:6", AllCircumstances, "blue; B2; -; 30d"], // 49
        [$"rcads-47 male@15 {Separation}:7 {Social}:20 {Generalized}:12 {Panic}:10 {Compulsive}:5", AllCircumstances, "blue; B2; -; 30d"], // 54
        [$"rcads-47 male@15 {Separation}:7 {Social}:20 {Generalized}:12 {Panic}:10 {Compulsive}:6", AllCircumstances, "blue; B1 B2; -; 30d"], // 55
        ["rcads-25 female@13 1,4,8,10,13,15-16,19,21,24:14 2-3,5-7,9,11-12,14,17,20,22-23,25:21", AllCircumstances, "green; -; -; -"], // 35
        ["rcads-25 female@13 1,4,8,10,13,15-16,19,21,24:14 2-3,5-7,9,11-12,14,17,20,22-23,25:22", AllCircumstances, "blue; B2; -; 30d"], // 36
        ["rcads-25 female@13 1,4,8,10,13,15-16,19,21,24:16 2-3,5-7,9,11-12,14,17,20,22-23,25:23", AllCircumstances, "blue; B2; -; 30d"], // 39
        ["rcads-25 female@13 1,4,8,10,13,15-16,19,21,24:16 2-3,5-7,9,11-12,14,17,20,22-23,25:24", AllCircumstances, "blue; B1 B2; -; 30d"], // 40

        // SCARED: a total of 25 with every subscale below its own limit
        ["scared-41 1,6,9,12,15,18-19,22,24,27,30,34,38:6 5,7,14,21,23,28,33,35,37:8 4,8,13,16,20,25,29,31:4 3,10,26,32,39-41:6", AllCircumstances, "green; -; -; -"],
        ["scared-41 1,6,9,12,15,18-19,22,24,27,30,34,38:6 5,7,14,21,23,28,33,35,37:8 4,8,13,16,20,25,29,31:4 3,10,26,32,39-41:7", AllCircumstances, "blue; B1 B2; -; 30d"],

        // Totals beside their parts
        ["phq-4 1=2 3=1", AllCircumstances, "blue; B2; -; 30d"],
        ["phq-4 1=2", AllCircumstances, "green; -; -; -"],
        ["phq-4 1-4:6", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["phq-4 1-4:8", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["phq-4 1-4:9", AllCircumstances, "yellow; Y1 Y2 B1 B2; -; 7d"],
        ["sdq-self 3,8,13:5 5,12:3 2,10,15:5 6,19:3", AllCircumstances, "blue; B2; -; 30d"],
        ["sdq-self 3,8,13:5 5,12:3 2,10,15:5 6,19:2", AllCircumstances, "green; -; -; -"],
        ["sdq-self 3,8,13:6 5,12:4 2,10,15:6 6,19,23:4", AllCircumstances, "blue; B1 B2; -; 30d"],
        ["sdq-self 3,8,13:6 5,12:4 2,10,15:6 6,19:3", AllCircumstances, "blue; B2; -; 30d"],
        ["mssmhs 1-60=2 57=1 5=3", AllCircumstances, "blue; B2; -; 30d"],
        ["mssmhs 1-60=3 57=1 5=5", AllCircumstances, "yellow; Y2 B1 B2; -; 7d"],
        ["mssmhs 5,13,14,16,44,57=5", "", "orange; O1 O3 Y1 B1; -; same-school-day"],
        ["mssmhs 19,21,25,50,52,58=5", "", "orange; O8 Y1 B1; -; same-school-day"],
        ["mht 1-15:14 16-25:7 26-35:7 36-45:7 46-55:7 56-70:14 71-80:7 81,83:2", "", "yellow; Y1 B1; -; 7d"],
        ["mht 1-15:14 16-25:7 26-35:7 36-45:7 46-55:7 56-70:14 71-80:7 81:1", "", "blue; B1; -; 30d"],
        ["mht 82,84,86,88,90,92,94=1", "", "unknown green..green; -; U2 U5; 7d"],
    ];

    private static readonly string[][] StaffOnly =
    [
        ["questions 7=1", "", "green; -; -; -"],
        ["c-ssrs-screener 2=1 4=1", "", "red; R1 O1; -; immediate"],
        ["upi 64=1", "", "yellow; Y4+voluntary; -; 7d"],
        ["phq-9 1-8:9", AllCircumstances, "green; -; -; -"],
        ["phq-4 1=2 3=1", "", "green; -; -; -"],
        ["phq-4 1-4:6", "", "blue; B1; -; 30d"],
        ["phq-4 1-4:8", "", "blue; B1; -; 30d"],
        ["phq-4 1-4:9", "", "yellow; Y1 Y2 B1; -; 7d"],
    ];

    /// <summary>Each kind of report, how many days it counts, and what it leads to.</summary>
    private static readonly (PopulationKind Policy, string Kinds, int Days, string Expected)[] Reports =
    [
        (PopulationKind.Student, "suicide-plan suicide-means suicide-attempt farewell", 30, "red; R2; -; immediate"),
        (PopulationKind.Student, "violent-threat loss-of-reality", 14, "red; R3; -; immediate"),
        (PopulationKind.Student, "self-harm", 90, "orange; O2; -; same-school-day"),
        (PopulationKind.Student, "hospital-return suspension bereavement assault threatening-break-up", 30, "orange; O6; -; 24h"),
        (PopulationKind.Student, "abuse", 90, "orange; O7+protection; -; same-school-day"),
        (PopulationKind.Student, "self-report", 90, "yellow; Y4+voluntary; -; 7d"),
        (PopulationKind.Student, "teacher-report peer-report dormitory-report parent-report long-absence internship-trouble", 90, "yellow; Y7; -; 7d"),
        (PopulationKind.Staff, "suicide-plan suicide-means suicide-attempt farewell", 30, "red; R2; -; immediate"),
        (PopulationKind.Staff, "violent-threat loss-of-reality", 14, "red; R3; -; immediate"),
        (PopulationKind.Staff, "self-harm", 90, "orange; O2; -; same-school-day"),
        (PopulationKind.Staff, "hospital-return bereavement assault", 30, "orange; O6; -; 24h"),
        (PopulationKind.Staff, "self-report colleague-report", 90, "yellow; Y7+voluntary; -; 7d"),
    ];

    /// <summary>
    /// The published cuts of each score that stands alone: its items, whether its domain is core, and from how many steps above the
    /// healthiest answers on (for a mean, over n items, the mean less 1 times n) which severity begins. Critical items are left out.
    /// </summary>
    private static readonly (string Instrument, string Items, bool Core, bool Staff, string Severities)[] Scales =
    [
        ("phq-9", "1-8", true, true, "5=1 10=2 15=3 20=4"),
        ("phq-a", "1-8", true, false, "5=1 10=2 15=3 20=4"),
        ("gad-7", "1-7", true, true, "5=1 10=2 15=3"),
        ("phq-2", "1-2", true, true, "3=2"),
        ("gad-2", "1-2", true, true, "3=2"),
        ("k10", "1-10", false, true, "6=1 12=2 20=3"),
        ("sds", "1-18,20", true, true, "23=1 31=2 39=3"), // 1.25 × raw, floored, from 53, 63, 73; the raw sum begins at 20
        ("sas", "1-20", true, true, "20=1 28=2 36=3"), // 50, 60, 70
        ("dass-21", "3,5,13,16-17", true, true, "5=1 7=2 11=3 14=4"), // twice the sum from 10, 14, 21, 28
        ("dass-21", "2,4,7,9,15,19-20", true, true, "4=1 5=2 8=3 10=4"), // 8, 10, 15, 20
        ("dass-21", "1,6,8,11-12,14,18", false, true, "8=1 10=2 13=3 17=4"), // 15, 19, 26, 34
        ("who-5", "1-5", false, true, "13=1 18=2"), // percent below 52 and below 32, four for each step
        ("scl-90", "1,4,12,27,40,42,48-49,52-53,56,58", false, true, "12=2 24=3 36=4"),
        ("scl-90", "3,9-10,28,38,45-46,51,55,65", false, true, "10=2 20=3 30=4"),
        ("scl-90", "6,21,34,36-37,41,61,69,73", false, true, "9=2 18=3 27=4"),
        ("scl-90", "5,14,20,22,26,29-32,54,71,79", true, true, "13=2 26=3 39=4"),
        ("scl-90", "2,17,23,33,39,57,72,78,80,86", true, true, "10=2 20=3 30=4"),
        ("scl-90", "11,24,67,74,81", false, true, "6=2 12=3 18=4"),
        ("scl-90", "13,25,47,50,70,75,82", true, true, "7=2 14=3 21=4"),
        ("scl-90", "8,18,43,68,76,83", false, true, "6=2 12=3 18=4"),
        ("scl-90", "7,35,62,77,84-85,87-88,90", true, true, "10=2 20=3 30=4"),
        ("scl-90", "19,44,60,64,66,89", false, true, "7=2 14=3 21=4"),
        ("mssmhs", "3,10,12,22-23,48", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "11,20,24,26,47,49", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "19,21,25,50,58", false, false, "6=1 12=2 18=3"),
        ("mssmhs", "4,17-18,45,51,59", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "5,13-14,16,44", true, false, "6=1 12=2 18=3"),
        ("mssmhs", "6,15,34,43,46,56", true, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "31,33,36,38,40,55", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "1,8-9,29,39,41", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "2,7,27,32,35,53", false, false, "6=1 12=2 18=3 24=4"),
        ("mssmhs", "28,30,37,42,54,60", false, false, "6=1 12=2 18=3 24=4"),
        ("mht", "1-15", true, false, "8=2"),
        ("mht", "16-25", true, false, "8=2"),
        ("mht", "26-35", false, false, "8=2"),
        ("mht", "36-45", false, false, "8=2"),
        ("mht", "46-55", false, false, "8=2"),
        ("mht", "56-70", false, false, "8=2"),
        ("mht", "71-80", true, false, "8=2"),
        ("mht", "81,83,87,89,91,93,95,99", false, false, "8=2"),
        ("upi", "1-4,6-7,9-15,17-19,21-24,27-34", false, false, "20=2 25=3"),
        ("upi", "8", false, false, "1=2"),
        ("sdq-self", "3,8,13,16,24", true, false, "6=1 7=2"),
        ("sdq-self", "5,7,12,18,22", false, false, "4=1 5=2"),
        ("sdq-self", "2,10,15,21,25", false, false, "6=1 7=2"),
        ("sdq-self", "6,11,14,19,23", false, false, "4=1 6=2"),
        ("sdq-self", "1,4,9,17,20", false, false, "5=1 6=2"),
        ("phq-4", "1-2", true, true, "3=2"),
        ("phq-4", "3-4", true, true, "3=2"),
        ("isi", "1-7", false, true, "8=1 15=2 22=3"),
        ("ais", "1-8", false, true, "6=2"),
        ("ces-d", "1-20", true, true, "16=2"),
        ("ces-dc", "1-20", true, false, "15=2"),
        ("smfq", "1-13", true, false, "8=1 12=2"),
        ("mfq", "1-14,20-33", true, false, "28=2"),
        ("k6", "1-6", false, true, "5=1 13=2"),
        ("pcl-5", "1-5,8-14", true, true, "31=2 33=2"), // without avoidance the pattern is not there
        ("audit", "1-8", false, true, "8=1 16=2 20=3"),
        ("iat-20", "1-20", false, false, "31=1 50=2 80=3"),
        ("rcads-25 female@13", "1,4,8,10,13,15-16,19,21,24", true, false, "15=1 17=2"), // from 14.59 and 16.76
        ("rcads-25 female@13", "2-3,5-7,9,11-12,14,17,20,22-23,25", true, false, "23=1 26=2"), // from 22.07 and 25.18
        ("rcads-47 male@15", Depression, true, false, "14=1 16=2"),
        ("rcads-47 male@15", Separation, true, false, "7=1 8=2"),
        ("rcads-47 male@15", Social, true, false, "19=1 21=2"),
        ("rcads-47 male@15", Generalized, true, false, "12=1 13=2"),
        ("rcads-47 male@15", Panic, true, false, "9=1 11=2"),
        ("rcads-47 male@15", Compulsive, false, false, "9=1 11=2"),
        ("scared-41", "1,6,9,12,15,18-19,22,24,27,30,34,38", true, false, "7=2"),
        ("scared-41", "5,7,14,21,23,28,33,35,37", true, false, "9=2"),
        ("scared-41", "4,8,13,16,20,25,29,31", true, false, "5=2"),
        ("scared-41", "3,10,26,32,39-41", true, false, "8=2"),
        ("scared-41", "2,11,17,36", true, false, "3=2"),
    ];

    public static TheoryData<WorkedPerson> People => [.. All];

    internal static WorkedPerson[] All { get; } = [.. Everybody()];

    [Theory]
    [MemberData(nameof(People))]
    public void APerson_IsDecidedAsWorkedByHand(WorkedPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        Assert.Equal(person.Expected, WorkedPerson.Text(person.Decide(person.Compile(Policy.Default(person.Policy)))));
    }

    [Theory]
    [InlineData(PopulationKind.Student)]
    [InlineData(PopulationKind.Staff)]
    public void EveryRuleAndTask_HasItsPeople(PopulationKind population)
    {
        var definition = Policy.Default(population).Definition;
        var words = All.Where(p => p.Policy == population).SelectMany(p => p.Expected.Split(' ', ';', '+')).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(definition.Rules.Select(r => r.Id).Concat(definition.Tasks.Select(t => t.Id)).Except(words));
    }

    [Theory]
    [InlineData(PopulationKind.Student)]
    [InlineData(PopulationKind.Staff)]
    public void WhoAnsweredNothing_IsUnknown_AndCouldBeRed(PopulationKind population)
    {
        var triage = Triage.Compile(Policy.Default(population), [InstrumentCatalog.Default["phq-9"], InstrumentCatalog.Default["gad-7"]], allowDraft: true);
        var outcome = triage.DecideUnanswered(default, WorkedPerson.AsOf);
        Assert.Equal((Tier.Unknown, Tier.Green, Tier.Red, true, 0ul), (outcome.Tier, outcome.Certain, outcome.Possible, outcome.Incomplete, outcome.Fired));
        Assert.Equal(["R4", "O1", "O3", "O4", "Y1", "Y2", "B1"], triage.Policy.RulesOf(outcome.CouldFire).Select(r => r.Id));
        Assert.Equal(["U2"], triage.Policy.TasksOf(outcome.Tasks).Select(t => t.Id));
        Assert.Equal(ResponseTime.Days(7), triage.Policy.UrgencyOf(outcome));
        var reported = new PersonFacts { Events = [new() { Kind = "farewell", Date = WorkedPerson.AsOf, Source = "peer" }] };
        Assert.Equal((Tier.Red, Tier.Red, Tier.Red), (triage.DecideUnanswered(reported, WorkedPerson.AsOf) is var red ? red.Tier : default, red.Certain, red.Possible));
    }

    [Theory]
    [InlineData(4, true)] // exactly z × SD × √(2 × (1 − r)) = 1.96 × 250/49 × 0.4 = 4
    [InlineData(3, false)]
    [InlineData(-4, false)]
    public void AChangeOfExactlyTheThreshold_IsReliable(int change, bool worse)
    {
        var phq = InstrumentCatalog.Default["phq-9"];
        var triage = Triage.Compile(Policy.Default(PopulationKind.Student), [phq], allowDraft: true, [WorkedPerson.Stable("phq-9", "total", new(250, 49))]);
        Assert.DoesNotContain("reliable-deterioration", triage.NotAsked);
        var report = triage.Decide([Scorer.Compile(phq).Score([3, 3, 3, 1, 0, 0, 0, 0, 0, 0])], new PersonFacts { PreviousScores = [10 - change] }, WorkedPerson.AsOf);
        Assert.Equal(worse, report.Rules.Any(r => r.Rule.Id == "Y3" && r.Fired));
    }

    private static IEnumerable<WorkedPerson> Everybody()
    {
        foreach (var (people, policies) in new (string[][], PopulationKind[])[]
        {
            (Both, [PopulationKind.Student, PopulationKind.Staff]), (StudentsOnly, [PopulationKind.Student]), (StaffOnly, [PopulationKind.Staff]),
        })
        {
            foreach (var person in people)
            {
                foreach (var policy in policies)
                {
                    yield return new(policy, person[0], person[1], person[2]);
                }
            }
        }

        foreach (var (policy, kinds, days, expected) in Reports)
        {
            foreach (var kind in kinds.Split(' '))
            {
                yield return new(policy, "phq-9", $"{kind}@0", expected);
                yield return new(policy, "phq-9", $"{kind}@{days}", expected);
                yield return new(policy, "phq-9", $"{kind}@{days + 1}", "green; -; -; -");
            }
        }

        foreach (var (instrument, items, core, staff, severities) in Scales)
        {
            var before = 0;
            foreach (var cut in severities.Split(' ').Select(cut => cut.Split('=').Select(int.Parse).ToArray()))
            {
                foreach (var (steps, severity) in new[] { (cut[0] - 1, before), (cut[0], cut[1]) })
                {
                    yield return new(PopulationKind.Student, $"{instrument} {items}:{steps}", AllCircumstances, OfSeverity(severity, core, student: true));
                    if (staff)
                    {
                        yield return new(PopulationKind.Staff, $"{instrument} {items}:{steps}", AllCircumstances, OfSeverity(severity, core, student: false));
                    }
                }

                before = cut[1];
            }
        }

        // The SCL-90 without a factor at a mean of 2: its total from 161, 71 steps, and its 44 items at 2 (a total of 134).
        foreach (var (form, severity) in new[]
        {
            ("scl-90 1,4,3,9,6,21,5,14,20,2,17,11,13,8,7,35,19:68 24=2 25=2", 0),
            ("scl-90 1,4,3,9,6,21,5,14,20,2,17,11,13,8,7,35,19:68 24=2 25=3", 2),
            ("scl-90 1-14=2 17-45=2", 0),
            ("scl-90 1-14=2 17-46=2", 2),
        })
        {
            yield return new(PopulationKind.Student, form, AllCircumstances, OfSeverity(severity, core: false, student: true));
            yield return new(PopulationKind.Staff, form, "", OfSeverity(severity, core: false, student: false));
        }
    }

    /// <summary>What one domain of a severity leads to when nothing else is known but all circumstances: B1 from 2, Y1 from 3, O3 from 4 in a core domain, B2 from 1 for students.</summary>
    private static string OfSeverity(int severity, bool core, bool student) => (severity, core) switch
    {
        (0, _) => "green; -; -; -",
        (1, _) => student ? "blue; B2; -; 30d" : "green; -; -; -",
        (2, _) => $"blue; B1{(student ? " B2" : "")}; -; 30d",
        (4, true) => $"orange; O3 Y1 B1{(student ? " B2" : "")}; -; 24h",
        _ => $"yellow; Y1 B1{(student ? " B2" : "")}; -; 7d",
    };
}
