using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>A parameter of a member that is a derivative function, as the user sees it: one of the function, or the struct whose leaves several of them are.</summary>
/// <param name="Role">What it is for, and the user's parameter that it belongs to.</param>
/// <param name="Name">The name that it should have.</param>
/// <param name="Passing">How it is passed.</param>
/// <param name="TypeText">The C# type with <c>global::</c>.</param>
/// <param name="Struct">Its struct type; null for a parameter that stands for itself.</param>
/// <param name="Leaves">The parameters of the function, each with the leaf of the struct that it is. A tangent has none for what carries no derivative.</param>
internal sealed record MemberParameter(
    DerivedParameter Role, string Name, PassingKind Passing, string TypeText, StructType? Struct, EquatableArray<(Parameter Parameter, int Leaf)> Leaves)
{
    public Parameter First => Leaves[0].Parameter;

    /// <summary>The path from the struct to a leaf; empty for a parameter that stands for itself.</summary>
    public string PathOf(int leaf) => Struct?.Leaves.ElementAt(leaf).Path ?? "";

    /// <summary>The parameters of a derivative function in the order of its member.</summary>
    public static IReadOnlyList<MemberParameter> Of(DerivedFunction derived)
    {
        var owners = new Dictionary<string, (UserParameter Owner, int Leaf)>(StringComparer.Ordinal);
        foreach (UserParameter owner in SignatureParts.Parameters(derived.Primal).Where(static p => p.Struct is not null))
            for (int leaf = 0; leaf < owner.Leaves.Length; leaf++) owners[owner.Leaves[leaf].Name] = (owner, leaf);
        var found = new List<MemberParameter>();
        for (int k = 0; k < derived.Roles.Length; k++)
        {
            DerivedParameter role = derived.Roles[k];
            Parameter parameter = derived.Function.Parameters[k];
            if (!owners.TryGetValue(role.Of, out (UserParameter Owner, int Leaf) of))
            {
                found.Add(new(role, parameter.Name, parameter.Passing, parameter.TypeText, null, [(parameter, 0)]));
                continue;
            }

            // The tangent of a struct is one parameter, also where some of its leaves only come out.
            int index = found.FindIndex(m => m.Role.Of == of.Owner.Name && m.Struct is not null && IsTangent(m.Role) == IsTangent(role) && (IsTangent(role) || m.Role.Role == role.Role));
            if (index < 0) found.Add(new(role with { Of = of.Owner.Name }, NameOf(role.Role, of.Owner.Name), parameter.Passing, of.Owner.TypeText, of.Owner.Struct, [(parameter, of.Leaf)]));
            else found[index] = found[index] with { Leaves = [.. found[index].Leaves, (parameter, of.Leaf)], Passing = Both(found[index].Passing, parameter.Passing) };
        }

        return found;
    }

    private static bool IsTangent(DerivedParameter role) => role.Role is ParameterRole.Tangent or ParameterRole.TangentDestination;

    private static string NameOf(ParameterRole role, string owner) => role switch
    {
        ParameterRole.Own => owner,
        ParameterRole.Tangent or ParameterRole.TangentDestination => DerivedNames.Tangent(owner),
        _ => DerivedNames.Adjoint(owner),
    };

    /// <summary>What goes in for some leaves and comes out for others goes both ways.</summary>
    private static PassingKind Both(PassingKind left, PassingKind right) => left == right ? left : PassingKind.Ref;
}
