using System.Runtime.CompilerServices;

namespace AutoDiff.Compiler.Derivatives;

/// <summary>Tells instructions apart that are equal by value.</summary>
internal sealed class IdentityComparer<T> : IEqualityComparer<T>
    where T : class
{
    public static readonly IdentityComparer<T> Instance = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => RuntimeHelpers.GetHashCode(obj);
}
