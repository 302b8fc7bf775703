namespace ScenarioGrid.Grains;

/// <summary>
/// The threads that compute: one per core, below normal priority, so that the silo's own scheduler stays responsive.
/// </summary>
/// <remarks>
/// A thread that does not come back from its work is given up and replaced; it ends by itself should the work ever end.
/// </remarks>
public sealed class ComputePool : IDisposable
{
    private readonly Queue<Job> _jobs = new();
    private readonly List<Job> _running = [];
    private readonly List<Thread> _threads = [];
    private readonly TimeSpan _most;
    private readonly TimeProvider _time;
    private readonly ITimer _watch;
    private bool _isEnding;

    /// <param name="threads">Number of threads, and so of worker slots.</param>
    /// <param name="most">Time after which work counts as stuck.</param>
    /// <param name="time">Time.</param>
    public ComputePool(int threads, TimeSpan most, TimeProvider time)
    {
        (Threads, _most, _time) = (threads, most, time);
        for (var i = 0; i < threads; i++)
        {
            Add();
        }

        var look = TimeSpan.FromTicks(Math.Max(most.Ticks / 4, TimeSpan.TicksPerMillisecond));
        _watch = time.CreateTimer(_ => GiveUpStuck(), null, look, look);
    }

    /// <summary>Number of threads, and so of worker slots.</summary>
    public int Threads { get; }

    /// <summary>Threads that were given up.</summary>
    public int Lost { get; private set; }

    /// <summary>Runs an action on a compute thread.</summary>
    /// <exception cref="TimeoutException">The action did not end in time; its thread is given up.</exception>
    public Task Run(Action action)
    {
        var job = new Job(action);
        lock (_jobs)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _jobs.Enqueue(job);
            Monitor.Pulse(_jobs);
        }

        return job.Done.Task;
    }

    public void Dispose()
    {
        _watch.Dispose();
        Thread[] threads;
        lock (_jobs)
        {
            _isEnding = true;
            threads = [.. _threads];
            Monitor.PulseAll(_jobs);
        }

        foreach (var thread in threads)
        {
            thread.Join(_most);
        }
    }

    private void Add()
    {
        var thread = new Thread(Loop)
        {
            IsBackground = true, Name = $"compute-{_threads.Count}", Priority = ThreadPriority.BelowNormal,
        };
        _threads.Add(thread);
        thread.Start();
    }

    private void Loop()
    {
        while (Next() is { } job)
        {
            Exception? broken = null;
            try
            {
                job.Action();
            }
            catch (Exception e)
            {
                broken = e;
            }

            lock (_jobs)
            {
                if (!_running.Remove(job))
                {
                    return;
                }
            }

            if (broken is null)
            {
                job.Done.SetResult();
            }
            else
            {
                job.Done.SetException(broken);
            }
        }
    }

    private Job? Next()
    {
        lock (_jobs)
        {
            while (_jobs.Count == 0 && !_isEnding)
            {
                Monitor.Wait(_jobs);
            }

            if (!_jobs.TryDequeue(out var job))
            {
                return null;
            }

            job.Thread = Thread.CurrentThread;
            job.Began = _time.GetTimestamp();
            _running.Add(job);
            return job;
        }
    }

    private void GiveUpStuck()
    {
        lock (_jobs)
        {
            foreach (var stuck in _running.Where(j => _time.GetElapsedTime(j.Began) > _most).ToList())
            {
                _running.Remove(stuck);
                _threads.Remove(stuck.Thread!);
                Lost++;
                Add();
                stuck.Done.SetException(new TimeoutException(FormattableString.Invariant(
                    $"the window did not end within {_most.TotalSeconds:0.#} s; its thread is given up")));
            }
        }
    }

    private sealed class Job(Action action)
    {
        public Action Action { get; } = action;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Thread? Thread { get; set; }

        public long Began { get; set; }
    }
}
