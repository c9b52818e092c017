using System.Diagnostics.Tracing;

namespace AutoDiff.Generators.Tests;

/// <summary>Counts the arrays that this thread rents from shared pools and gives back, as the pools themselves report it.</summary>
internal sealed class PoolWatch : EventListener
{
    private const int BufferRented = 1, BufferReturned = 3;

    private readonly int _thread = Environment.CurrentManagedThreadId;

    public int Rented { get; private set; }

    public int Returned { get; private set; }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource") EnableEvents(eventSource, EventLevel.Verbose);
    }

    // On the thread that rents.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (Environment.CurrentManagedThreadId != _thread) return;
        if (eventData.EventId == BufferRented) Rented++;
        if (eventData.EventId == BufferReturned) Returned++;
    }
}
