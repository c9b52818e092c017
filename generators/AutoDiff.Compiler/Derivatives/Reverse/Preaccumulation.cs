using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Preaccumulation of the partial derivatives of an iteration (Griewank and Walther, "Evaluating Derivatives", 2008, chapter 10). Where the adjoint that a backward loop hands on goes
/// through a chain of operations before the next iteration has it, iterations wait for one another. All of them are linear in that adjoint: their partials are gathered without it, since
/// they need nothing but primal values, and the adjoint is multiplied once with each sum of partials. Then the next iteration waits for one product.
/// </summary>
internal sealed class Preaccumulation
{
    // In cycles of today's processors: a division and a product, or five sums and products. What hands on its adjoint as fast as that stays as it is, and reads better.
    private const int LongChain = 20;

    private readonly For _loop;
    private readonly Value _adjoint;
    private readonly InstructionBuilder _body;

    /// <summary>What depends on the adjoint, as sign · partial · adjoint + rest.</summary>
    private readonly Dictionary<int, Affine> _affine = [];

    /// <summary>What of it something asks for that is not linear in it, or is not asked whether it is.</summary>
    private readonly Dictionary<int, Value> _whole = [];

    private Preaccumulation(For loop, Value adjoint, ValueFactory values)
    {
        (_loop, _adjoint, _body) = (loop, adjoint, new InstructionBuilder(values));
        _affine[adjoint.Id] = new Affine(false, null, null);
    }

    public static Region Run(Region region, ValueFactory values) => region with { Body = region.Body.Select(i => Visit(i, values)).ToEquatable() };

    /// <param name="IsNegative">The sign of the partial.</param>
    /// <param name="Partial">The partial; null for 1.</param>
    /// <param name="Rest">What does not depend on the adjoint; null for nothing.</param>
    private readonly record struct Affine(bool IsNegative, Value? Partial, Value? Rest);

    private static Instruction Visit(Instruction instruction, ValueFactory values) => instruction switch
    {
        If branch => branch with { Then = Run(branch.Then, values), Else = Run(branch.Else, values) },
        While loop => loop with { Body = Run(loop.Body, values) },
        For loop => Carried(loop with { Body = Run(loop.Body, values) }, values),
        _ => instruction,
    };

    private static For Carried(For loop, ValueFactory values)
    {
        for (int k = 0; k < loop.Initial.Length; k++)
        {
            Value adjoint = loop.Body.Parameters[k + 1];
            if (adjoint.Type is not ScalarType { Kind: ElementKind.Double or ElementKind.Single }) continue;
            int chain = Chain(loop, adjoint, loop.Body.Yields[k]);
            if (chain < LongChain) continue;
            For shorter = loop with { Body = new Preaccumulation(loop, adjoint, values).Rewritten() };

            // Where other adjoints are in the way, nothing is won.
            if (2 * Chain(shorter, adjoint, shorter.Body.Yields[k]) <= chain) loop = shorter;
        }

        return loop;
    }

    /// <summary>How long the next iteration waits: the longest way from the adjoint to its next state.</summary>
    private static int Chain(For loop, Value adjoint, Value next)
    {
        var ready = new Dictionary<int, int> { [adjoint.Id] = 0 };
        foreach (Apply apply in loop.Body.Body.OfType<Apply>())
        {
            int[] inputs = [.. apply.Inputs.Where(v => ready.ContainsKey(v.Id)).Select(v => ready[v.Id])];
            if (inputs.Length > 0) ready[apply.Result.Id] = inputs.Max() + Latency(apply);
        }

        return ready.TryGetValue(next.Id, out int length) ? length : 0;
    }

    private static int Latency(Apply apply) => apply.Operation switch
    {
        Elementwise { Op: ScalarOp.Negate } => 1,
        Elementwise { Op: ScalarOp.Divide } => 13,
        _ => 4,
    };

    private Region Rewritten()
    {
        foreach (Instruction instruction in _loop.Body.Body)
        {
            _body.Step = instruction.Step;
            if (instruction is Apply { Operation: Elementwise { Op: var op } } apply && apply.Result.Type == _adjoint.Type && apply.Inputs.Any(IsAffine) && Of(op, apply.Inputs) is { } affine)
                _affine[apply.Result.Id] = affine;
            else _body.Append(instruction.Rewrite(Whole, static v => v));
        }

        EquatableArray<Value> yields = _loop.Body.Yields.Select(Whole).ToEquatable();
        return _loop.Body with { Body = _body.Body.ToEquatable(), Yields = yields };
    }

    private bool IsAffine(Value value) => _affine.ContainsKey(value.Id);

    private Affine? Of(ScalarOp op, EquatableArray<Value> x) => op switch
    {
        ScalarOp.Negate when _affine[x[0].Id] is { Rest: null } a => a with { IsNegative = !a.IsNegative },
        ScalarOp.Multiply when !IsAffine(x[1]) => Scaled(_affine[x[0].Id], x[1]),
        ScalarOp.Multiply when !IsAffine(x[0]) => Scaled(_affine[x[1].Id], x[0]),
        ScalarOp.Divide when !IsAffine(x[1]) && _affine[x[0].Id] is { Rest: null } a
            => a with { Partial = _body.Scalar(ScalarOp.Divide, a.Partial ?? _body.Constant(_adjoint.Type, 1), x[1]) },
        ScalarOp.Add => Sum(x[0], x[1], isDifference: false),
        ScalarOp.Subtract => Sum(x[0], x[1], isDifference: true),
        _ => null,
    };

    private Affine? Scaled(Affine a, Value factor)
        => a.Rest is not null ? null : a with { Partial = a.Partial is { } partial ? _body.Scalar(ScalarOp.Multiply, partial, factor) : factor };

    private Affine? Sum(Value left, Value right, bool isDifference)
    {
        if (!IsAffine(left))
        {
            Affine only = _affine[right.Id];
            if (only.Rest is not null && isDifference) return null;
            return new Affine(only.IsNegative != isDifference, only.Partial, only.Rest is { } rest ? _body.Scalar(ScalarOp.Add, left, rest) : left);
        }

        Affine a = _affine[left.Id];
        if (!IsAffine(right))
            return a with { Rest = a.Rest is { } rest ? _body.Scalar(isDifference ? ScalarOp.Subtract : ScalarOp.Add, rest, right) : isDifference ? _body.Scalar(ScalarOp.Negate, right) : right };
        Affine b = _affine[right.Id];
        if (b.Rest is not null && (isDifference || a.Rest is not null)) return null;
        bool isNegative = b.IsNegative != isDifference;
        Value one = _body.Constant(_adjoint.Type, 1), x = a.Partial ?? one, y = b.Partial ?? one;
        Value partial = a.IsNegative == isNegative ? _body.Scalar(ScalarOp.Add, x, y)
            : a.IsNegative ? _body.Scalar(ScalarOp.Subtract, y, x) : _body.Scalar(ScalarOp.Subtract, x, y);
        return new Affine(a.IsNegative && isNegative, partial, a.Rest ?? b.Rest);
    }

    /// <summary>The value itself: sign · partial · adjoint + rest.</summary>
    private Value Whole(Value value)
    {
        if (value.Id == _adjoint.Id || !_affine.TryGetValue(value.Id, out Affine affine)) return value;
        if (_whole.TryGetValue(value.Id, out Value? whole)) return whole;
        Value product = affine.Partial is { } partial ? _body.Scalar(ScalarOp.Multiply, _adjoint, partial) : _adjoint;
        if (affine.Rest is { } rest) product = _body.Scalar(affine.IsNegative ? ScalarOp.Subtract : ScalarOp.Add, rest, product);
        else if (affine.IsNegative) product = _body.Scalar(ScalarOp.Negate, product);
        return _whole[value.Id] = product.Id == _adjoint.Id ? product : _body.Name(product, value.Name);
    }
}
