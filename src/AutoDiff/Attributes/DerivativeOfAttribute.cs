namespace AutoDiff;

/// <summary>Registers the marked method as the derivative rule of another method, which may belong to another assembly.</summary>
/// <remarks>
/// The marked method has the signature that the generated <c>MVjp</c> (or <c>MJvp</c>) of that method would have; the signature also
/// says which overload is meant, and which of the two modes.
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
