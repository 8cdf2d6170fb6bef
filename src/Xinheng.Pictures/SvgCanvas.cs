using OxyPlot;

namespace Xinheng.Pictures;

/// <summary>Draws SVG, with widths of text estimated without a font: a Chinese character is as wide as it is high.</summary>
internal sealed class SvgCanvas : SvgRenderContext
{
    public SvgCanvas(Stream stream, double width, double height)
        : base(stream, width, height, isDocument: true, new NoMeasurer(), OxyColors.White, useVerticalTextAlignmentWorkaround: true) // few viewers but browsers know dominant-baseline
    {
    }

    /// <summary>The base class puts the foot of the letters at the foot of their box; they stand a quarter of their size above it.</summary>
    public override void DrawText(ScreenPoint p, string text, OxyColor c, string fontFamily, double fontSize, double fontWeight, double rotate, HorizontalAlignment halign, VerticalAlignment valign, OxySize? maxSize)
    {
        var (sin, cos) = Math.SinCos(rotate / 180 * Math.PI);
        var rise = 0.25 * fontSize;
        base.DrawText(new ScreenPoint(p.X + (rise * sin), p.Y - (rise * cos)), text, c, fontFamily, fontSize, fontWeight, rotate, halign, valign, maxSize);
    }

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
        {
            return OxySize.Empty;
        }

        var lines = text.Split('\n');
        return new OxySize(lines.Max(Width) * fontSize * (fontWeight > 500 ? 1.06 : 1), lines.Length * fontSize * 1.25);
    }

    /// <summary>Width in units of the font size.</summary>
    public static double Width(string? line) => (line ?? "").Sum(c => c switch
    {
        >= '\u2E80' => 1,
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.3,
        'm' or 'w' or 'M' or 'W' or '%' => 0.87,
        >= 'A' and <= 'Z' => 0.68,
        _ => 0.56,
    });

    /// <summary>The base class insists on one.</summary>
    private sealed class NoMeasurer : RenderContextBase
    {
        public override int ClipCount => 0;

        public override void DrawLine(IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
        {
        }

        public override void DrawPolygon(IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
        {
        }

        public override void DrawText(ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight, double rotation, HorizontalAlignment horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
        {
        }

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) => OxySize.Empty;

        public override void PopClip()
        {
        }

        public override void PushClip(OxyRect clippingRectangle)
        {
        }
    }
}
