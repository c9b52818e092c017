using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Sizes: integers that are known as expressions over dimension names.
internal sealed partial class Lowering
{
    private readonly Dictionary<int, Dim> _dims = [];
    private readonly List<DimConstraint> _constraints = [];
    private readonly Dictionary<string, Dim> _equal = new(StringComparer.Ordinal);

    private Dim? DimOf(Value value) => _dims.TryGetValue(value.Id, out Dim? dim) ? dim : null;

    private static Dim? Combine(ScalarOp op, Dim a, Dim b) => op switch
    {
        ScalarOp.Add => a + b,
        ScalarOp.Subtract => a - b,
        ScalarOp.Multiply => a * b,
        ScalarOp.Divide when a.Literal is long x && b.Literal is long y && y != 0 => Dim.Constant(x / y),
        ScalarOp.Divide when b != Dim.Zero => Dim.Divide(a, b),
        _ => null,
    };

    private Value DimensionOf(Dim dim)
    {
        Value value = dim.Literal is long literal ? _builder.Int(literal) : _builder.Apply(new DimensionValue(dim));
        _dims[value.Id] = dim;
        return value;
    }

    /// <summary>The size that an integer argument stands for. What computes it is not kept: sizes are expressions of their own.</summary>
    private Dim DimArgument(IOperation argument, string name, string operation)
    {
        InstructionBuilder outer = _builder;
        _builder = outer.Nested();
        try
        {
            Value value = ValueOf(argument);
            return DimOf(value) ?? throw Unsupported(
                FrontEndDescriptors.NotConstant, argument, name, operation,
                    "made of constants, int parameters, numbers of the model and lengths of tensors");
        }
        finally
        {
            _builder = outer;
        }
    }

    private int IntArgument(IOperation argument, string name, string operation)
        => argument.ConstantValue is { HasValue: true, Value: int value }
            ? value
            : throw Unsupported(FrontEndDescriptors.NotConstant, argument, name, operation, "a constant");

    private bool BoolArgument(IOperation argument, string name, string operation)
        => argument.ConstantValue is { HasValue: true, Value: bool value }
            ? value
            : throw Unsupported(FrontEndDescriptors.NotConstant, argument, name, operation, "a constant");

    /// <summary>Takes two sizes to be equal; what cannot be proved is checked at the entry of the generated method.</summary>
    private void Require(Dim a, Dim b, IOperation at, string what)
    {
        if (Same(a, b, at) is null) throw Unsupported(FrontEndDescriptors.ShapeMismatch, at, what, $"{Canonical(a)} is not {Canonical(b)}");
    }

    /// <summary>One of two sizes that have to be the same; null where they certainly are not.</summary>
    private Dim? Same(Dim a, Dim b, IOperation at)
    {
        (a, b) = (Canonical(a), Canonical(b));
        switch (SizeComparison.Compare(a, b, static _ => false))
        {
            case SizeRelation.Different:
                return null;
            case SizeRelation.Unknown when !_constraints.Any(c => (c.Left == a && c.Right == b) || (c.Left == b && c.Right == a)):
                _constraints.Add(new DimConstraint(a, b, StepText.Of(at.Syntax)));
                Identify(a, b);
                break;
        }

        return a.Literal is null && b.Literal is not null ? b : a;
    }

    /// <summary>What the rules of operations ask of sizes, at one call.</summary>
    private RequiredSizes SizesAt(IOperation at) => new(this, at);

    private sealed class RequiredSizes(Lowering lowering, IOperation at) : ISizes
    {
        /// <summary>The code that is generated runs over leading axes as over one.</summary>
        public bool RestIsOneAxis => true;

        public Dim? Same(Dim a, Dim b) => lowering.Same(a, b, at);

        public Dim? Stretch(Dim a, Dim b) => lowering.Same(a, b, at);

        public Shape? Fail(ShapeProblem problem)
            => throw lowering.Unsupported(FrontEndDescriptors.ShapeMismatch, at, $"'{StepText.Of(at.Syntax)}'",
                problem.Reason + (problem.Fix is null ? "" : $"; write '{problem.Fix}'"));
    }

    /// <summary>From here on one of two equal sizes stands for both: names of sub-models give way to names of the method.</summary>
    private void Identify(Dim a, Dim b)
    {
        bool keepsRight = a.Name is { } left && left.Contains('.') && b.Name?.Contains('.') != true;
        (Dim kept, Dim dropped) = keepsRight ? (b, a) : (a, b);
        if (dropped.Name is { } name && !kept.Symbols.Contains(name)) _equal[name] = kept;
        else if (kept.Name is { } other && !dropped.Symbols.Contains(other)) _equal[other] = dropped;
    }

    /// <summary>A size in the names that stand for their equals.</summary>
    private Dim Canonical(Dim dim)
    {
        // Each replacement takes away a name for good, so this ends.
        for (int i = 0; i <= _equal.Count && dim.Symbols.Any(_equal.ContainsKey); i++)
            dim = dim.Substitute(s => _equal.TryGetValue(s, out Dim? equal) ? equal : null);
        return dim;
    }

    private Shape Canonical(Shape shape) => new(shape.Dims.Select(Canonical).ToEquatable());
}
