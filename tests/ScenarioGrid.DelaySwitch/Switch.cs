using System.Buffers.Binary;

namespace ScenarioGrid.DelaySwitch;

/// <summary>An Ethernet switch that learns who is where and holds, loses, copies or reorders frames by rules.</summary>
internal sealed class Switch : IDisposable
{
    private const int QueuedMost = 100_000;

    private readonly Tap[] _ports;
    private readonly Link[] _links;
    private readonly Dictionary<ulong, int> _portOf = [];
    private readonly PriorityQueue<(int Port, byte[] Frame), (long Due, long Order)> _queue = new();
    private readonly object _gate = new();
    private readonly Rule[] _ruleOf;
    private readonly ManualResetEventSlim _ended = new();
    private long _order;

    /// <summary>A switch with these ports.</summary>
    public Switch(Tap[] ports, ulong seed)
    {
        _ports = ports;
        _links = [.. Enumerable.Range(0, ports.Length * ports.Length)
            .Select(k => new Link(seed + (0xD1342543DE82EF95 * (ulong)(k + 1))))];
        _ruleOf = new Rule[_links.Length];
        Set([]);
    }

    /// <summary>Puts rules in force for frames from now on.</summary>
    public void Set(Rule[] rules)
    {
        lock (_gate)
        {
            for (var k = 0; k < _ruleOf.Length; k++)
            {
                _ruleOf[k] = Rule.Of(rules, _ports[k / _ports.Length].Name, _ports[k % _ports.Length].Name);
            }
        }
    }

    /// <summary>Starts one thread per port and one that sends.</summary>
    public void Start()
    {
        for (var port = 0; port < _ports.Length; port++)
        {
            var from = port;
            new Thread(() => Receive(from)) { IsBackground = true, Name = _ports[port].Name }.Start();
        }

        new Thread(Send) { IsBackground = true, Name = "send" }.Start();
    }

    public void Dispose()
    {
        _ended.Set();
        foreach (var port in _ports)
        {
            port.Dispose();
        }
    }

    private void Receive(int from)
    {
        var buffer = new byte[Tap.FrameBytesMax];
        while (true)
        {
            var length = _ports[from].Read(buffer);
            if (length < 14)
            {
                // The interface is down while it moves to its namespace.
                if (_ended.Wait(10))
                {
                    return;
                }

                continue;
            }

            lock (_gate)
            {
                Forward(from, buffer.AsSpan(0, length).ToArray());
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Forward(int from, byte[] frame)
    {
        var isToMany = (frame[0] & 1) == 1;
        _portOf[Address(frame.AsSpan(6))] = from;
        if (!isToMany && _portOf.TryGetValue(Address(frame), out var known))
        {
            Enqueue(from, known, frame);
            return;
        }

        for (var to = 0; to < _ports.Length; to++)
        {
            if (to != from)
            {
                Enqueue(from, to, frame);
            }
        }
    }

    private void Enqueue(int from, int to, byte[] frame)
    {
        if (_queue.Count >= QueuedMost)
        {
            return;
        }

        var link = (from * _ports.Length) + to;
        Span<long> due = stackalloc long[2];
        var copies = _links[link].Decide(_ruleOf[link], Environment.TickCount64, due);
        for (var k = 0; k < copies; k++)
        {
            _queue.Enqueue((to, frame), (due[k], _order++));
        }
    }

    private void Send()
    {
        lock (_gate)
        {
            while (true)
            {
                if (!_queue.TryPeek(out var next, out var when))
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                var wait = when.Due - Environment.TickCount64;
                if (wait > 0)
                {
                    Monitor.Wait(_gate, (int)Math.Min(wait, 1000));
                    continue;
                }

                _queue.Dequeue();
                _ports[next.Port].Write(next.Frame);
            }
        }
    }

    private static ulong Address(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
}
