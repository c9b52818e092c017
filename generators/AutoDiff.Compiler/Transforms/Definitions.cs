using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>Lets every use of a value refer to its definition as it is now: naming a value that was used before leaves the old record in its uses.</summary>
public static class Definitions
{
    public static Derivative Unify(Derivative derivative)
    {
        var definitions = new Dictionary<int, Value>();
        Collect(derivative.Forward, definitions);
        foreach (Cotangent cotangent in derivative.Cotangents) definitions[cotangent.Value.Id] = cotangent.Value;
        foreach (Shadow shadow in derivative.Shadows) definitions[shadow.Value.Id] = shadow.Value;
        Collect(derivative.Backward, definitions);
        return derivative with
        {
            Forward = derivative.Forward.Rewrite(Use, static v => v),
            Backward = derivative.Backward.Rewrite(Use, static v => v),
            Gradients = derivative.Gradients.Select(g => g.Value is { } value ? g with { Value = Use(value) } : g).ToEquatable(),
            Residuals = derivative.Residuals.Select(Use).ToEquatable(),
        };

        Value Use(Value value) => definitions.TryGetValue(value.Id, out Value? definition) ? definition : value;
    }

    public static Function Unify(Function function)
    {
        var definitions = new Dictionary<int, Value>();
        Collect(function.Body, definitions);
        return function with { Body = function.Body.Rewrite(value => definitions.TryGetValue(value.Id, out Value? definition) ? definition : value, static v => v) };
    }

    private static void Collect(Region region, Dictionary<int, Value> definitions)
    {
        foreach (Value parameter in region.Parameters) definitions[parameter.Id] = parameter;
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value result in instruction.Results) definitions[result.Id] = result;
            foreach (Region nested in instruction.Regions) Collect(nested, definitions);
        }
    }
}
