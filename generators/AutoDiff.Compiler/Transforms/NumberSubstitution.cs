using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>The body of a generic method for one number type.</summary>
public static class NumberSubstitution
{
    /// <summary>The function with a number type in place of its own; null where it still calls methods, whose type arguments are texts.</summary>
    public static Function? Run(Function generic, ElementKind kind)
    {
        if (HasCalls(generic.Body) || generic.Parts.Length > 0) return null;
        Value Typed(Value value) => value with { Type = TypeOf(value.Type) };
        return generic with
        {
            Parameters = generic.Parameters.Map(p => p with { Value = Typed(p.Value) }),
            Outputs = generic.Outputs.Map(o => o with { Type = TypeOf(o.Type) }),
            Body = generic.Body.Rewrite(Typed, Typed),
        };

        IrType TypeOf(IrType type) => type switch
        {
            ScalarType { Kind: ElementKind.Generic } scalar => scalar with { Kind = kind },
            BufferType { Element: ElementKind.Generic } buffer => buffer with { Element = kind },
            TapeType tape => tape with { Element = TypeOf(tape.Element) },
            _ => type,
        };
    }

    private static bool HasCalls(Region region) => region.Body.Any(static i => i is Call or CallPullback || i.Regions.Any(HasCalls));
}
