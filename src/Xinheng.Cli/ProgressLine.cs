using System.Diagnostics;
using System.Globalization;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary>A progress bar on the terminal, and nothing where there is none.</summary>
internal sealed class ProgressLine : IProgress<ScoreProgress>, IDisposable
{
    private const int Width = 30;

    private readonly bool _shown = !Console.IsErrorRedirected;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _last;
    private bool _written;

    public void Report(ScoreProgress value)
    {
        if (!_shown || _watch.Elapsed - _last < TimeSpan.FromMilliseconds(100))
        {
            return;
        }

        _last = _watch.Elapsed;
        _written = true;
        var filled = (int)(value.Fraction * Width);
        var left = value.Fraction > 0.02 ? TimeSpan.FromSeconds(_last.TotalSeconds * (1 - value.Fraction) / value.Fraction) : (TimeSpan?)null;
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {value.Fraction,4:P0} {value.Rows:N0} rows, {value.Rows / _last.TotalSeconds:N0}/s{(left is { } t ? $", {t.TotalSeconds:F0} s left" : "")}   "));
    }

    public void Dispose()
    {
        if (_written)
        {
            Console.Error.Write("\r" + new string(' ', 78) + "\r");
        }
    }
}
