using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>
    /// A call of a derivative of another method, as in <c>var (_, dx) = PhiGradient(x);</c>: its instructions take the place of the call, so that the method around it is
    /// differentiated through the derivative.
    /// </summary>
    private Operand DerivativeCall(IInvocationOperation call, DerivedFunction derivative)
    {
        Function function = derivative.Function;
        var inputs = new List<Value>();
        var places = new Dictionary<string, Place>();
        bool accumulates = false;
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(static a => a.Parameter!.Ordinal))
        {
            int ordinal = argument.Parameter!.Ordinal;
            if (ordinal < function.Parameters.Length) Pass(function.Parameters[ordinal], argument.Value, inputs, places);
            else if (argument.Value.ConstantValue is { HasValue: true, Value: bool flag }) accumulates = flag;
            else throw Unsupported(FrontEndDescriptors.UnsupportedCall, argument.Value, call.TargetMethod.Name, "whether it accumulates must be a constant here");
        }

        Clear(derivative, inputs, accumulates);
        EquatableArray<Value> yields = CallInlining.Splice(function, inputs, _builder);
        var returned = new List<Operand>();
        for (int k = 0; k < function.Outputs.Length; k++)
        {
            if (function.Outputs[k].Kind == Compiler.IR.OutputKind.Parameter) Write(places[function.Outputs[k].Name], new ValueOperand(yields[k]), call);
            else returned.Add(new ValueOperand(yields[k]));
        }

        return returned.Count switch
        {
            0 => Nothing,
            1 => returned[0],
            _ => new AggregateOperand(call.Type!, returned.ToImmutableArray()),
        };
    }

    private void Pass(Parameter parameter, IOperation argument, List<Value> inputs, Dictionary<string, Place> places)
    {
        if (parameter.Passing is PassingKind.Ref or PassingKind.Out)
        {
            places[parameter.Name] = PlaceOf(argument);
            if (parameter.Passing == PassingKind.Ref) inputs.Add(ValueOf(Read(places[parameter.Name], argument), argument));
            return;
        }

        Value value = ValueOf(argument);
        if (parameter.Value.Type is ScalarType scalar && value.Type is ScalarType) value = _builder.Convert(value, scalar.Kind);
        inputs.Add(parameter.IsDifferentiable || parameter.IsWritten ? value : CallInlining.Detached(value, _builder));
    }

    /// <summary>Destinations are overwritten, as the member does.</summary>
    private void Clear(DerivedFunction derivative, List<Value> inputs, bool accumulates)
    {
        int next = 0;
        for (int k = 0; k < derivative.Roles.Length; k++)
        {
            Parameter parameter = derivative.Function.Parameters[k];
            if (parameter.Passing == PassingKind.Out) continue;
            Value buffer = inputs[next++];
            bool isCleared = derivative.Roles[k].Role switch
            {
                ParameterRole.Gradient or ParameterRole.GradientTangent => !accumulates,
                ParameterRole.TangentDestination => true,
                _ => false,
            };
            if (isCleared && buffer.Type is BufferType type) Effect(new FillBuffer(buffer, _builder.Constant(new ScalarType(type.Element), 0)));
        }
    }
}
