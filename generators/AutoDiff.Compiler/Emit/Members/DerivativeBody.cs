using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>The forward and the backward part of a derivative as one body, whose variables are planned together.</summary>
internal static class DerivativeBody
{
    /// <param name="derivative">What is printed.</param>
    /// <param name="recorded">The same as the residual planner left it: its pushes and pops say what residuals are.</param>
    public static VariablePlan Plan(Derivative derivative, Derivative recorded)
    {
        Function primal = derivative.Primal;
        var names = new Dictionary<int, string>();
        foreach (int k in SignatureParts.ReturnedOutputs(primal))
            Suggest(names, derivative.Forward, derivative.Forward.Yields[k], MemberNames.Leaf("value" + primal.Outputs[k].Name));
        NameLeaves(primal, names);
        NameAdjoints(derivative, names);
        NameResiduals(recorded, names);
        foreach (Gradient gradient in derivative.Gradients)
            if (gradient is { Type: ScalarType, Value: Value value }) Suggest(names, derivative.Backward, value, MemberNames.Adjoint(MemberNames.Leaf(gradient.Parameter)));

        Value[] parameters =
        [
            .. primal.Parameters.Select(static p => p.Value), .. derivative.Cotangents.Select(static c => c.Value), .. derivative.Shadows.Select(static s => s.Value),
        ];
        // The adjoint of a written buffer is asked for at the end, and its length at the beginning of the backward part, whatever the method did with the name.
        IEnumerable<Value> pinned = primal.Parameters.Where(static p => p.Passing != PassingKind.ByValue || p.IsLeaf || p.IsWritten).Select(static p => p.Value)
            .Concat(derivative.Cotangents.Select(static c => c.Value)).Concat(derivative.Shadows.Select(static s => s.Value));
        var body = new Region(
            new EquatableArray<Value>(parameters),
            [.. derivative.Forward.Body, .. derivative.Backward.Body],
            [.. derivative.Forward.Yields, .. derivative.Gradients.Where(static g => g.Value is not null).Select(static g => g.Value!)]);
        return new VariablePlan(body, names, pinned);
    }

    /// <summary>Whether the code rents memory that its end has to give back.</summary>
    public static bool NeedsScratch(IEnumerable<Instruction> instructions) => instructions.Any(static i =>
        i is AllocateBuffer { IsOnStack: false, Result.Type: not BufferType { Kind: BufferKind.Array } } or CallPullback { Callee.Rule.Accumulates: false, Shadows.Length: > 0 });

    /// <summary>In comments, a leaf of a parameter is what the user calls it.</summary>
    public static void NameLeaves(Function primal, Dictionary<int, string> names)
    {
        foreach (Parameter leaf in primal.Parameters.Where(static p => p.IsLeaf)) names[leaf.Value.Id] = leaf.Name;
    }

    /// <summary>All instructions of a derivative, at any depth.</summary>
    public static IEnumerable<Instruction> All(Derivative derivative) => All(derivative.Forward).Concat(All(derivative.Backward));

    public static IEnumerable<Instruction> All(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            yield return instruction;
            foreach (Region nested in instruction.Regions)
                foreach (Instruction inner in All(nested)) yield return inner;
        }
    }

    private static void Suggest(Dictionary<int, string> names, Region region, Value value, string name)
    {
        if (!names.ContainsKey(value.Id) && region.Body.SelectMany(static i => i.Results).FirstOrDefault(v => v.Id == value.Id) is { Name: "" }) names[value.Id] = name;
    }

    /// <summary>d + name, with the first letter of a longer name in upper case: dbias reads as a word of its own.</summary>
    public static void NameAdjoints(Derivative derivative, Dictionary<int, string> names)
    {
        var primals = new HashSet<string>(All(derivative.Forward).Where(static i => i.Step >= 0).SelectMany(Defined).Select(static v => v.Name), StringComparer.Ordinal);
        primals.UnionWith(derivative.Primal.Parameters.Select(static p => MemberNames.Leaf(p.Name)));
        IEnumerable<Instruction> early = All(derivative.Forward).Where(static i => i.Step < 0);
        foreach (Value value in early.Concat(All(derivative.Backward)).SelectMany(Defined).Concat(derivative.Shadows.Select(static s => s.Value)))
            if (value.Name.Length > 2 && value.Name[0] == 'd' && primals.Contains(value.Name.Substring(1)) && !primals.Contains(value.Name))
                names[value.Id] = MemberNames.Adjoint(value.Name.Substring(1));
    }

    /// <summary>A residual without a name is called after what computes it, on its tape and where it is taken back.</summary>
    public static void NameResiduals(Derivative derivative, Dictionary<int, string> names)
    {
        var origins = new Dictionary<int, Instruction>();
        foreach (Instruction instruction in All(derivative.Forward))
            foreach (Value result in instruction.Results) origins[result.Id] = instruction;
        var tapes = new Dictionary<int, string>();
        var unique = new UniqueNames();
        foreach (Push push in All(derivative.Forward).OfType<Push>())
        {
            if (push.Operand.Name.Length > 0 || names.ContainsKey(push.Operand.Id) || !origins.TryGetValue(push.Operand.Id, out Instruction? origin)) continue;
            string name = unique.Reserve(NameHints.Of(origin, push.Operand, v => origins.TryGetValue(v.Id, out Instruction? i) ? i : null));
            names[push.Operand.Id] = name;
            names[push.Tape.Id] = name + "Saved";
            tapes[push.Tape.Id] = name;
        }

        foreach (Pop pop in All(derivative.Backward).OfType<Pop>())
            if (tapes.TryGetValue(pop.Tape.Id, out string? name)) names[pop.Result.Id] = name;
    }

    /// <summary>What an instruction defines, with the parameters of its regions.</summary>
    public static IEnumerable<Value> Defined(Instruction instruction)
        => instruction.Results.Concat(instruction.Regions.SelectMany(static r => r.Parameters));
}
