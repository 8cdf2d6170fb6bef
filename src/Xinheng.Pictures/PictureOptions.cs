namespace Xinheng.Pictures;

/// <summary>Language and size of a picture.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PictureOptions
{
    /// <summary>English, 840 x 480.</summary>
    public static PictureOptions Default { get; } = new();

    /// <summary>Language of axes and legends that the picture names itself: a tag beginning with <c>zh</c> is Chinese, every other English.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Width in pixels, 200 to 10,000.</summary>
    public int Width { get; init; } = 840;

    /// <summary>Height in pixels, 200 to 10,000.</summary>
    public int Height { get; init; } = 480;
}
