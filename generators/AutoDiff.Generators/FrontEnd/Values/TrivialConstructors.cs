using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Constructors that do nothing but give each parameter to a component, and properties that do nothing but return one: through them code
/// can build and read structs whose fields it cannot see. Any other constructor might change what it is given.
/// </summary>
internal static class TrivialConstructors
{
    /// <summary>The components that such a constructor takes, by index in the order of its parameters, or null. The one that takes most is preferred.</summary>
    public static int[]? Find(
        INamedTypeSymbol type, ImmutableArray<Component> components, Compilation compilation, INamedTypeSymbol within, CancellationToken cancellation)
    {
        int[]? best = null;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.Parameters.IsEmpty || constructor.Parameters.Length <= (best?.Length ?? 0)) continue;
            if (!compilation.IsSymbolAccessibleWithin(constructor, within)) continue;
            if (Arguments(constructor, components, compilation, cancellation) is { } arguments) best = arguments;
        }

        return best;
    }

    /// <summary>A property that returns a component that is not accessible itself.</summary>
    public static IPropertySymbol? Reader(ITypeSymbol owner, Component component, Compilation compilation, CancellationToken cancellation)
    {
        foreach (IPropertySymbol property in owner.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsIndexer || !SymbolEqualityComparer.Default.Equals(property.Type, component.Type)) continue;
            if (property.GetMethod is not { DeclaringSyntaxReferences: [var reference, ..] }) continue;
            ExpressionSyntax? returned = reference.GetSyntax(cancellation) switch
            {
                ArrowExpressionClauseSyntax arrow => arrow.Expression,
                AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
                AccessorDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } expression }] } => expression,
                _ => null,
            };
            if (returned is null || !compilation.ContainsSyntaxTree(returned.SyntaxTree)) continue;
            if (SymbolEqualityComparer.Default.Equals(
                compilation.ModelOf(returned.SyntaxTree).GetSymbolInfo(returned, cancellation).Symbol?.OriginalDefinition,
                component.Member.OriginalDefinition)) return property;
        }

        return null;
    }

    private static int[]? Arguments(
        IMethodSymbol constructor, ImmutableArray<Component> components, Compilation compilation, CancellationToken cancellation)
    {
        if (constructor.DeclaringSyntaxReferences is not [var reference, ..])
            return IsOfFramework(constructor.ContainingType) && constructor.Parameters.Length == components.Length
                && constructor.Parameters.Select((p, k) => SymbolEqualityComparer.Default.Equals(p.Type, components[k].Type)).All(static same => same)
                ? [.. Enumerable.Range(0, components.Length)]
                : null;
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree)) return null;
        SemanticModel model = compilation.ModelOf(syntax.SyntaxTree);
        var targets = new int[constructor.Parameters.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            targets[k] = syntax switch
            {
                RecordDeclarationSyntax => Positional(constructor.Parameters[k], components, cancellation),
                TypeDeclarationSyntax => InitializedBy(constructor.Parameters[k], components, model, cancellation),
                _ => -1,
            };
        }

        if (syntax is ConstructorDeclarationSyntax declared && !Assignments(declared, constructor, components, model, targets, cancellation)) return null;
        return targets.Any(static t => t < 0) || targets.Distinct().Count() != targets.Length ? null : targets;
    }

    private static bool IsOfFramework(INamedTypeSymbol type) => type.IsIn("System.Numerics");

    // The property that a positional record has for a parameter, unless the user wrote that property.
    private static int Positional(IParameterSymbol parameter, ImmutableArray<Component> components, CancellationToken cancellation)
        => IndexOf(components, parameter.Name) is >= 0 and var index
            && components[index].Member.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax(cancellation) is ParameterSyntax
            ? index
            : -1;

    // The component whose initializer is the parameter of a primary constructor; other initializers would be run as well.
    private static int InitializedBy(IParameterSymbol parameter, ImmutableArray<Component> components, SemanticModel model, CancellationToken cancellation)
    {
        int found = -1;
        for (int i = 0; i < components.Length; i++)
        {
            if (components[i].Member.DeclaringSyntaxReferences is not [var reference, ..]) continue;
            ExpressionSyntax? initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (initializer is null || initializer.SyntaxTree != model.SyntaxTree) continue;
            if (model.GetSymbolInfo(initializer, cancellation).Symbol is not IParameterSymbol given) return -1;
            if (given.Name == parameter.Name) found = i;
        }

        return found;
    }

    // X = x; or (X, Y) = (x, y);
    private static bool Assignments(
        ConstructorDeclarationSyntax declared, IMethodSymbol constructor, ImmutableArray<Component> components, SemanticModel model, int[] targets,
        CancellationToken cancellation)
    {
        if (declared.Initializer is not null || model.GetOperation(declared, cancellation) is not IConstructorBodyOperation body) return false;
        return (body.BlockBody ?? body.ExpressionBody) is { } block && block.Operations.All(o => Statement(o));

        bool Statement(IOperation operation) => operation switch
        {
            IExpressionStatementOperation statement => Statement(statement.Operation),
            IReturnOperation { ReturnedValue: null } => true,
            IDeconstructionAssignmentOperation { Target: ITupleOperation to } pairs when Unconverted(pairs.Value) is ITupleOperation from
                => to.Elements.Length == from.Elements.Length && to.Elements.Zip(from.Elements, Assign).All(static done => done),
            ISimpleAssignmentOperation assignment => Assign(assignment.Target, assignment.Value),
            _ => false,
        };

        bool Assign(IOperation target, IOperation value)
        {
            if (target is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member || value is not IParameterReferenceOperation parameter)
                return false;
            int index = IndexOf(components, member.Member.Name);
            if (index < 0 || targets[parameter.Parameter.Ordinal] >= 0) return false;
            targets[parameter.Parameter.Ordinal] = index;
            return true;
        }
    }

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? Unconverted(conversion.Operand) : value;

    private static int IndexOf(ImmutableArray<Component> components, string name)
    {
        for (int i = 0; i < components.Length; i++)
            if (components[i].Name == name) return i;
        return -1;
    }
}
