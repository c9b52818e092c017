using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

public readonly partial struct Vec128<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Preceding(Vec128<T> before, Vec128<T> current) => Select(FirstLanes(1), Turned(before), Turned(current));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Following(Vec128<T> current, Vec128<T> behind) => Select(FirstLanes(Count - 1), TurnedBack(current), TurnedBack(behind));

    // The last lane comes first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec128<T> Turned(Vec128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Shuffle(value._lanes.AsInt32(), Vector128.Create(3, 0, 1, 2)).As<int, T>())
        : new(Vector128.Shuffle(value._lanes.AsInt64(), Vector128.Create(1L, 0L)).As<long, T>());

    // The first lane comes last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec128<T> TurnedBack(Vec128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Shuffle(value._lanes.AsInt32(), Vector128.Create(1, 2, 3, 0)).As<int, T>())
        : new(Vector128.Shuffle(value._lanes.AsInt64(), Vector128.Create(1L, 0L)).As<long, T>());
}
