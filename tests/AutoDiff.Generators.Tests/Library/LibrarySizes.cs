using System.Reflection;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>Small sizes, by the names that constructors and shape texts use. Odd ones, and no two alike that could be confused.</summary>
internal static class LibrarySizes
{
    private static readonly Dictionary<string, int> Known = new(StringComparer.Ordinal)
    {
        ["batch"] = 2, ["time"] = 3, ["width"] = 4, ["heads"] = 2, ["hidden"] = 5, ["vocabulary"] = 7, ["layers"] = 2,
        ["context"] = 5, ["inputs"] = 3, ["outputs"] = 5,
    };

    /// <summary>What <c>...</c> stands for.</summary>
    private static readonly int[] Rest = [2, 3];

    /// <summary>Constructs a model of the library.</summary>
    public static object Create(Type type, bool bias)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        object[] arguments = constructor.GetParameters().Select(object (p) => p.ParameterType == typeof(bool) && p.Name == "bias" ? bias
            : p.ParameterType == typeof(int) ? Size(p.Name!, $"the constructor of {type.Name}")
            : throw new InvalidOperationException($"{type.Name}: say here which {p.ParameterType} {p.Name} to test it with")).ToArray();
        return constructor.Invoke(arguments);
    }

    /// <summary>The lengths of an operand with this <c>[Shape]</c>.</summary>
    public static int[] Shape(string text, string where)
        => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(name => name == "..." ? Rest : [Size(name, where)]).ToArray();

    public static bool HasBias(Type type) => type.GetConstructors().Single().GetParameters().Any(static p => p.Name == "bias");

    public static int Vocabulary => Known["vocabulary"];

    private static int Size(string name, string where) => Known.TryGetValue(name, out int size) ? size
        : throw new InvalidOperationException($"{where}: no size is known for '{name}'; add one, or the method is not tested");
}
