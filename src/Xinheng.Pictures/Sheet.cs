using System.Globalization;
using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Xinheng.Pictures;

/// <summary>A sheet with axes, a legend at its right or below, and what is drawn on it.</summary>
internal sealed class Sheet
{
    private const string Fonts = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif";

    /// <summary>Okabe and Ito's colours, which people with colour-blindness tell apart; line styles differ too.</summary>
    private static readonly OxyColor[] Colours = [.. new uint[] { 0xFF0072B2, 0xFFD55E00, 0xFF009E73, 0xFFCC79A7, 0xFF56B4E9, 0xFFE69F00, 0xFF000000, 0xFF7F7F7F }.Select(OxyColor.FromUInt32)];

    private static readonly LineStyle[] Styles = [LineStyle.Solid, LineStyle.Dash, LineStyle.DashDot, LineStyle.Dot, LineStyle.LongDash];

    private readonly PlotModel _model;
    private readonly PictureOptions _options;
    private int _curves;

    public Sheet(string title, string subtitle, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var size in (ReadOnlySpan<int>)[options.Width, options.Height])
        {
            if (size is < 200 or > 10_000)
            {
                throw new ArgumentOutOfRangeException(nameof(options), "A picture is 200 to 10,000 pixels wide and high.");
            }
        }

        _options = options;
        _model = new PlotModel
        {
            Title = title, Subtitle = subtitle, DefaultFont = Fonts, DefaultFontSize = 13, TitleFontSize = 17, TitleFontWeight = 400, SubtitleFontSize = 13, SubtitleColor = OxyColor.FromRgb(90, 90, 90),
            Culture = CultureInfo.InvariantCulture, PlotAreaBorderColor = OxyColor.FromRgb(120, 120, 120), PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1), Padding = new OxyThickness(12, 12, 16, 12),
        };
        _model.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightTop, LegendBorderThickness = 0, LegendFontSize = 13, LegendSymbolLength = 26, LegendItemSpacing = 6, LegendLineSpacing = 4, LegendMargin = 10 });
    }

    /// <summary>The axes; NaN leaves a limit to the numbers.</summary>
    public Sheet Axes(string bottom, double from, double to, string left, double low, double high)
    {
        _model.Axes.Add(Axis(AxisPosition.Bottom, bottom, from, to));
        _model.Axes.Add(Axis(AxisPosition.Left, left, low, high));
        return this;
    }

    /// <summary>Makes the steps of the bottom axis whole numbers.</summary>
    public Sheet WholeSteps(double from, double to)
    {
        var step = 1.0;
        foreach (var candidate in (ReadOnlySpan<int>)[2, 3, 5, 10, 20, 30, 50, 100, 200, 500, 1000])
        {
            step = (to - from) / step > 16 ? candidate : step;
        }

        _model.Axes[0].MajorStep = step;
        return this;
    }

    public Sheet Curve(Curve curve, bool markers = false)
    {
        var colour = Colours[_curves % Colours.Length];
        var series = new LineSeries
        {
            Title = curve.Name, Color = colour, StrokeThickness = 2, LineStyle = Styles[_curves / 2 % Styles.Length],
            MarkerType = markers ? (_curves % 2 == 0 ? MarkerType.Circle : MarkerType.Square) : MarkerType.None, MarkerSize = 4, MarkerFill = colour,
        };
        series.Points.AddRange(curve.Points.Select(p => new DataPoint(p.X, p.Y)));
        _model.Series.Add(series);
        _curves++;
        return this;
    }

    /// <summary>A thin line for comparison, without a place in the legend.</summary>
    public Sheet Guide(CurvePoint from, CurvePoint to)
    {
        var series = new LineSeries { Color = OxyColor.FromRgb(150, 150, 150), StrokeThickness = 1, LineStyle = LineStyle.Dash, RenderInLegend = false };
        series.Points.AddRange([new DataPoint(from.X, from.Y), new DataPoint(to.X, to.Y)]);
        _model.Series.Add(series);
        return this;
    }

    /// <summary>Bars of one kind; where there are many, no gaps between them.</summary>
    public Sheet Bars(string name, IEnumerable<ScoreCount> counts, double width, double shade)
    {
        var series = new RectangleBarSeries { Title = name, FillColor = Shade(shade), StrokeThickness = (_model.Axes[0].Maximum - _model.Axes[0].Minimum) / width > 80 ? 0 : 0.5, StrokeColor = OxyColors.White };
        foreach (var count in counts)
        {
            series.Items.Add(new RectangleBarItem(count.Score - (width / 2), 0, count.Score + (width / 2), count.Count));
        }

        _model.Series.Add(series);
        return this;
    }

    public Sheet WithoutLegend()
    {
        _model.IsLegendVisible = false;
        return this;
    }

    public Picture Draw()
    {
        // Long names go below, so that the picture keeps its room.
        if (_model.Series.Any(s => s.RenderInLegend && SvgCanvas.Width(s.Title) * _model.Legends[0].LegendFontSize > _options.Width / 4.0))
        {
            _model.Legends[0].LegendPosition = LegendPosition.BottomLeft;
        }

        using var stream = new MemoryStream();
        using (var canvas = new SvgCanvas(stream, _options.Width, _options.Height))
        {
            ((IPlotModel)_model).Update(true);
            ((IPlotModel)_model).Render(canvas, new OxyRect(0, 0, _options.Width, _options.Height));
            canvas.Complete();
            canvas.Flush();
            var svg = Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);

            // No reader needs the document type, which names a file on the network; with a view box the picture scales.
            var start = svg.IndexOf("<svg ", StringComparison.Ordinal);
            return new Picture(string.Create(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg viewBox=\"0 0 {_options.Width} {_options.Height}\" {svg[(start + 5)..]}"));
        }
    }

    /// <summary>From calm to severe, 0 to 1, growing darker, so that it prints in grey.</summary>
    private static OxyColor Shade(double place)
    {
        (double, double, double)[] stops = [(158, 202, 225), (253, 212, 118), (240, 138, 60), (203, 54, 41), (103, 10, 31)];
        var at = Math.Clamp(place, 0, 1) * (stops.Length - 1);
        var low = Math.Min((int)at, stops.Length - 2);
        var ((r0, g0, b0), (r1, g1, b1)) = (stops[low], stops[low + 1]);
        return OxyColor.FromRgb(Mix(r0, r1), Mix(g0, g1), Mix(b0, b1));

        byte Mix(double a, double b) => (byte)(a + ((at - low) * (b - a)));
    }

    private static LinearAxis Axis(AxisPosition position, string title, double low, double high) => new()
    {
        Position = position, Title = title, Minimum = low, Maximum = high, AxisTitleDistance = 8, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColor.FromRgb(228, 228, 228),
        TickStyle = TickStyle.Outside, MinorTickSize = 0, AxislineStyle = LineStyle.None, MinimumPadding = 0.02, MaximumPadding = 0.05, StringFormat = "G6",
    };
}
