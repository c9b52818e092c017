using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// The body of a derivative function, cut where the backward part begins: before the first instruction that touches a gradient destination, or at the end where there
/// is none. What does not touch a destination before that may throw, and leaves destinations as they are.
/// </summary>
internal sealed record FunctionBody(DerivedFunction Derived, Derivative Recorded, Derivative Parts, VariablePlan Plan, IReadOnlyDictionary<int, Value> Twins)
{
    /// <param name="derived">The function.</param>
    /// <param name="inLanes">Whether its loops may run in vector lanes.</param>
    /// <param name="keepsParameters">Whether no parameter is assigned to, so that the body can run again.</param>
    public static FunctionBody Of(DerivedFunction derived, bool inLanes = false, bool keepsParameters = false)
    {
        Region body = derived.Function.Body;
        int cut = Cut(derived);
        var parts = new Derivative(
            derived.Primal, [], [], new Region([], body.Body.Take(cut).ToEquatable(), []), new Region([], body.Body.Skip(cut).ToEquatable(), body.Yields), [], []);
        Derivative recorded = EagerPushes.Run(LocalArrays.OnScratch(parts));
        Dictionary<int, Value> twins = TwinsOf(derived);
        parts = inLanes ? ScalarSchedule.Run(recorded, [.. body.Parameters], twins) : recorded;
        var names = new Dictionary<int, string>();
        NameOutputs(derived.Function, parts, names);
        DerivativeBody.NameLeaves(derived.Primal, names);
        foreach (MemberParameter member in MemberParameter.Of(derived).Where(static m => m.Struct is not null))
            foreach ((Parameter parameter, int leaf) in member.Leaves) names[parameter.Value.Id] = member.Name + member.PathOf(leaf);
        NameAdjoints(derived, parts, names);
        DerivativeBody.NameResiduals(recorded, names);
        IEnumerable<Value> pinned = derived.Function.Parameters.Where((p, k) => keepsParameters || p.IsLeaf || p.Passing != PassingKind.ByValue || derived.Roles[k].Role != ParameterRole.Own)
            .Select(static p => p.Value);
        var plan = new VariablePlan(
            new Region(body.Parameters, [.. parts.Forward.Body, .. parts.Backward.Body], parts.Backward.Yields), names, pinned);
        return new FunctionBody(derived, recorded, parts, plan, twins);
    }

    // What belongs to a buffer is checked to be as long as it.
    private static Dictionary<int, Value> TwinsOf(DerivedFunction derived)
    {
        var twins = new Dictionary<int, Value>();
        for (int k = 0; k < derived.Roles.Length; k++)
        {
            Parameter parameter = derived.Function.Parameters[k];
            if (parameter.Value.Type is BufferType && derived.Roles[k].Role != ParameterRole.Own && derived.Find(ParameterRole.Own, derived.Roles[k].Of) is { } own)
                twins[parameter.Value.Id] = own.Value;
        }

        return twins;
    }

    /// <summary>The values of the outputs, as the parts define them.</summary>
    public EquatableArray<Value> Yields => Parts.Backward.Yields;

    public IEnumerable<Instruction> All => DerivativeBody.All(Parts);

    private static int Cut(DerivedFunction derived)
    {
        var destinations = new HashSet<int>(derived.Function.Parameters
            .Where((_, k) => derived.Roles[k].Role is ParameterRole.Gradient or ParameterRole.GradientTangent).Select(static p => p.Value.Id));
        EquatableArray<Instruction> body = derived.Function.Body.Body;
        int cut = 0;
        while (cut < body.Length && !Touches(body[cut])) cut++;
        return cut;

        bool Touches(Instruction instruction)
            => instruction.Operands.Any(v => destinations.Contains(v.Id)) || instruction.Regions.Any(r => r.Body.Any(Touches));
    }

    private static void NameOutputs(Function function, Derivative parts, Dictionary<int, string> names)
    {
        var unnamed = new HashSet<int>(DerivativeBody.All(parts).SelectMany(static i => i.Results).Where(static v => v.Name.Length == 0).Select(static v => v.Id));
        for (int k = 0; k < function.Outputs.Length; k++)
        {
            Output output = function.Outputs[k];
            Value value = parts.Backward.Yields[k];
            if (!unnamed.Remove(value.Id)) continue;
            names[value.Id] = output.Kind switch
            {
                OutputKind.Return => MemberNames.Leaf("value" + output.Name),
                OutputKind.Tangent when output.Name.Length == 0 => "tangent",
                OutputKind.Tangent when output.Name[0] == '.' => MemberNames.Leaf("value" + output.Name),
                OutputKind.Tangent or OutputKind.Gradient => MemberNames.Adjoint(MemberNames.Leaf(output.Name)),
                _ => MemberNames.Leaf(output.Name),
            };
        }
    }

    // d + name, with the first letter of a longer name in upper case: dbias reads as a word of its own.
    private static void NameAdjoints(DerivedFunction derived, Derivative parts, Dictionary<int, string> names)
    {
        var primals = new HashSet<string>(DerivativeBody.All(derived.Primal.Body).SelectMany(DerivativeBody.Defined).Select(static v => v.Name), StringComparer.Ordinal);
        primals.UnionWith(derived.Primal.Parameters.Select(static p => p.Name));
        foreach (Value value in DerivativeBody.All(parts).SelectMany(DerivativeBody.Defined).Concat(derived.Function.Body.Parameters))
        {
            string name = value.Name, suffix = name.EndsWith(DerivedNames.TangentSuffix, StringComparison.Ordinal) ? DerivedNames.TangentSuffix : "";
            string adjoint = name.Substring(0, name.Length - suffix.Length);
            if (adjoint.Length > 2 && adjoint[0] == 'd' && primals.Contains(adjoint.Substring(1)) && !primals.Contains(adjoint))
                names[value.Id] = MemberNames.Adjoint(adjoint.Substring(1)) + suffix;
        }
    }
}
