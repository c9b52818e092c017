using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>Writes the sizes of a function in other symbols.</summary>
internal static class DimensionSubstitution
{
    /// <param name="function">The function, whose dimension bindings stay as they are.</param>
    /// <param name="lookup">What stands for a symbol; null for one that stays.</param>
    public static Function Run(Function function, Func<string, Dim?> lookup)
    {
        var values = new Dictionary<int, Value>();
        Value Map(Value value)
        {
            if (!values.TryGetValue(value.Id, out Value? mapped)) values[value.Id] = mapped = value.Type is TensorType ? value with { Type = MapType(value.Type) } : value;
            return mapped;
        }

        IrType MapType(IrType type) => type is TensorType tensor ? tensor with { Shape = new Shape(tensor.Shape.Dims.Select(d => d.Substitute(lookup)).ToEquatable()) } : type;
        return function with
        {
            Parameters = function.Parameters.Select(p => p with { Value = Map(p.Value) }).ToEquatable(),
            Outputs = function.Outputs.Select(o => o with { Type = MapType(o.Type) }).ToEquatable(),
            Body = Rewrite(function.Body, Map, lookup),
        };
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
        CausalFill fill => fill with { Start = fill.Start.Substitute(lookup) },
        CountTargets count => count with { Classes = count.Classes.Substitute(lookup) },
        DimensionValue size => new DimensionValue(size.Dimension.Substitute(lookup)),
        _ => operation,
    };
}
