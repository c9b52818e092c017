namespace AutoDiff;

/// <summary>Which derivative members are generated beside a method marked <see cref="DifferentiableAttribute"/>.</summary>
/// <remarks>
/// Every differentiable method gets <c>FVjp</c>, the vector-Jacobian product, whatever is asked for: it is what calls from other
/// differentiable methods go through.
/// </remarks>
[Flags]
public enum Derivatives
{
    /// <summary>Only <c>FVjp</c>.</summary>
    None = 0,

    /// <summary><c>FGradient</c>: value and gradient of a method with a scalar result (reverse mode).</summary>
    Gradient = 1,

    /// <summary><c>FJvp</c>: value and directional derivative (forward mode).</summary>
    Jvp = 2,

    /// <summary><c>FHvp</c>: value, gradient and Hessian-vector product (forward over reverse).</summary>
    Hvp = 4,

    /// <summary><c>FJacobian</c>: the dense Jacobian, row-major, one row for each output.</summary>
    Jacobian = 8,

    /// <summary><c>FHessian</c>: the dense Hessian, row-major.</summary>
    Hessian = 16,
}
