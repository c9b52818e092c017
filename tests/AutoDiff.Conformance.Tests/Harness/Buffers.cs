namespace AutoDiff.Conformance;

/// <summary>Which types are runs of numbers.</summary>
internal static class Buffers
{
    public static Type? ElementOfSpan(Type type)
        => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Span<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>))
            ? type.GetGenericArguments()[0]
            : null;

    public static Type? Element(Type type) => type.IsArray ? type.GetElementType() : ElementOfSpan(type);

    public static bool IsReadOnly(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>);
}
