using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>Where the models are that values stand for, by value.</summary>
    private readonly Dictionary<int, ModelScope> _scopes = [];

    private Parameter Receiver()
    {
        INamedTypeSymbol type = method.ContainingType;
        if (!IsModel(type))
        {
            // An object without parameters: its numbers are constants.
            _this = _values.New(new OpaqueType(TypeText(type)), "this");
            return new Parameter(_this, "this", PassingKind.ByValue, TypeText(type), IsDifferentiable: false);
        }

        _this = _values.New(new ModelType(TypeText(type)), "this");
        _scopes[_this.Id] = new ModelScope(type, "this", "", null);
        return new Parameter(_this, "this", PassingKind.ByValue, TypeText(type), HasGradients(type));
    }

    private Value WithScope(Value model, ModelScope? scope)
    {
        if (scope is not null) _scopes[model.Id] = scope;
        return model;
    }

    private ModelScope? ScopeOf(Value model) => _scopes.TryGetValue(model.Id, out ModelScope? scope) ? scope : null;

    /// <summary>What a name in a shape text of a model is here; null where the model does not bind it.</summary>
    private Dim? ResolveIn(ModelScope scope, string name, bool isParameterText)
    {
        switch (TypeDimensions.Find(scope.Type, name, onlyStatic: false, isParameterText))
        {
            case { Constant: long constant }:
                return Dim.Constant(constant);
            case { Accessor: { } accessor }:
                string symbol = scope.Prefix + name;
                Bind(new DimBinding(symbol, scope.Read(accessor), null, 0) { Guard = scope.Guard });
                return Canonical(Dim.Symbol(symbol));
            default:
                return null;
        }
    }

    /// <summary>The shape of a tensor that a model holds.</summary>
    private Shape HeldShape(ModelScope scope, ISymbol member, string text, bool isParameterText, IOperation at)
    {
        ShapeText shape = ParseShape(text, at.Syntax.GetLocation())!;
        return shape.ToShape(member.Name, name => ResolveIn(scope, name, isParameterText)
            ?? throw Unsupported(
                FrontEndDescriptors.MissingShape, at, member.Name,
                $"its shape names '{name}', which is no constant, constructor parameter or int member of '{scope.Type.Name}'"));
    }

    /// <summary>A parameter of the primary constructor that the type keeps.</summary>
    private Operand? Captured(IParameterReferenceOperation reference)
    {
        IParameterSymbol parameter = reference.Parameter;
        if (_places.ContainsKey(parameter) || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor) return null;
        if (CapturedByObject(parameter) is { } kept) return kept;
        if (_this is null || !IsModel(constructor.ContainingType)) return null;
        if (parameter.Type.SpecialType != SpecialType.System_Int32)
            throw Unsupported(
                FrontEndDescriptors.OutsideState, reference, parameter.Name, "keep it in a property of the model and read that");
        if (CurrentModel() is { Prefix.Length: 0 })
        {
            Bind(new DimBinding(parameter.Name, "this." + ModelNames.DimensionAccessor(parameter.Name), null, 0));
            return new ValueOperand(DimensionOf(Dim.Symbol(parameter.Name)));
        }

        // Of a model inside of this one, whose method is inlined.
        return CurrentModel() is { IsOfList: false } inner && ResolveIn(inner, parameter.Name, isParameterText: false) is { } size ? new ValueOperand(DimensionOf(size))
            : throw Unsupported(FrontEndDescriptors.OutsideState, reference, parameter.Name, "keep it in a property of the model and read that");
    }

    /// <summary>The model whose method is being lowered: the receiver, or that of an inlined helper.</summary>
    private ModelScope? CurrentModel()
        => _frame.This is FixedPlace { Operand: ValueOperand { Value: var model } } ? ScopeOf(model) : _this is null ? null
            : ScopeOf(_this);
}
