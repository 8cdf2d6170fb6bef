using System.Runtime.ExceptionServices;

namespace Xinheng.Data;

/// <summary>Pieces of work that are taken in order, done on several threads, and whose results are taken over in order.</summary>
/// <remarks>
/// There are never more pieces in hand than threads and two, so memory does not grow with their number; and what comes out
/// is the same for any number of threads. Of several failures the one of the first piece is thrown.
/// </remarks>
internal sealed class OrderedWork<TPart>
    where TPart : class
{
    private readonly Lock _taking = new();
    private readonly object _state = new();
    private readonly Stack<TPart> _free = [];
    private readonly Dictionary<long, TPart> _done = [];
    private readonly int _threads;
    private readonly Func<TPart> _create;
    private long _taken;
    private long _committed;
    private bool _ended;
    private bool _committing;
    private ExceptionDispatchInfo? _failure;
    private long _failed = long.MaxValue;

    /// <param name="threads">Number of threads, the caller's among them.</param>
    /// <param name="create">Makes a part, which is used for one piece after another.</param>
    public OrderedWork(int threads, Func<TPart> create) => (_threads, _create) = (threads, create);

    /// <summary>Every part that was made.</summary>
    public List<TPart> Parts { get; } = [];

    /// <summary>Does all there is to do.</summary>
    /// <param name="take">Makes a part ready for the next piece; one call at a time. <see langword="false"/> = there is none.</param>
    /// <param name="work">Does a piece.</param>
    /// <param name="commit">Takes the result of a piece over; one call at a time, in the order of taking.</param>
    /// <param name="cancellation">Stops it between two pieces.</param>
    public void Run(Func<TPart, bool> take, Action<TPart> work, Action<TPart> commit, CancellationToken cancellation)
    {
        var others = Enumerable.Range(1, _threads - 1).Select(_ => new Thread(Loop) { IsBackground = true }).ToList();
        others.ForEach(thread => thread.Start());
        Loop();
        others.ForEach(thread => thread.Join());
        _failure?.Throw();

        void Loop()
        {
            while (Take(take, cancellation) is ({ } part, var number))
            {
                try
                {
                    work(part);
                }
                catch (Exception exception)
                {
                    Fail(number, exception);
                    return;
                }

                Commit(number, part, commit);
            }
        }
    }

    private (TPart? Part, long Number) Take(Func<TPart, bool> take, CancellationToken cancellation)
    {
        // The part comes before the number: so the first piece in hand always has one, and the others wait for it in vain never.
        lock (_taking)
        {
            if (FreePart() is not { } part)
            {
                return default;
            }

            try
            {
                cancellation.ThrowIfCancellationRequested();
                if (take(part))
                {
                    return (part, _taken++);
                }

                _ended = true;
            }
            catch (Exception exception)
            {
                Fail(_taken, exception);
            }

            return default;
        }
    }

    private TPart? FreePart()
    {
        lock (_state)
        {
            while (!_ended && _failure is null)
            {
                if (_free.TryPop(out var part))
                {
                    return part;
                }

                if (Parts.Count < _threads + 2)
                {
                    Parts.Add(_create());
                    return Parts[^1];
                }

                Monitor.Wait(_state);
            }

            return null;
        }
    }

    private void Commit(long number, TPart part, Action<TPart> commit)
    {
        lock (_state)
        {
            _done.Add(number, part);
            if (_committing)
            {
                return;
            }

            _committing = true;
        }

        while (true)
        {
            TPart? next;
            lock (_state)
            {
                if (_committed >= _failed || !_done.Remove(_committed, out next))
                {
                    _committing = false;
                    return;
                }
            }

            try
            {
                commit(next);
            }
            catch (Exception exception)
            {
                Fail(_committed, exception);
                continue;
            }

            lock (_state)
            {
                _committed++;
                _free.Push(next);
                Monitor.PulseAll(_state);
            }
        }
    }

    private void Fail(long number, Exception exception)
    {
        lock (_state)
        {
            if (number < _failed)
            {
                _failed = number;
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            Monitor.PulseAll(_state);
        }
    }
}
