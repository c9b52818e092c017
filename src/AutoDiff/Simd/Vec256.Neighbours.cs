using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Simd;

public readonly partial struct Vec256<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Preceding(Vec256<T> before, Vec256<T> current) => Select(FirstLanes(1), Turned(before), Turned(current));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Following(Vec256<T> current, Vec256<T> behind) => Select(FirstLanes(Count - 1), TurnedBack(current), TurnedBack(behind));

    // The last lane comes first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec256<T> Turned(Vec256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.Shuffle(value._lanes.AsInt32(), Vector256.Create(7, 0, 1, 2, 3, 4, 5, 6)).As<int, T>())
        : new(Vector256.Shuffle(value._lanes.AsInt64(), Vector256.Create(3L, 0L, 1L, 2L)).As<long, T>());

    // The first lane comes last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec256<T> TurnedBack(Vec256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.Shuffle(value._lanes.AsInt32(), Vector256.Create(1, 2, 3, 4, 5, 6, 7, 0)).As<int, T>())
        : new(Vector256.Shuffle(value._lanes.AsInt64(), Vector256.Create(1L, 2L, 3L, 0L)).As<long, T>());
}
