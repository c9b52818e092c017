namespace AutoDiff.Compiler.IR;

/// <summary>
/// A parameter of a struct type, or the result where <paramref name="Name"/> is empty. The function has a <see cref="Parameter"/> (or an
/// <see cref="Output"/>) for each leaf in its place, called by name and path: <c>p.Position.X</c>.
/// </summary>
public sealed record SignaturePart(string Name, StructType Type);

/// <summary>A parameter as the user sees it, with what stands for it in the function.</summary>
/// <param name="Name">The C# name, without <c>@</c>.</param>
/// <param name="Passing">How it is passed.</param>
/// <param name="TypeText">The C# type with <c>global::</c>.</param>
/// <param name="Struct">Its struct type; null for a parameter that stands for itself.</param>
/// <param name="Leaves">The parameters of the function: one for each leaf, or the parameter itself.</param>
public sealed record UserParameter(string Name, PassingKind Passing, string TypeText, StructType? Struct, EquatableArray<Parameter> Leaves)
{
    /// <summary>Whether it has a gradient.</summary>
    public bool IsDifferentiable => Leaves.Any(static p => p.IsDifferentiable);

    /// <summary>From the parameter to the leaf at an index: <c>.Position.X</c>; empty for a parameter that stands for itself.</summary>
    public string PathOf(int leaf) => Leaves[leaf].Name.Substring(Name.Length);
}

/// <summary>A parameter of a callee as it is written in a call, with what stands for it.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="Passing">How it is passed.</param>
/// <param name="Struct">Its struct type; null for a parameter that stands for itself.</param>
/// <param name="Leaves">One for each leaf, or the parameter itself.</param>
public sealed record CalleeArgument(string Name, PassingKind Passing, StructType? Struct, EquatableArray<CalleeParameter> Leaves);

/// <summary>The one place that puts flattened signatures together again.</summary>
public static class SignatureParts
{
    /// <summary>The parameters as the user sees them, in order.</summary>
    public static EquatableArray<UserParameter> Parameters(Function function)
    {
        var parameters = new List<UserParameter>();
        for (int i = 0; i < function.Parameters.Length;)
        {
            Parameter first = function.Parameters[i];
            SignaturePart? part = function.Parts.FirstOrDefault(p => p.Name.Length > 0 && first.Name.StartsWith(p.Name + ".", StringComparison.Ordinal));
            if (part is null)
            {
                parameters.Add(new UserParameter(first.Name, first.Passing, first.TypeText, null, [first]));
                i++;
                continue;
            }

            EquatableArray<Parameter> leaves = function.Parameters.Skip(i).Take(part.Type.Leaves.Count()).ToEquatable();
            parameters.Add(new UserParameter(part.Name, first.Passing, part.Type.Name, part.Type, leaves));
            i += leaves.Length;
        }

        return parameters.ToEquatable();
    }

    /// <summary>The parameters of a callee as a call writes them, in order.</summary>
    public static IEnumerable<CalleeArgument> Arguments(Callee callee)
    {
        for (int i = 0; i < callee.Parameters.Length;)
        {
            CalleeParameter first = callee.Parameters[i];
            SignaturePart? part = callee.Parts.FirstOrDefault(p => first.Name.StartsWith(p.Name + ".", StringComparison.Ordinal));
            EquatableArray<CalleeParameter> leaves = part is null ? [first] : callee.Parameters.Skip(i).Take(part.Type.Leaves.Count()).ToEquatable();
            yield return new CalleeArgument(part?.Name ?? first.Name, first.Passing, part?.Type, leaves);
            i += leaves.Length;
        }
    }

    /// <summary>The struct that the function returns; null where it returns a number, a tensor or nothing.</summary>
    public static StructType? Result(Function function) => function.Parts.FirstOrDefault(static p => p.Name.Length == 0)?.Type;

    /// <summary>The indices of the outputs that the returned value consists of: none, one, or one for each leaf.</summary>
    public static IEnumerable<int> ReturnedOutputs(Function function)
        => Enumerable.Range(0, function.Outputs.Length).Where(k => function.Outputs[k].Kind == OutputKind.Return);
}
