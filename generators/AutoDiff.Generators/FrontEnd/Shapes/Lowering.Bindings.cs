using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private readonly List<DimBinding> _bindings = [];

    private bool IsKnownSymbol(string symbol) => _bindings.Any(b => b.Symbol == symbol);

    private void Bind(DimBinding binding)
    {
        if (!IsKnownSymbol(binding.Symbol)) _bindings.Add(binding);
    }

    /// <summary>The shape text of a symbol; what is wrong with it is reported at <paramref name="at"/>.</summary>
    private ShapeText? ParseShape(string? text, Location at)
    {
        if (text is null) return null;
        ShapeText? shape = ShapeText.Parse(text, out ShapeTextError? error);
        if (shape is null) throw Unsupported(FrontEndDescriptors.InvalidShapeText, at, text, error!.Position + 1, error.Reason);
        return shape;
    }

    /// <summary>
    /// What a name in the shape texts of the method stands for: a constant or a number of its type; null for a name of its own.
    /// </summary>
    private Dim? ResolveOwn(string name)
    {
        if (IsKnownSymbol(name)) return null;
        switch (TypeDimensions.Find(method.ContainingType, name, method.IsStatic))
        {
            case { Constant: long constant }:
                return Dim.Constant(constant);
            case { Expression: { } expression }:
                Bind(new DimBinding(name, expression, null, 0));
                return null;
            default:
                return null;
        }
    }

    /// <summary>The bindings of the symbols that are used, and a diagnostic for one that nothing binds.</summary>
    private EquatableArray<DimBinding> UsedBindings(Region body)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        void UseDims(IEnumerable<Dim> dims) => used.UnionWith(dims.SelectMany(static d => d.Symbols));
        void UseType(Value value)
        {
            if (value.Type is TensorType tensor) UseDims(tensor.Shape.Dims);
        }

        void Visit(Region region)
        {
            foreach (Value parameter in region.Parameters) UseType(parameter);
            foreach (Instruction instruction in region.Body)
            {
                foreach (Value result in instruction.Results) UseType(result);
                if (instruction is Apply { Operation: DimensionValue value }) UseDims([value.Dimension]);
                if (instruction is Apply { Operation: SliceAxis slice }) UseDims([slice.Start]);
                if (instruction is Call call) UseDims(call.Dimensions);
                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }

        Visit(body);
        foreach (DimConstraint constraint in _constraints) UseDims([constraint.Left, constraint.Right]);
        foreach (string symbol in used)
        {
            if (!IsKnownSymbol(symbol))
                throw Unsupported(
                    FrontEndDescriptors.MissingShape, method.Locations[0], symbol,
                    "name it in the [Shape] of a parameter, as an axis of its own, or as a number of the type");
        }

        return _bindings.Where(b => used.Contains(b.Symbol)).Select(WithFallback).ToEquatable();
    }

    /// <summary>
    /// The size of the models of an empty list is whatever it is required to be, where the method's own model knows that.
    /// </summary>
    private DimBinding WithFallback(DimBinding binding)
    {
        if (binding.Expression?.EndsWith(ModelScope.NoModel, StringComparison.Ordinal) != true) return binding;
        Dim required = Canonical(Dim.Symbol(binding.Symbol));
        var expressions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string symbol in required.Symbols)
        {
            if (symbol == binding.Symbol || _bindings.FirstOrDefault(b => b.Symbol == symbol)?.Expression is not { } expression
                || expression.EndsWith(ModelScope.NoModel, StringComparison.Ordinal))
                return binding;
            expressions[symbol] = expression;
        }

        string head = binding.Expression.Substring(0, binding.Expression.Length - ModelScope.NoModel.Length);
        return binding with { Expression = $"{head} : {required.ToString(s => expressions[s])})" };
    }
}
