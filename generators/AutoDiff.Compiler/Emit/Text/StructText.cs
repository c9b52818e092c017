using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Structs as C# expressions over their leaves.</summary>
internal static class StructText
{
    /// <summary>A member access: <c>p.Position.X</c>, keywords escaped.</summary>
    public static string Access(string owner, string path)
        => owner + string.Join("", path.Split('.').Skip(1).Select(static name => "." + CSharpNames.Escape(name)));

    /// <summary>Whether a leaf of a variable can be assigned: fields around it, and a field or a property with <c>set</c> at the end.</summary>
    public static bool IsAssignable(StructType type, string path)
    {
        foreach (string name in path.Split('.').Skip(1))
        {
            StructComponent component = type.Components.First(c => c.Name == name);
            if (component.Type is not StructType nested) return component.Access is ComponentAccess.Field or ComponentAccess.Set;
            if (component.Access != ComponentAccess.Field) return false;
            type = nested;
        }

        return false;
    }

    /// <summary>A struct built from its leaves.</summary>
    /// <param name="type">The struct.</param>
    /// <param name="leaf">The text of a leaf, by its index; null where it has the default value of its type.</param>
    /// <param name="isGradient">Whether it is a gradient: that of a <c>T?</c> is a number in any case.</param>
    public static string Build(StructType type, Func<int, string?> leaf, bool isGradient = false)
    {
        int next = 0;
        return Build(type, () => leaf(next++), isGradient) ?? "default";
    }

    private static string? Build(StructType type, Func<string?> next, bool isGradient)
    {
        string?[] values = [.. type.Components.Select(c => c.Type is StructType nested ? Build(nested, next, isGradient) : next())];
        switch (type.Form)
        {
            case StructForm.Nullable when isGradient:
                return values[1] ?? "default";
            case StructForm.Nullable:
                return $"({values[0]} ? {values[1]} : default({type.Name}))";
            case StructForm.Tuple:
                return $"({string.Join(", ", values.Select(static v => v ?? "default"))})";
        }

        if (values.All(static v => v is null)) return null;
        var constructed = new HashSet<int>(type.Arguments);
        string arguments = string.Join(", ", type.Arguments.Select(k => values[k] ?? Default(type.Components[k])));
        string[] rest =
        [
            .. Enumerable.Range(0, values.Length).Where(k => !constructed.Contains(k) && (values[k] is not null || type.Components[k].IsRequired))
                .Select(k => $"{CSharpNames.Escape(type.Components[k].Name)} = {values[k] ?? Default(type.Components[k])}"),
        ];
        string made = $"new {type.Name}";
        if (arguments.Length > 0 || rest.Length == 0) made += $"({arguments})";
        return rest.Length == 0 ? made : $"{made} {{ {string.Join(", ", rest)} }}";
    }

    private static string Default(StructComponent component) => component.Type is ScalarType or StructType ? "default" : "default!";
}
