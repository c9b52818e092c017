using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// What holds of the tensors that only a type itself writes, whenever one of its methods begins: weights that a training loop replaces,
/// a cache that grows. It is assumed, every write is looked at under that assumption, and what the writes do not keep is taken back
/// until nothing changes any more: an invariant of the class by induction over its methods (Logozzo 2003).
/// </summary>
internal static class KeptShapes
{
    private const int MaximumRounds = 4;

    /// <summary>What the members of a type keep; those that are not in it keep nothing.</summary>
    public static IReadOnlyDictionary<ISymbol, ShapeValue> Of(AnalysisScope scope, INamedTypeSymbol type)
    {
        var none = new Dictionary<ISymbol, ShapeValue>(SymbolEqualityComparer.Default);
        ISymbol[] members = type.GetMembers().Where(m => IsCandidate(scope, m)).ToArray();
        List<Write> writes = members.Length == 0 ? [] : FindWrites(scope, type, members);
        if (writes.Count == 0) return none;
        var assumed = members.ToDictionary(static m => m, static _ => ShapeValue.Unknown, SymbolEqualityComparer.Default);
        for (int round = 0; round <= MaximumRounds; round++)
        {
            Dictionary<ISymbol, ShapeValue> after = Written(scope, type, writes, members, assumed, isFirst: round == 0);
            if (round > 0 && members.All(m => after[m].Equals(assumed[m])))
                return after.Where(static m => m.Value is not (UnknownValue or NullValue)).ToDictionary(static m => m.Key, static m => m.Value, SymbolEqualityComparer.Default);
            assumed = after;
        }

        return none;
    }

    private static bool IsCandidate(AnalysisScope scope, ISymbol member)
        => member is IFieldSymbol { IsConst: false, AssociatedSymbol: null, DeclaredAccessibility: Accessibility.Private, RefKind: RefKind.None }
                or IPropertySymbol { IsIndexer: false, SetMethod: { DeclaredAccessibility: Accessibility.Private, IsInitOnly: false }, IsVirtual: false, IsOverride: false }
            && TypeMap.Tensor(MemberValues.TypeOf(member)) is not null && MemberValues.TextOf(member) is null
            && (member is not IPropertySymbol property || MemberValues.IsAutomatic(property))
            && TypeNames.Of(scope, member.ContainingType).Written.Contains(member.Name);

    /// <summary>A place that writes a member, and the method it is in.</summary>
    private sealed record Write(SyntaxNode Target, string Name, IMethodSymbol Method);

    /// <summary>Every place that writes one of the members; none where one of them is written in a way that cannot be followed.</summary>
    private static List<Write> FindWrites(AnalysisScope scope, INamedTypeSymbol type, ISymbol[] members)
    {
        var names = new HashSet<string>(members.Select(static m => m.Name), StringComparer.Ordinal);
        var writes = new List<Write>();
        foreach (SyntaxNode node in type.DeclaringSyntaxReferences.SelectMany(static r => r.GetSyntax().DescendantNodes()))
        {
            (ExpressionSyntax? target, bool isPlain) = node switch
            {
                AssignmentExpressionSyntax assignment => (assignment.Left, true),
                ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => (argument.Expression, false),
                RefExpressionSyntax taken => (taken.Expression, false),
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address => (address.Operand, false),
                _ => ((ExpressionSyntax?)null, false),
            };
            foreach (ExpressionSyntax written in Parts(target))
            {
                if (Name(written) is not { } name || !names.Contains(name)) continue;
                if (!isPlain || Method(scope, written) is not { } method || !SymbolEqualityComparer.Default.Equals(method.ContainingType, type)) return [];
                writes.Add(new Write(written, name, method));
            }
        }

        return writes;
    }

    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax? target) => target switch
    {
        null => [],
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(static a => Parts(a.Expression)),
        ParenthesizedExpressionSyntax inner => Parts(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Parts(sure.Operand),
        _ => [target],
    };

    private static string? Name(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        _ => null,
    };

    /// <summary>The method of a type that a place is in, whatever functions inside of it are around the place.</summary>
    private static IMethodSymbol? Method(AnalysisScope scope, SyntaxNode place)
    {
        SyntaxNode? declaration = place.FirstAncestorOrSelf<SyntaxNode>(static n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);
        return declaration is null ? null : scope.Model(place.SyntaxTree).GetDeclaredSymbol(declaration) as IMethodSymbol;
    }

    /// <summary>What the writes leave, each method beginning with what is assumed.</summary>
    /// <param name="isFirst">Whether nothing is assumed yet: what is not known then says nothing, and initialisers have the first word.</param>
    private static Dictionary<ISymbol, ShapeValue> Written(
        AnalysisScope scope, INamedTypeSymbol type, List<Write> writes, ISymbol[] members, Dictionary<ISymbol, ShapeValue> assumed, bool isFirst)
    {
        AnalysisScope inner = scope.Assuming(assumed);
        var initial = members.ToDictionary(static m => m, m => MemberValues.Initial(inner, m) ?? new NullValue(), SymbolEqualityComparer.Default);
        var values = new Dictionary<ISymbol, ShapeValue>(initial, SymbolEqualityComparer.Default);
        var seen = new HashSet<SyntaxNode>();
        foreach (IMethodSymbol method in writes.Select(static w => w.Method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            if (inner.Body(method) is not { } body) continue;
            new MethodAnalysis(inner, method, new Findings([]), CancellationToken.None)
            {
                MemberWritten = (member, at, value) =>
                {
                    member = member.OriginalDefinition;
                    if (!values.TryGetValue(member, out ShapeValue? before)) return;
                    seen.Add(at.Syntax);
                    if (isFirst && (value is UnknownValue || initial[member] is TensorValue)) return;
                    values[member] = before is UnknownValue ? before : Joins.Of(before, OfTheObject(scope, type, method, value, member.IsStatic));
                },
            }.Run(body.Operation, body.Graph);
        }

        foreach (Write write in writes)
            if (!seen.Contains(write.Target)) values[members.First(m => m.Name == write.Name)] = ShapeValue.Unknown;
        return values;
    }

    /// <summary>What a method writes in the object's own numbers: its own names mean nothing outside of it.</summary>
    private static ShapeValue OfTheObject(AnalysisScope scope, INamedTypeSymbol type, IMethodSymbol method, ShapeValue value, bool isStatic)
    {
        IMethodSymbol? constructor = TypeNames.Of(scope, type).Constructor;
        bool isOnly = type.InstanceConstructors.Count(static c => !c.IsImplicitlyDeclared) <= 1;
        foreach (string name in Substitution.Names(value).Distinct().ToArray())
        {
            if (name.StartsWith(ShapeText.Rest, StringComparison.Ordinal)) return ShapeValue.Unknown;
            bool isOwn = isOnly && !isStatic && constructor is not null && constructor.Parameters.Any(p => p.Name == name)
                && (SymbolEqualityComparer.Default.Equals(method, constructor) || !method.Parameters.Any(p => p.Name == name));
            if (!isOwn) value = Substitution.Without(value, name);
        }

        return value;
    }
}
