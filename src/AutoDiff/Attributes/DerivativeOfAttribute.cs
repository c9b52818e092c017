namespace AutoDiff;

/// <summary>Registers the marked method as the derivative rule of another method, which may belong to another assembly.</summary>
/// <remarks>
/// The marked method has the signature that the generated <c>MVjp</c> (or <c>MJvp</c>) of that method would have; the signature also
/// says which overload is meant, and which of the two modes. A static rule for an instance method has the receiver in front. A rule wins over
/// the body of a method that is <see cref="DifferentiableAttribute"/> too.
/// <para>
/// A rule that wants to hand something from the forward to the backward part comes in two halves, which are both marked: a
/// <c>(TValue, TResidual) MRecord(parameters)</c>, and a <c>gradients MPullback(parameters, TResidual residual, cotangents, destinations)</c>,
/// which gives the gradients without the value. There is one residual for each call that ran.
/// </para>
/// <example><code>
/// [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
/// public static (double Value, double DX) ScaleBVjp(double x, int n, double dResult)
///     =&gt; (Math.ScaleB(x, n), Math.ScaleB(dResult, n));
/// </code></example>
/// </remarks>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The name of the method.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class DerivativeOfAttribute(Type type, string method) : Attribute
{
    /// <summary>The type that declares the method.</summary>
    public Type Type { get; } = type;

    /// <summary>The name of the method.</summary>
    public string Method { get; } = method;
}
