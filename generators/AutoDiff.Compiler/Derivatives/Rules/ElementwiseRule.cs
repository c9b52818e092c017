using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>What a rule sees of the operation it differentiates.</summary>
/// <param name="Operands">The operands of the primal.</param>
/// <param name="Result">The result of the primal.</param>
/// <param name="Seed">What the partial is multiplied with: the adjoint of the result in reverse mode, the tangent of the operand in forward mode.</param>
/// <param name="Active">Which operands carry a derivative; a tie of a kinked function is shared only among those.</param>
public sealed record RuleContext(EquatableArray<Term> Operands, Term Result, Term Seed, EquatableArray<bool> Active)
{
    public Term X => Operands[0];

    public Term Y => Operands[1];

    public Term Z => Operands[2];
}

/// <summary>Seed × ∂result/∂operand, element by element. Linear in the seed, so that it serves reverse and forward mode.</summary>
public delegate Term Partial(RuleContext rule);

/// <summary>The partials of a scalar function, one for each operand; null where the partial is zero everywhere.</summary>
public sealed class ElementwiseRule(params Partial?[] partials)
{
    public Partial? this[int operand] => partials[operand];
}
