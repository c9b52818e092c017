namespace AutoDiff;

/// <summary>
/// The operations on <see cref="System.Numerics.Tensors.Tensor{T}"/> that the compiler knows, each also executable as written: an
/// eager reference, correct and plain. In a <see cref="DifferentiableAttribute"/> method they are compiled into fused kernels.
/// </summary>
/// <remarks>
/// <para>
/// <b>Shapes.</b> An axis counts from the front, or from the end where it is negative. Elementwise operations broadcast both ways: shapes
/// are aligned at the last axis, and lengths are equal or 1. The base library has no rank 0: a reduction over the only axis gives
/// <c>[1]</c>, and one without an axis gives a <c>T</c>. Inputs may be views with any strides; results are dense unless an operation says
/// that it returns a view. Shapes that do not fit are an <see cref="ArgumentException"/> that names the argument and both shapes.
/// </para>
/// <para>
/// <b>Numbers.</b> Sums, means, products of matrices and normalisations are accumulated in <c>double</c>, in index order, and rounded
/// once. Softmax, log-sum-exp, sigmoid, softplus and cross-entropy are stable for every finite input. At infinite logits the
/// difference of equal infinities is 0: a row with +∞ shares its mass among its +∞, a row that is −∞ throughout is uniform. NaN spreads.
/// </para>
/// <para>
/// <b>Operators.</b> <c>a + b</c> of the base library (10.0) has the shape of the operand with more axes, and of the right one where both
/// have as many. Where that operand has to be repeated (<c>[4, 6] - [4, 1]</c>, <c>[2, 1] + [3]</c>) the result has the wrong shape, without
/// an error. <see cref="Add"/>, <see cref="Subtract"/>, <see cref="Multiply"/> and <see cref="Divide"/> broadcast both ways; so do operators
/// in a compiled method.
/// </para>
/// </remarks>
public static partial class Ops;
