namespace Xinheng.Network;

/// <summary>What is known of a member in two bytes.</summary>
internal static class MemberFacts
{
    /// <summary>Consent stands in the highest bits with "refused" first, so that of two equal rows the refusal is taken.</summary>
    public static byte Pack(in RosterEntry entry) => (byte)(
        ((entry.Consent is { } consent ? (consent ? 2 : 0) : 1) << 6) | ((int)entry.Status << 4) | ((int)(entry.Sex ?? 0) << 2) | Pack(entry.Boarding));

    public static byte PackRisks(in RosterEntry entry)
    {
        var (present, known) = (ContextRisks.None, ContextRisks.None);
        Note(entry.LeftBehind, ContextRisks.LeftBehind);
        Note(entry.SingleParent, ContextRisks.SingleParent);
        Note(entry.Poverty, ContextRisks.Poverty);
        return (byte)((int)present | ((int)known << 3));

        void Note(bool? value, ContextRisks risk)
        {
            present |= value == true ? risk : 0;
            known |= value is not null ? risk : 0;
        }
    }

    public static bool? Consent(byte facts) => (facts >> 6) switch { 0 => false, 2 => true, _ => null };

    public static EnrolmentStatus Status(byte facts) => (EnrolmentStatus)((facts >> 4) & 3);

    public static Sex? Sex(byte facts) => ((facts >> 2) & 3) is var sex and > 0 ? (Sex)sex : null;

    public static bool? Boarding(byte facts) => (facts & 3) switch { 1 => false, 2 => true, _ => null };

    public static ContextRisks Present(byte risks) => (ContextRisks)(risks & 7);

    public static ContextRisks Known(byte risks) => (ContextRisks)(risks >> 3);

    private static int Pack(bool? value) => value is { } known ? (known ? 2 : 1) : 0;
}
