namespace AutoDiff.Simd;

/// <summary>
/// Elementary functions, each written once over <see cref="IVector{TSelf, T}"/>. A lane's bits depend on that lane alone and are the same
/// at every width. Errors are the largest found by tests that compare with more digits, in units in the last place of the result.
/// </summary>
/// <remarks>
/// All but the exponential of floats are calls: the JIT gives up on inlining, operators included, where a kernel grows too large, and a
/// call costs a few nanoseconds for a whole vector.
/// </remarks>
internal static partial class VectorMath;
