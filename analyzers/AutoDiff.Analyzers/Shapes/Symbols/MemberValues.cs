using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What fields and properties hold, over the names of their type: by their shape text, or by what they are made with.</summary>
internal static class MemberValues
{
    private const int MaximumDepth = 12;

    [ThreadStatic]
    private static int t_depth;

    public static ShapeValue Of(AnalysisScope scope, ISymbol member)
    {
        member = member.OriginalDefinition;
        if (scope.Members.TryGetValue(member, out ShapeValue? known)) return known;

        // An initialiser that reads itself, by way of others or not, is not known.
        if (t_depth >= MaximumDepth) return ShapeValue.Unknown;
        t_depth++;
        try
        {
            return scope.Members[member] = Find(scope, member);
        }
        finally
        {
            t_depth--;
        }
    }

    /// <summary>What a member of one object holds, by what the object was made with.</summary>
    public static ShapeValue In(AnalysisScope scope, ModelValue model, ISymbol member)
    {
        member = member.OriginalDefinition;
        if (member is IPropertySymbol { SetMethod: null or { IsInitOnly: true } })
        {
            if (model.Value(member.Name) is not UnknownValue and var given) return given;
        }

        if (member is IPropertySymbol { SetMethod.IsInitOnly: true } && (model.Creation is null || !IsDefault(member))) return ShapeValue.Unknown;
        if (t_depth >= MaximumDepth || member.ContainingType is not { } owner || Creation(scope, member) is not { } creation
            || scope.Model(creation.SyntaxTree).GetOperation(creation) is not { } operation) return ShapeValue.Unknown;
        t_depth++;
        try
        {
            return new ShapeEvaluator(scope, owner) { Receiver = model }.Evaluate(operation);
        }
        finally
        {
            t_depth--;
        }
    }

    /// <summary>What the members of an object hold when its constructor begins: what their initialisers say.</summary>
    public static FlowState Initial(AnalysisScope scope, ModelValue model)
    {
        var state = new FlowState();
        if (t_depth >= MaximumDepth) return state;
        t_depth++;
        try
        {
            foreach (ISymbol member in model.Type.GetMembers())
            {
                if (member.IsStatic || member is not (IFieldSymbol or IPropertySymbol)) continue;
                if (IsNullAtFirst(member)) state[member] = new NullValue();
                if (Initializer(member) is not { } value || scope.Model(value.SyntaxTree).GetOperation(value) is not { } operation) continue;
                state[member] = new ShapeEvaluator(scope, model.Type) { Receiver = model }.Evaluate(operation);
            }
        }
        finally
        {
            t_depth--;
        }

        return state;
    }

    private static bool IsNullAtFirst(ISymbol member) => TypeOf(member) is { IsReferenceType: true } && member.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: null } or PropertyDeclarationSyntax { Initializer: null }
        && (member is IFieldSymbol || member is IPropertySymbol property && IsAutomatic(property) && property.PartialDefinitionPart is null && property.PartialImplementationPart is null);

    /// <summary>What the initialiser of a member leaves in it; null where it has none.</summary>
    public static ShapeValue? Initial(AnalysisScope scope, ISymbol member)
        => Initializer(member) is not { } value ? null
            : scope.Model(value.SyntaxTree).GetOperation(value) is { } operation ? new ShapeEvaluator(scope, member.ContainingType).Evaluate(operation) : ShapeValue.Unknown;

    private static ExpressionSyntax? Initializer(ISymbol member) => member.DeclaringSyntaxReferences is not [var reference] ? null : reference.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => value,
        PropertyDeclarationSyntax { Initializer.Value: var value } => value,
        _ => null,
    };

    /// <summary>What a member keeps that the constructor has left in it; null where that is not known, or does not last.</summary>
    public static ShapeValue? Settled(AnalysisScope scope, ModelValue model, ISymbol member)
    {
        member = member.OriginalDefinition;
        if (model.Value(ModelValue.Left + member.Name) is not { } left || left is UnknownValue) return null;
        bool isOwn = member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } }
            || member.DeclaredAccessibility == Accessibility.Private;
        TypeNames names = TypeNames.Of(scope, member.ContainingType);
        return isOwn && !names.WrittenLater.Contains(member.Name) && !IsChangedFromOutside(scope, member) ? left : null;
    }

    /// <summary>Whether a property that an initialiser may set holds something before.</summary>
    private static bool IsDefault(ISymbol member)
        => member.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null };

    /// <summary>Whether a property is its field and nothing else.</summary>
    public static bool IsAutomatic(IPropertySymbol property)
        => property.ContainingType.GetMembers().Any(m => m is IFieldSymbol { AssociatedSymbol: { } of } && SymbolEqualityComparer.Default.Equals(of, property));

    public static ITypeSymbol? TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : (member as IPropertySymbol)?.Type;

    /// <summary>The shape that a text gives to a value of a type; unknown for types without a shape.</summary>
    public static ShapeValue Shaped(ITypeSymbol type, Shape shape, Origin origin)
    {
        if (TypeMap.Tensor(type) is not null) return new TensorValue(shape) { Origin = origin };
        return TypeMap.Buffer(type) is not null && shape is { Rank: 1, HasRest: false }
            ? new SequenceValue(shape[0], null, ShapeValue.Unknown) : ShapeValue.Unknown;
    }

    /// <summary>The shape text of a field or property; of a positional property of a record, that of its parameter.</summary>
    public static string? TextOf(ISymbol member)
    {
        if ((member.ParameterShapeText() ?? member.ShapeText()) is { } own) return own;
        return member is IPropertySymbol { ContainingType.IsRecord: true, DeclaringSyntaxReferences: [var reference] } && reference.GetSyntax() is ParameterSyntax
            ? member.ContainingType.InstanceConstructors.SelectMany(static c => c.Parameters).FirstOrDefault(p => p.Name == member.Name && p.ShapeText() is not null)?.ShapeText() : null;
    }

    private static ShapeValue Find(AnalysisScope scope, ISymbol member)
    {
        if (TypeOf(member) is not { } type || member.ContainingType is not { } owner) return ShapeValue.Unknown;
        if (scope.Parse(TextOf(member)) is { } text)
        {
            TypeNames names = TypeNames.Of(scope, owner);
            return Shaped(type, text.ToShape(member.Name, names.Resolve), new Origin(member, null));
        }

        if (member is IPropertySymbol { SetMethod.IsInitOnly: true }) return ShapeValue.Unknown;
        ShapeValue made = Creation(scope, member) is { } creation
            && scope.Model(creation.SyntaxTree).GetOperation(creation) is { } operation
            ? new ShapeEvaluator(scope, owner).Evaluate(operation)
            : ShapeValue.Unknown;
        if (made is UnknownValue && TypeMap.Tensor(type) is not null) return scope.Kept(member);
        return made is NumberValue number && number.Size.IsUnknown() ? ShapeValue.Unknown : made;
    }

    /// <summary>The expression whose value a member keeps for good, or computes.</summary>
    private static ExpressionSyntax? Creation(AnalysisScope scope, ISymbol member)
    {
        if (member.DeclaringSyntaxReferences is not [var reference]) return null;
        switch (reference.GetSyntax())
        {
            case PropertyDeclarationSyntax { ExpressionBody: { } body }
                when member is { IsVirtual: false, IsAbstract: false, IsOverride: false }:
                return body.Expression;
            case PropertyDeclarationSyntax { Initializer: { } initializer } when member is IPropertySymbol { SetMethod: null or { IsInitOnly: true } }:
                return IsAssigned(member) || IsChanged(scope, member) ? null : initializer.Value;
            case VariableDeclaratorSyntax { Initializer: { } initializer } when member is IFieldSymbol { IsReadOnly: true }:
                return IsAssigned(member) || IsChanged(scope, member) ? null : initializer.Value;
            case VariableDeclaratorSyntax { Initializer: { } initializer } when member is IFieldSymbol { IsConst: false }
                && IsLasting(scope, member):
                return initializer.Value;
            case PropertyDeclarationSyntax { Initializer: { } initializer } when IsLasting(scope, member):
                return initializer.Value;
            case PropertyDeclarationSyntax or VariableDeclaratorSyntax
                when member is IPropertySymbol { SetMethod: null } or IFieldSymbol { IsReadOnly: true }:
                return IsChanged(scope, member) ? null : Assigned(TypeNames.Of(scope, member.ContainingType).Constructor, member.Name);
            default:
                return null;
        }
    }

    /// <summary>Whether a private member, or one that only its type sets, is not written after its initialiser.</summary>
    private static bool IsLasting(AnalysisScope scope, ISymbol member)
        => (member.DeclaredAccessibility == Accessibility.Private
                || member is IPropertySymbol { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } })
            && member is not IPropertySymbol { SetMethod.IsInitOnly: true }
            && !TypeNames.Of(scope, member.ContainingType).Written.Contains(member.Name) && !IsChanged(scope, member);

    /// <summary>Whether the elements of a collection are written somewhere in the type, or handed out.</summary>
    private static bool IsChanged(AnalysisScope scope, ISymbol member)
        => TypeOf(member) is not INamedTypeSymbol { IsReferenceType: false } and var type
            && IsCollection(type) && (TypeNames.Of(scope, member.ContainingType).Changed.Contains(member.Name) || IsChangedFromOutside(scope, member));

    private static bool IsCollection(ITypeSymbol? type) => type is IArrayTypeSymbol || type?.ContainingNamespace?.Name == "Generic";

    private static bool IsChangedFromOutside(AnalysisScope scope, ISymbol member)
        => member.DeclaredAccessibility != Accessibility.Private && IsCollection(TypeOf(member)) && scope.IsChangedFromOutside(member.Name);

    /// <summary>What the only constructor assigns, once.</summary>
    private static ExpressionSyntax? Assigned(IMethodSymbol? constructor, string name)
    {
        if (constructor is null || constructor.ContainingType.InstanceConstructors.Length != 1
            || constructor.DeclaringSyntaxReferences is not [var reference]
                || reference.GetSyntax() is not ConstructorDeclarationSyntax syntax)
            return null;
        (AssignmentExpressionSyntax At, ExpressionSyntax? Value)[] assignments = Assignments(syntax, name).ToArray();
        return assignments is [var only] && (only.At.Parent?.Parent?.Parent == syntax || only.At.Parent?.Parent == syntax) ? only.Value : null;
    }

    /// <summary>Whether a constructor puts something else into a member than its initialiser does.</summary>
    private static bool IsAssigned(ISymbol member)
        => member.ContainingType.Constructors.Any(c => c.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax() is ConstructorDeclarationSyntax constructor && Assignments(constructor, member.Name).Any());

    /// <summary>Where a constructor assigns a member, by itself or as part of a tuple, and what.</summary>
    private static IEnumerable<(AssignmentExpressionSyntax At, ExpressionSyntax? Value)> Assignments(ConstructorDeclarationSyntax constructor, string name)
    {
        foreach (AssignmentExpressionSyntax assignment in constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (IsMember(assignment.Left, name)) yield return (assignment, assignment.Right);
            if (assignment.Left is not TupleExpressionSyntax targets) continue;
            for (int i = 0; i < targets.Arguments.Count; i++)
                if (IsMember(targets.Arguments[i].Expression, name))
                    yield return (assignment, assignment.Right is TupleExpressionSyntax values && values.Arguments.Count > i ? values.Arguments[i].Expression : null);
        }
    }

    private static bool IsMember(ExpressionSyntax target, string name) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var member } => member == name,
        _ => false,
    };
}
