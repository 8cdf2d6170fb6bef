namespace Xinheng.Network;

/// <summary>What is known of a member in two bytes.</summary>
internal static class MemberFacts
{
    /// <summary>Consent stands in the highest bits with "refused" first, so that of two equal rows the refusal is taken.</summary>
    public static byte Pack(in RosterEntry entry) => (byte)(
        ((entry.Consent is { } consent ? (consent ? 2 : 0) : 1) << 6) | ((int)entry.Status << 4) | ((int)(entry.Sex ?? 0) << 2) | Pack(entry.Boarding));

    /// <summary>One bit per circumstance that holds, and three bits higher one per circumstance that is known.</summary>
    public static byte PackRisks(in RosterEntry entry) => (byte)(
        Pack(entry.LeftBehind, ContextRisk.LeftBehind) | Pack(entry.SingleParent, ContextRisk.SingleParent) | Pack(entry.Poverty, ContextRisk.Poverty));

    public static bool? Consent(byte facts) => (facts >> 6) switch { 0 => false, 2 => true, _ => null };

    public static EnrolmentStatus Status(byte facts) => (EnrolmentStatus)((facts >> 4) & 3);

    public static Sex? Sex(byte facts) => ((facts >> 2) & 3) is var sex and > 0 ? (Sex)sex : null;

    public static bool? Boarding(byte facts) => (facts & 3) switch { 1 => false, 2 => true, _ => null };

    public static bool? Has(byte risks, ContextRisk risk) => ((risks >> (int)risk) & 0b1001) switch { 0b1001 => true, 0b1000 => false, _ => null };

    /// <summary>The circumstances that hold, as <see cref="PersonFacts.Context"/> has them.</summary>
    public static byte Context(byte risks) => (byte)(risks & 7);

    private static int Pack(bool? value, ContextRisk risk) => (value is null ? 0 : value.Value ? 0b1001 : 0b1000) << (int)risk;

    private static int Pack(bool? value) => value is { } known ? (known ? 2 : 1) : 0;
}
