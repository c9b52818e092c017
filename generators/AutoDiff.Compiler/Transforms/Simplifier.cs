using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>Tidies a derivative: identities and repeated subexpressions of the backward part, then everything that nothing needs.</summary>
public static class Simplifier
{
    public static Derivative Run(Derivative derivative, ValueFactory values)
    {
        Region backward = Identities.Run(derivative.Backward, derivative.Forward);
        backward = CommonSubexpressions.Run(backward, derivative.Forward);
        EquatableArray<Gradient> gradients = Requery(derivative.Gradients, backward);
        return DeadCode.Run(derivative with { Backward = backward, Gradients = gradients });
    }

    /// <summary>The gradients are the yields of the backward part, in order.</summary>
    private static EquatableArray<Gradient> Requery(EquatableArray<Gradient> gradients, Region backward)
    {
        int next = 0;
        return gradients.Select(g => g.Value is null ? g : g with { Value = backward.Yields[next++] }).ToEquatable();
    }
}
