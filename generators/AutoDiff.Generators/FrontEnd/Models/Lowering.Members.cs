using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What a model holds: parameters, sub-models, lists of them, numbers, other objects.
internal sealed partial class Lowering
{
    private Operand ModelMember(IOperation instance, ISymbol member, ITypeSymbol type, IOperation at)
    {
        Operand receiver = Visit(instance);
        if (receiver is ObjectOperand { Place: var made }) return ObjectMember(made, member, at);
        if (receiver is ChosenOperand chosen) return Choose(chosen, instance.Type, at, one => ObjectMember(((ObjectOperand)one).Place, member, at));
        if (receiver is NullOperand) return OfNull(type, at);
        return HeldMember(Single(receiver, instance), member, type, at);
    }

    private Operand HeldMember(Value holder, ISymbol member, ITypeSymbol type, IOperation at)
    {
        if (holder.Type is ModelListType && member.Name is "Count" or "Length")
            return new ValueOperand(_builder.Apply(new ModelCount(), holder));
        if (holder.Type is not (ModelType or OpaqueType))
            throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "use numbers, tensors and models");
        if (member is IPropertySymbol { IsIndexer: true } indexer) return OutsideIndexer(holder, indexer, (IPropertyReferenceOperation)at);
        ModelScope? scope = ScopeOf(holder);
        if (TypeMap.Tensor(type) is { } element) return HeldTensor(holder, scope, member, element, at);
        if (IsComputed(member) is { } getter && InlineGetter(getter, holder, at) is { } computed) return computed;
        if (at is IMemberReferenceOperation reference && HeldTable(reference) is { } table) return table;
        string name = NameFor(member, at);
        if (IsModel(type))
        {
            Value model = _builder.Apply(
                new GetMember(name, IsNullable(member)),
                new ModelType(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)), holder);
            return new ValueOperand(WithScope(model, scope?.Member(member, (INamedTypeSymbol)type, IsNullable(member))));
        }

        if (ModelList(type) is { } list)
        {
            Value models = _builder.Apply(new GetMember(name), list, holder);
            return new ValueOperand(WithScope(models, scope?.Member(member, ModelListElement(type)!)));
        }

        if (EnumType(type) is { } enumeration)
            return new ValueOperand(FromSignature(_builder.Apply(new GetMember(name, MayChange: MayChange(member)), enumeration, holder), TypeMap.ScalarOrBuffer(type)));
        if (TypeMap.Element(type) is ElementKind kind)
        {
            bool isSize = kind == ElementKind.Int32 && scope is not null;
            Value number = _builder.Apply(new GetMember(name, MayChange: !isSize && MayChange(member)), new ScalarType(kind), holder);
            if (isSize) _dims[number.Id] = MemberSize(scope!, member);
            return new ValueOperand(number);
        }

        if (IsInTable(type) && holder.Type is OpaqueType && Components.Of(type) is not null)
            return ReadTable(new TableOperand($"{{0}}.{CSharpNames.Escape(name)}", type, [holder]) { MayChange = MayChange(member) });
        if (TypeMap.Buffer(type) is not null)
            throw Unsupported(
                FrontEndDescriptors.OutsideState, at, member.Name, "pass the array as a parameter, or hold a tensor with a [Shape]");
        Value other = _builder.Apply(new GetMember(name, IsNullable(member), MayChange(member)), new OpaqueType(TypeText(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))), holder);
        return new ValueOperand(
            scope is not null && type is INamedTypeSymbol named ? WithScope(other, scope.Member(member, named)) : other);
    }

    /// <summary><c>table[key]</c> of an object that came from outside.</summary>
    private Operand OutsideIndexer(Value holder, IPropertySymbol indexer, IPropertyReferenceOperation at)
    {
        IrType result = EnumType(indexer.Type) ?? (TypeMap.ScalarOrBuffer(indexer.Type) as ScalarType) as IrType ?? (TypeMap.IsObject(indexer.Type) ? new OpaqueType(TypeText(indexer.Type)) : null)
            ?? throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, StepText.Of(at.Syntax), $"it gives '{indexer.Type.ToDisplayString()}'; "
                + (indexer.Type is IArrayTypeSymbol rows ? $"take a '{rows.ToDisplayString()}[]', or mark it [NoGradient] if none is wanted" : "read numbers, or pass what it holds"));
        var parameters = new List<CalleeParameter> { new("this", holder.Type, PassingKind.ByValue, false, false, TypeText(indexer.ContainingType)) };
        var inputs = new List<Value> { holder };
        foreach (IArgumentOperation argument in at.Arguments.OrderBy(static a => a.Parameter!.Ordinal))
        {
            Value value = ToSignature(ValueOf(argument.Value), EnumType(argument.Parameter!.Type) ?? TypeMap.ScalarOrBuffer(argument.Parameter.Type) ?? new OpaqueType(TypeText(argument.Parameter.Type)));
            inputs.Add(value);
            parameters.Add(new CalleeParameter(argument.Parameter.Name, value.Type, PassingKind.ByValue, value.Type.IsDifferentiable, false, TypeText(argument.Parameter.Type)));
        }

        var callee = new Callee(TypeText(indexer.ContainingType), Callee.Indexer, true, parameters.ToEquatable(), result, IsDifferentiable: false, HasSideEffects: true, UsesPair: false, []) { ChangesState = true };
        Value element = _values.New(result);
        _locations.AddValue(element.Id, at.Syntax.GetLocation());
        Effect(new Call([element], callee, inputs.ToEquatable(), []));
        return new ValueOperand(FromSignature(element, TypeMap.ScalarOrBuffer(indexer.Type)));
    }

    /// <summary>Whether a member may hold something else later on, as far as its declaration tells.</summary>
    private static bool MayChange(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol { SetMethod: { IsInitOnly: false } } => true,
        IPropertySymbol { GetMethod: { } getter } => !IsAutomatic(getter),
        _ => false,
    };

    /// <summary>Whether a member is declared to be null at times, whatever is known of it where it is read.</summary>
    private static bool IsNullable(ISymbol member) => member switch
    {
        IPropertySymbol property => property.NullableAnnotation,
        IFieldSymbol field => field.NullableAnnotation,
        _ => NullableAnnotation.None,
    } == NullableAnnotation.Annotated;

    /// <summary>
    /// An <c>int</c> of a model as a size: the name of the constructor parameter that it is initialised with, where shape texts of the
    /// model speak of that, else its own name.
    /// </summary>
    private Dim MemberSize(ModelScope scope, ISymbol member)
    {
        ExpressionSyntax? initializer = member.DeclaringSyntaxReferences is [var reference, ..]
            ? reference.GetSyntax(cancellation) switch
            {
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                _ => null,
            }
            : null;
        if (initializer is IdentifierNameSyntax { Identifier.ValueText: var source } && ShapeTextNames.Of(scope.Type).Contains(source)
            && ResolveIn(scope, source, isParameterText: false) is { } size) return size;
        string symbol = scope.Prefix + member.Name;
        Bind(new DimBinding(symbol, scope.Read(member.Name), null, 0) { Guard = scope.Guard });
        return Canonical(Dim.Symbol(symbol));
    }

    private Operand HeldTensor(Value holder, ModelScope? scope, ISymbol member, ITypeSymbol elementType, IOperation at)
    {
        if (scope is null || TypeMap.Element(elementType) is not ElementKind element)
            throw Unsupported(FrontEndDescriptors.MissingShape, at, member.Name, "read it through a property of the model");
        if (member.ParameterShapeText() is { } parameterText)
        {
            var type = new TensorType(element, HeldShape(scope, member, parameterText, isParameterText: true, at));
            Value parameter = _builder.Apply(new GetParameter(member.Name), type, holder);
            return new ValueOperand(member.HasNoGradient() ? _builder.Scalar(ScalarOp.Detach, parameter) : parameter);
        }

        if (member is IPropertySymbol { GetMethod: { } getter } && IsComputed(member) is not null
            && InlineGetter(getter, holder, at) is { } computed) return computed;
        if (member.ShapeText() is not { } text)
            throw Unsupported(
                FrontEndDescriptors.MissingShape, at, member.Name, "mark it [Parameter(\"…\")], or [Shape(\"…\")] where it is a constant");
        return new ValueOperand(
            _builder.Apply(
            new GetMember(member.Name), new TensorType(element, HeldShape(scope, member, text, isParameterText: false, at)), holder));
    }

    /// <summary>The getter of a property that computes what it returns.</summary>
    private static IMethodSymbol? IsComputed(ISymbol member)
        => member is IPropertySymbol { GetMethod: { IsAbstract: false, IsVirtual: false } getter } property
            && property.ParameterShapeText() is null
            && property.DeclaringSyntaxReferences is [var reference, ..]
            && reference.GetSyntax() is PropertyDeclarationSyntax syntax
            && (syntax.ExpressionBody is not null
                || syntax.AccessorList?.Accessors.Any(static a => a.Body is not null || a.ExpressionBody is not null) == true)
            ? getter
            : null;

    private Operand? InlineGetter(IMethodSymbol getter, Value holder, IOperation at)
        => BodyOf(getter, at) is var (body, _, _)
            ? Inline(getter, body, [], at, receiver: new FixedPlace(new ValueOperand(holder)))
            : null;

    /// <summary>One model of a list.</summary>
    private Operand Element(Value list, IOperation index, IOperation at)
    {
        if (list.Type is not ModelListType type)
            throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "index a span, an array or a list of models");
        if (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion) index = conversion.Operand;
        Value position = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? _builder.Scalar(ScalarOp.Subtract, _builder.Apply(new ModelCount(), list), ValueOf(hat.Operand))
            : _builder.Convert(ValueOf(index), ElementKind.Int32);
        Value model = _builder.Apply(new ElementAt(), type.Element, list, position);
        return new ValueOperand(WithScope(model, ScopeOf(list)?.First(type)));
    }

    /// <summary>The scope of the loop variable of a <c>foreach</c> over models.</summary>
    private void EnterElement(Value list, Value item)
    {
        if (list.Type is ModelListType type) WithScope(item, ScopeOf(list)?.First(type));
    }
}
