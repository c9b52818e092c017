using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>What a derivative function returns, as the user sees it: one of its outputs, or the struct whose leaves several of them are.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in the tuple.</param>
/// <param name="TypeText">The C# type with <c>global::</c>.</param>
/// <param name="Struct">Its struct type; null for a number.</param>
/// <param name="Outputs">The output for each leaf; −1 for what carries no derivative.</param>
internal sealed record MemberResult(OutputKind Kind, string Name, string TypeText, StructType? Struct, EquatableArray<int> Outputs)
{
    /// <summary>The returned value as an expression, given the texts of the outputs.</summary>
    public string Text(Func<int, string> text)
        => Struct is null ? text(Outputs[0]) : StructText.Build(Struct, k => Outputs[k] < 0 ? null : text(Outputs[k]), isGradient: Kind != OutputKind.Return);

    /// <param name="derived">The function.</param>
    /// <param name="resultType">The C# type that the method returns.</param>
    public static IReadOnlyList<MemberResult> Of(DerivedFunction derived, string resultType)
    {
        var found = new List<MemberResult>();
        ILookup<string, UserParameter> owners = SignatureParts.Parameters(derived.Primal).SelectMany(static p => p.Leaves.Select(leaf => (Leaf: leaf.Name, Owner: p)))
            .ToLookup(static p => p.Leaf, static p => p.Owner, StringComparer.Ordinal);
        EquatableArray<Output> outputs = derived.Function.Outputs;
        for (int k = 0; k < outputs.Length; k++)
        {
            Output output = outputs[k];
            if (output.Kind == OutputKind.Parameter) continue;
            bool isTangent = output.Kind == OutputKind.Tangent;
            string of = isTangent ? DerivedNames.PrimalOfTangent(output.Name) : output.Name;
            UserParameter? owner = owners[of].FirstOrDefault();
            StructType? type = owner is null ? SignatureParts.Result(derived.Primal) : owner.Struct;
            string name = owner is null ? isTangent ? "Tangent" : "Value" : MemberNames.TupleElement(isTangent ? DerivedNames.Tangent(owner.Name) : owner.Name);
            if (type is null)
            {
                found.Add(new(output.Kind, name, output.Kind == OutputKind.Return ? resultType : ((ScalarType)output.Type).Kind.CSharp(), null, [k]));
                continue;
            }

            string path = owner is null ? of : of.Substring(owner.Name.Length);
            int leaf = type.Leaves.TakeWhile(l => l.Path != path).Count(), index = found.FindIndex(r => r.Kind == output.Kind && r.Name == name);
            if (index < 0)
            {
                index = found.Count;
                found.Add(new(output.Kind, name, output.Kind == OutputKind.Return ? resultType : type.Name, type, type.Leaves.Select(static _ => -1).ToEquatable()));
            }

            found[index] = found[index] with { Outputs = found[index].Outputs.Select((known, i) => i == leaf ? k : known).ToEquatable() };
        }

        return found;
    }
}
