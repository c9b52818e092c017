namespace Microsoft.CodeAnalysis;

/// <summary>
/// Hides a type from other assemblies, friends included: each of ours has its own polyfills, and InternalsVisibleTo would make them ambiguous.
/// </summary>
[Embedded]
[AttributeUsage(AttributeTargets.All)]
internal sealed class EmbeddedAttribute : Attribute;
