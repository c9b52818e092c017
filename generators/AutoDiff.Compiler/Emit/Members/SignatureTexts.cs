using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>What one cotangent belongs to: an output of the function, or the outputs of one struct.</summary>
/// <param name="Owner">The parameter; empty for the returned value.</param>
/// <param name="Struct">The struct; null where the output is a number.</param>
/// <param name="Outputs">The outputs, by index.</param>
internal sealed record OutputGroup(string Owner, StructType? Struct, EquatableArray<int> Outputs);

/// <summary>How the parameters and outputs of a function are written in the members that are generated for it.</summary>
internal static class SignatureTexts
{
    /// <summary>The method's own parameters, and their leaves, as they are read: <c>p.Position.X</c>, keywords escaped.</summary>
    public static Dictionary<string, string> OwnTexts(Function function)
    {
        var texts = new Dictionary<string, string>();
        foreach (UserParameter parameter in SignatureParts.Parameters(function))
        {
            string name = parameter.Name == "this" ? "this" : CSharpNames.Escape(parameter.Name);
            for (int leaf = 0; leaf < parameter.Leaves.Length; leaf++)
                texts[parameter.Leaves[leaf].Name] = StructText.Access(name, parameter.PathOf(leaf));
            texts[parameter.Name] = name;
        }

        return texts;
    }

    /// <summary>The outputs of numbers that have cotangents: the result, then what <c>ref</c> and <c>out</c> parameters become.</summary>
    public static IEnumerable<OutputGroup> CotangentGroups(Function function)
    {
        var all = new List<OutputGroup> { new("", SignatureParts.Result(function), SignatureParts.ReturnedOutputs(function).ToEquatable()) };
        foreach (UserParameter parameter in SignatureParts.Parameters(function))
            all.Add(new(parameter.Name, parameter.Struct, parameter.Leaves.Select(leaf => IndexOf(function, leaf.Name)).Where(static k => k >= 0).ToEquatable()));
        return all.Where(group => group.Outputs.Any(k => HasCotangent(function.Outputs[k])));
    }

    /// <summary>The C# type of the cotangent.</summary>
    public static string CotangentType(Function function, OutputGroup group)
        => group.Struct?.Name ?? function.Outputs[group.Outputs[0]].Type switch
        {
            BufferType buffer => $"global::System.ReadOnlySpan<{buffer.ElementText}>",
            var type => ((ScalarType)type).Kind.CSharp(),
        };

    /// <summary>The cotangents of the single outputs, given the name of the whole.</summary>
    public static IEnumerable<(int Output, string Text)> Cotangents(Function function, OutputGroup group, string name)
        => group.Outputs.Where(k => HasCotangent(function.Outputs[k])).Select(k => (k, StructText.Access(name, function.Outputs[k].Name.Substring(group.Owner.Length))));

    /// <summary>The name that the cotangent of an output should have.</summary>
    public static string CotangentName(OutputGroup group) => group.Owner.Length == 0 ? "dResult" : MemberNames.Adjoint(group.Owner);

    private static bool HasCotangent(Output output) => output.Type is ScalarType or BufferType && output.Type.IsDifferentiable;

    private static int IndexOf(Function function, string parameter)
    {
        for (int k = 0; k < function.Outputs.Length; k++)
            if (function.Outputs[k].Kind == OutputKind.Parameter && function.Outputs[k].Name == parameter) return k;
        return -1;
    }
}
