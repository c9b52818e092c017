namespace System;

// What ^1 and list patterns are compiled to.
[Microsoft.CodeAnalysis.Embedded]
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int Value { get; } = value;

    public bool IsFromEnd { get; } = fromEnd;

    public int GetOffset(int length) => IsFromEnd ? length - Value : Value;

    public static implicit operator Index(int value) => new(value);
}

[Microsoft.CodeAnalysis.Embedded]
internal readonly struct Range(Index start, Index end)
{
    public Index Start { get; } = start;

    public Index End { get; } = end;

    public static Range All => new(0, new(0, fromEnd: true));

    public static Range StartAt(Index start) => new(start, new(0, fromEnd: true));

    public static Range EndAt(Index end) => new(0, end);
}
