using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

/// <summary>The text of a whole number in front of the place that computes it: over values that are known there.</summary>
internal sealed class IndexText(EmitContext context, IndexFacts facts)
{
    public Expression Of(Value value)
    {
        bool isKnown = context.IsBound(value) || !context.Plan.Folding.IsFolded(value) && context.IsDeclared(context.Plan.VariableOf(value));
        if (!isKnown && facts.DefinitionOf(value) is Apply { Operation: Elementwise { Op: var op, Overflow: var overflow } } apply)
            return ScalarText.Of(op, apply.Result.Element, apply.Inputs[0].Element, [.. apply.Inputs.Select(Of)], overflow);
        return context.Brief(value);
    }
}
