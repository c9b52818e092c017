using System.ComponentModel;

namespace AutoDiff.Generated;

/// <summary>Says that a type of this assembly has methods marked <see cref="DerivativeOfAttribute"/>. Generated, so that rules are found without looking through assemblies.</summary>
/// <param name="type">The type.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DerivativeRulesAttribute(Type type) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;
}
