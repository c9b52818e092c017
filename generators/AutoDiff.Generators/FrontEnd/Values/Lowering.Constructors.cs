using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What a constructor does to a fresh value: initializers of fields, the constructor that it calls first, its body.
internal sealed partial class Lowering
{
    private void Construct(IObjectCreationOperation creation, Place place)
    {
        if (creation.Constructor is not { } constructor) return;
        var operands = new Operand[constructor.Parameters.Length];
        foreach (IArgumentOperation argument in creation.Arguments) operands[argument.Parameter!.Ordinal] = Visit(argument.Value);
        RunConstructor(constructor, operands.ToImmutableArray(), creation, place);
    }

    private void RunConstructor(IMethodSymbol constructor, ImmutableArray<Operand> operands, IOperation at, Place place)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        if (type.SpecialType == SpecialType.System_Object) return;
        if (constructor.IsImplicitlyDeclared)
        {
            if (type.IsValueType) return;
            InitializeFields(type, place, at);
            RunBaseConstructor(type, at, place);
            return;
        }

        if (constructor.DeclaringSyntaxReferences is not [var reference, ..] || !compilation.ContainsSyntaxTree(reference.SyntaxTree))
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, $"new {type.Name}", "its source is not in this project");
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        SemanticModel model = compilation.ModelOf(syntax.SyntaxTree);
        if (syntax is ConstructorDeclarationSyntax)
        {
            if (model.GetOperation(syntax, cancellation) is not IConstructorBodyOperation body) throw new UnsupportedException();
            Within(constructor, operands, at, place, () => ConstructorBody(constructor, body, at, place));
            return;
        }

        Within(constructor, operands, at, place, () => PrimaryConstructor(constructor, operands, syntax, model, at, place));
    }

    private void ConstructorBody(IMethodSymbol constructor, IConstructorBodyOperation body, IOperation at, Place place)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        IInvocationOperation? first = (body.Initializer as IExpressionStatementOperation)?.Operation as IInvocationOperation;
        bool delegates = first is not null && SymbolEqualityComparer.Default.Equals(first.TargetMethod.ContainingType.OriginalDefinition, type.OriginalDefinition);
        if (!delegates) InitializeFields(type, place, at);
        if (first is not null) CallConstructor(first, at, place);
        else if (!type.IsValueType) RunBaseConstructor(type, at, place);
        if ((body.BlockBody ?? body.ExpressionBody) is { } block) Statements(block.Operations, JumpKinds.Return);
    }

    /// <summary>A primary constructor gives its parameters to the properties of a positional record, and to initializers.</summary>
    private void PrimaryConstructor(
        IMethodSymbol constructor, ImmutableArray<Operand> operands, SyntaxNode syntax, SemanticModel model, IOperation at, Place place)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        if (syntax is RecordDeclarationSyntax)
        {
            for (int i = 0; i < operands.Length; i++)
                if (type.GetMembers(constructor.Parameters[i].Name).FirstOrDefault() is { DeclaringSyntaxReferences: [var own, ..] } property
                    && own.GetSyntax(cancellation) is ParameterSyntax && ComponentPlace(place, property) is { } component)
                    Write(component, operands[i], at);
        }

        foreach (IParameterSymbol captured in CapturedParameters.Of(type))
            if (ComponentPlace(place, captured) is { } component) Write(component, operands[captured.Ordinal], at);
        InitializeFields(type, place, at);
        PrimaryConstructorBaseTypeSyntax? inherited = ((TypeDeclarationSyntax)syntax).BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault();
        if (inherited is not null && model.GetOperation(inherited, cancellation) is IInvocationOperation call) CallConstructor(call, at, place);
        else if (!type.IsValueType) RunBaseConstructor(type, at, place);
    }

    private void CallConstructor(IInvocationOperation call, IOperation at, Place place)
    {
        var operands = new Operand[call.TargetMethod.Parameters.Length];
        foreach (IArgumentOperation argument in call.Arguments) operands[argument.Parameter!.Ordinal] = Visit(argument.Value);
        RunConstructor(call.TargetMethod, operands.ToImmutableArray(), at, place);
    }

    private void RunBaseConstructor(INamedTypeSymbol type, IOperation at, Place place)
    {
        if (type.BaseType is not { SpecialType: SpecialType.None } parent) return;
        if (parent.InstanceConstructors.FirstOrDefault(static c => c.Parameters.IsEmpty) is { } constructor) RunConstructor(constructor, [], at, place);
    }

    private void InitializeFields(INamedTypeSymbol type, Place place, IOperation at)
    {
        foreach (ISymbol member in type.GetMembers().Where(static m => !m.IsStatic && m is IFieldSymbol { AssociatedSymbol: null } or IPropertySymbol))
        {
            if (member.DeclaringSyntaxReferences is not [var reference, ..]) continue;
            EqualsValueClauseSyntax? initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is null || ComponentPlace(place, member) is not { } component) continue;
            SemanticModel model = compilation.ModelOf(initializer.SyntaxTree);
            if (model.GetOperation(initializer, cancellation) is not ISymbolInitializerOperation { Value: var value })
                throw UnsupportedExpression(at, $"new {type.Name}", "give it a constructor with a body");
            Operand operand = Visit(value);
            Write(component, Convert(operand, TypeOf(member), at), at);
        }
    }

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    /// <summary>Runs part of a constructor with its parameters in scope, on a receiver.</summary>
    private void Within(IMethodSymbol constructor, ImmutableArray<Operand> operands, IOperation at, Place place, Action part)
    {
        if (_inlining.Contains(constructor, SymbolEqualityComparer.Default))
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, $"new {constructor.ContainingType.Name}", "its constructor makes another one of its type");
        Frame outer = _frame;
        Dictionary<ISymbol, Place>? kept = KeepPlaces(constructor, at);
        using TypeArguments.Scope types = TypeArguments.Enter(constructor);
        _inlining.Add(constructor);
        _sites.Add(at.Syntax);
        _frame = new Frame(constructor) { IsInlined = true, This = place };
        try
        {
            BindParameters(constructor, operands, at);
            part();
        }
        finally
        {
            _inlining.RemoveAt(_inlining.Count - 1);
            _sites.RemoveAt(_sites.Count - 1);
            _frame = outer;

            // A primary constructor's parameter that a method reads later is a field without a name.
            foreach (IParameterSymbol parameter in constructor.OriginalDefinition.Parameters) _places.Remove(parameter);
            RestorePlaces(kept);
        }
    }
}
