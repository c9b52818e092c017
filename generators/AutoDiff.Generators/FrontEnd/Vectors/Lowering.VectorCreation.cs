using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Where vectors come from: one number in every lane, a number for each lane, or memory.
internal sealed partial class Lowering
{
    /// <summary><c>new Vector&lt;T&gt;(…)</c>; null for other types.</summary>
    private Operand? NewVector(IObjectCreationOperation creation)
        => Vector(creation.Type) is null ? null
            : creation.Arguments.IsEmpty ? Filled(creation.Type!, static (builder, type) => builder.Constant(type, 0))
            : VectorOf(creation.Type!, [.. creation.Arguments.OrderBy(static a => a.Parameter!.Ordinal).Select(static a => a.Value)], creation);

    /// <summary>A vector of arguments: <c>Create(x)</c>, <c>Create(a, b, c, d)</c>, <c>Create(span)</c>, <c>Create(array, index)</c>.</summary>
    private Operand VectorOf(ITypeSymbol type, ImmutableArray<IOperation> arguments, IOperation at)
    {
        (ElementKind element, int bytes) = Vector(type)!.Value;
        Value count = LaneCount(element, bytes);
        if (TypeMap.Buffer(arguments[0].Type) is not null)
        {
            Value start = arguments.Length > 1 ? _builder.Convert(ValueOf(arguments[1]), ElementKind.Int32) : _builder.Int(0);
            Value part = Slice(ValueOf(arguments[0]), start, count);
            return new LanesOperand(type, count, k => _builder.Load(part, k));
        }

        Operand[] operands = [.. arguments.Select(Visit)];
        if (operands.Any(static o => o is not ValueOperand { Value.Type: ScalarType }))
            throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "create vectors of numbers, or of a span");
        Value[] values = [.. operands.Select(o => _builder.Convert(Single(o, at), element))];
        if (values.Length == 1) return new LanesOperand(type, count, _ => values[0]);

        // Each lane from its own number: there is no rule, so they go through memory.
        LanesPlace place = DeclareVector(type, "")!;
        for (int k = 0; k < values.Length; k++) Effect(new Store(place.Lanes, _builder.Int(k), values[k]));
        return ReadVector(place);
    }

    private LanesOperand Filled(ITypeSymbol type, Func<InstructionBuilder, ScalarType, Value> lane)
    {
        (ElementKind element, int bytes) = Vector(type)!.Value;
        return new LanesOperand(type, LaneCount(element, bytes), _ => lane(_builder, new ScalarType(element)));
    }

    /// <summary><c>Vector&lt;T&gt;.Count</c>, <c>Zero</c>, <c>One</c>, <c>Vector256.IsHardwareAccelerated</c>; null for other properties.</summary>
    private Operand? VectorProperty(IPropertySymbol property)
    {
        INamedTypeSymbol type = property.ContainingType;
        if (Components.IsLaneVectorName(type) && property.Name == "IsHardwareAccelerated")
        {
            Value answer = _values.New(IrType.Bool), bits = _builder.Int(type.Name.Length > 6 ? int.Parse(type.Name.Substring(6), System.Globalization.CultureInfo.InvariantCulture) : 0);
            Callee asks = VectorHelper("IsAccelerated", IrType.Bool, "", [new CalleeParameter("bits", IrType.Int32, PassingKind.ByValue, false, false, "int")]);
            _builder.Append(new Call([answer], asks, [bits], []));
            return new ValueOperand(answer);
        }

        if (Vector(type) is not var (element, bytes)) return null;
        return property.Name switch
        {
            "Count" => new ValueOperand(LaneCount(element, bytes)),
            "Zero" => Filled(type, static (builder, lane) => builder.Constant(lane, 0)),
            "One" => Filled(type, static (builder, lane) => builder.Constant(lane, 1)),
            "IsSupported" => new ValueOperand(_builder.Bool(true)),
            _ => null,
        };
    }
}
