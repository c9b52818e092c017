using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>
    /// Assigns all sources to the variables of their targets as if at once: no move writes a variable that a later one still reads, and a cycle is broken by a
    /// temporary.
    /// </summary>
    private void Moves(Instruction origin, IEnumerable<(Value Target, Value Source)> moves)
    {
        List<(Value Target, Value Source)> pending = [.. moves.Where(m => !IsInPlace(m.Target, m.Source))];
        var leaves = new List<Value>();
        while (pending.Count > 0)
        {
            int next = pending.FindIndex(m => !pending.Any(other => other != m && Mentions(other.Source, m.Target)));
            if (next >= 0)
            {
                Move(origin, pending[next].Target, pending[next].Source);
                pending.RemoveAt(next);
                continue;
            }

            // Every pending variable is still to be read: keep the state of the first one aside, and go on.
            Value kept = pending[0].Target;
            string name = context.NameOf(Plan.VariableOf(kept));
            string copy = context.NewName(CSharpNames.Unescape(name) + "Before");
            context.Statement($"{context.TypeText(kept.Type)} {copy} = {name};");
            foreach (Value leaf in pending.SelectMany(m => Plan.Folding.Leaves(m.Source)).Where(v => IsOf(v, kept)).ToArray())
            {
                context.Bind(leaf, copy);
                leaves.Add(leaf);
            }
        }

        // The copies are in scope here only: the other arm of a branch reads the variables themselves.
        foreach (Value leaf in leaves) context.Unbind(leaf);
    }

    private void Move(Instruction origin, Value target, Value source)
    {
        Variable variable = Plan.VariableOf(target);
        bool declares = !context.IsDeclared(variable);
        string name = declares ? context.Declare(variable, target) : context.NameOf(variable);
        if (context.Tensors?.TryMove(target, name, source, declares, context) == true) return;
        if (declares)
            context.InitialState(origin, target, $"{context.TypeText(target.Type)} {name} = {context.Brief(source)};");
        else if (Plan.Folding.IsFolded(source) && Compound(variable, Plan.Layout.InstructionOf(source)!) is (string op, string operand))
            context.Statement(Plan.Layout.InstructionOf(source)!, Update(name, op, operand));
        else if (Plan.Folding.IsFolded(source) && !context.IsBound(source) && context.ConstantOf(source) is null)
            context.Statement(Plan.Layout.InstructionOf(source)!, $"{name} = {context.Brief(source)};");
        else
            context.Statement($"{name} = {context.Brief(source)};");
    }

    private bool Mentions(Value source, Value target) => Plan.Folding.Leaves(source).Any(leaf => IsOf(leaf, target));

    private bool IsOf(Value leaf, Value target) => !context.IsBound(leaf) && Plan.AreOne(leaf, target);
}
