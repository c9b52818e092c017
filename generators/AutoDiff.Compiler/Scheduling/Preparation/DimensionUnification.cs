using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Writes sizes that the method takes to be equal (checked at its entry) in one way, so that shapes which are the same look the same: fusion and views compare
/// symbols.
/// </summary>
internal static class DimensionUnification
{
    public static Function Run(Function function)
    {
        var map = new Dictionary<string, Dim>(StringComparer.Ordinal);
        Dim? Lookup(string symbol) => map.TryGetValue(symbol, out Dim? dim) ? dim : null;
        foreach (DimConstraint constraint in function.Constraints)
        {
            Dim left = constraint.Left.Substitute(Lookup), right = constraint.Right.Substitute(Lookup);
            if (left == right) continue;
            (string? symbol, Dim value) = Eliminate(left, right);
            if (symbol is null) continue;
            foreach (string known in map.Keys.ToArray()) map[known] = map[known].Substitute(s => s == symbol ? value : null);
            map[symbol] = value;
        }

        if (map.Count == 0) return function;
        var values = new Dictionary<int, Value>();
        Value Map(Value value)
        {
            if (!values.TryGetValue(value.Id, out Value? mapped)) values[value.Id] = mapped = value.Type is TensorType ? value with { Type = MapType(value.Type) } : value;
            return mapped;
        }

        IrType MapType(IrType type) => type is TensorType tensor ? tensor with { Shape = new Shape(tensor.Shape.Dims.Select(d => d.Substitute(Lookup)).ToEquatable()) } : type;
        return function with
        {
            Parameters = function.Parameters.Select(p => p with { Value = Map(p.Value) }).ToEquatable(),
            Outputs = function.Outputs.Select(o => o with { Type = MapType(o.Type) }).ToEquatable(),
            Body = Rewrite(function.Body, Map, Lookup),
        };
    }

    /// <summary>Which of two equal sizes gives way: a number of a member to a name of the method, a long name to a short one.</summary>
    private static (string? Symbol, Dim Value) Eliminate(Dim left, Dim right)
    {
        bool leftGoes = left.Name is { } l && !right.Symbols.Contains(l), rightGoes = right.Name is { } r && !left.Symbols.Contains(r);
        if (leftGoes && rightGoes) leftGoes = left.Name!.Length > right.Name!.Length;
        return leftGoes ? (left.Name, right) : rightGoes ? (right.Name, left) : (null, left);
    }

    private static Region Rewrite(Region region, Func<Value, Value> map, Func<string, Dim?> lookup)
    {
        var body = region.Body.Select(instruction => instruction switch
        {
            If branch => branch with
            {
                Condition = map(branch.Condition), Defines = branch.Defines.Select(map).ToEquatable(),
                Then = Rewrite(branch.Then, map, lookup), Else = Rewrite(branch.Else, map, lookup),
            },
            For loop => loop with
            {
                Start = map(loop.Start), End = map(loop.End), Initial = loop.Initial.Select(map).ToEquatable(), Defines = loop.Defines.Select(map).ToEquatable(),
                Body = Rewrite(loop.Body, map, lookup),
            },
            While loop => loop with { Initial = loop.Initial.Select(map).ToEquatable(), Defines = loop.Defines.Select(map).ToEquatable(), Body = Rewrite(loop.Body, map, lookup) },
            Apply apply => ((Apply)apply.Rewrite(map, map)) with { Operation = Operation(apply.Operation, lookup) },
            Call call => ((Call)call.Rewrite(map, map)) with { Dimensions = call.Dimensions.Select(d => d.Substitute(lookup)).ToEquatable() },
            _ => instruction.Rewrite(map, map),
        });
        return new Region(region.Parameters.Select(map).ToEquatable(), body.ToEquatable(), region.Yields.Select(map).ToEquatable());
    }

    private static Operation Operation(Operation operation, Func<string, Dim?> lookup) => operation switch
    {
        SliceAxis slice => slice with { Start = slice.Start.Substitute(lookup) },
        PadAxis pad => pad with { Start = pad.Start.Substitute(lookup) },
        DimensionValue size => new DimensionValue(size.Dimension.Substitute(lookup)),
        _ => operation,
    };
}
