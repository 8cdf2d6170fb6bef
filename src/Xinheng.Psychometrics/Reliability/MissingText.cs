using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Who was left out, in words.</summary>
internal static class MissingText
{
    public static string Of(MissingTreatment missing, long dropped, long empty) => string.Create(
        CultureInfo.InvariantCulture,
        $"{EstimateText.Of(missing).En}: {dropped} dropped, {(missing == MissingTreatment.Listwise ? $"each with an answer missing ({empty} without any)" : "each without any answer")}");
}
