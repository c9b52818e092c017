using AutoDiff.Compiler;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using OutputKind = AutoDiff.Compiler.IR.OutputKind;

namespace AutoDiff.Generators.FrontEnd;

// Structs in the signature of the method: one parameter, or one output, for each leaf.
internal sealed partial class Lowering
{
    private readonly List<SignaturePart> _parts = [];

    private StructTypes StructTypes => field ??= new StructTypes(compilation, method.ContainingType, TypeText, cancellation);

    /// <summary>The struct type of a parameter or result.</summary>
    private StructType StructTypeOf(ITypeSymbol type, Location at, string what)
    {
        if (UsesPair(method))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedType, at, what, type.ToDisplayString(), "a method with tensors or models takes numbers; pass the fields one by one");
        return StructTypes.Of(type, out string problem)
            ?? throw Unsupported(FrontEndDescriptors.UnsupportedType, at, what, type.ToDisplayString(), problem.Length > 0 ? problem : SupportedTypes);
    }

    /// <summary>Declares a parameter of a struct type, or the receiver, under its name; its leaves hold what they are at entry.</summary>
    private AggregatePlace DeclareStruct(
        string name, ITypeSymbol type, PassingKind passing, bool isDifferentiable, Location at, List<Parameter> parameters)
    {
        StructType layout = StructTypeOf(type, at, name == "this" ? "The receiver of the method" : $"'{name}'");
        _parts.Add(new SignaturePart(name, layout));
        var place = (AggregatePlace)Declare(type, name, at);
        foreach ((Variable variable, StructLeaf leaf) in Leaves(place).Zip(layout.Leaves, static (v, l) => (v, l)))
        {
            Value value = _values.New(leaf.Type, variable.Name);
            parameters.Add(new Parameter(value, name + leaf.Path, passing, LeafTypeText(leaf.Type), isDifferentiable && leaf.IsDifferentiable));
            _state[variable] = FromSignature(value, variable.Type);
            _locations.AddValue(value.Id, at);
        }

        return place;
    }

    /// <summary>The receiver of a method of a struct.</summary>
    private void DeclareStructReceiver(List<Parameter> parameters)
        => _frame.This = DeclareStruct("this", method.ContainingType, PassingKind.In, true, method.Locations[0], parameters);

    /// <summary>What the receiver is afterwards: it is an output where the method changes it.</summary>
    private void ReturnReceiver(List<Parameter> parameters, List<Output> outputs, List<Value> yields)
    {
        if (_frame.This is not AggregatePlace receiver) return;
        Value[] last = [.. Leaves(receiver).Select(v => _state[v]!)];
        if (last.Zip(parameters, IsAtEntry).All(static same => same)) return;
        for (int k = 0; k < last.Length; k++)
        {
            RefuseOther(last[k], parameters[k], method.Locations[0]);
            parameters[k] = parameters[k] with { Passing = PassingKind.Ref };
            if (parameters[k].Value.Type is not ScalarType) continue;
            outputs.Add(new Output(OutputKind.Parameter, parameters[k].Name, last[k].Type));
            yields.Add(last[k]);
        }
    }

    /// <summary>Whether a value is what a parameter was at entry.</summary>
    private bool IsAtEntry(Value value, Parameter parameter)
        => value == parameter.Value || _root.Body.Any(i => i is Apply { Operation: EnumNumber } read && read.Result == value && read.Inputs[0] == parameter.Value);

    /// <summary>What only passes through comes out as it went in.</summary>
    private void RefuseOther(Value value, Parameter parameter, Location at)
    {
        if (parameter.Value.Type is ScalarType || IsAtEntry(value, parameter)) return;
        throw Unsupported(
            FrontEndDescriptors.UnsupportedStatement, at, $"A new value of '{parameter.Name}'", "of what is passed by reference, only numbers can change; return the new struct");
    }

    /// <summary>What a <c>ref</c> or <c>out</c> parameter is afterwards.</summary>
    private void ReturnParameter(IParameterSymbol parameter, IEnumerable<Parameter> parameters, List<Output> outputs, List<Value> yields)
    {
        Parameter[] own = [.. parameters.Where(p => p.Name == parameter.Name || p.Name.StartsWith(parameter.Name + ".", StringComparison.Ordinal))];
        foreach ((Variable variable, Parameter leaf) in Leaves(_places[parameter]).Zip(own, static (v, p) => (v, p)))
        {
            Value value = _state[variable]!;
            RefuseOther(value, leaf, parameter.Locations[0]);
            if (leaf.Value.Type is not ScalarType) continue;
            outputs.Add(new Output(OutputKind.Parameter, leaf.Name, value.Type));
            yields.Add(value);
        }
    }

    /// <summary>The place of the result, and its struct type where it is one.</summary>
    private void DeclareStructResult()
    {
        _parts.Add(new SignaturePart("", StructTypeOf(method.ReturnType, method.Locations[0], "The result")));
        _frame.Result = Declare(method.ReturnType, "", method.Locations[0]);
    }

    /// <summary>The returned value, leaf by leaf.</summary>
    private void ReturnResult(List<Output> outputs, List<Value> yields)
    {
        if (_frame.Result is not { } result) return;
        StructLeaf[] leaves = SignaturePartOfResult is { } type ? [.. type.Leaves] : [new StructLeaf("", IrType.Bool, false)];
        foreach ((Variable variable, StructLeaf leaf) in Leaves(result).Zip(leaves, static (v, l) => (v, l)))
        {
            Value value = _state[variable]
                ?? throw Unsupported(
                FrontEndDescriptors.UnsupportedStatement, method.Locations[0], $"'{method.Name}'", "it never returns; return a value");
            if (value.Type is TensorType tensor) CheckResultShape(tensor);
            value = ToSignature(value, leaf.Type);
            outputs.Add(new Output(OutputKind.Return, leaf.Path, value.Type));
            yields.Add(value);
        }
    }

    private StructType? SignaturePartOfResult => _parts.FirstOrDefault(static p => p.Name.Length == 0)?.Type;

    private static string LeafTypeText(IrType type) => type switch
    {
        ScalarType scalar => scalar.Kind.CSharp(),
        OpaqueType opaque => opaque.Name,
        _ => "",
    };
}
