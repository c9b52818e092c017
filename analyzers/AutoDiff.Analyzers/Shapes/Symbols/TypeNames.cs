using System.Collections.Concurrent;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// What names in shape texts mean within one type: constants, constructor parameters, integers that it holds. A size of the type is a
/// polynomial over the names of its constructor's parameters (and of what is none of those).
/// </summary>
internal sealed class TypeNames
{
    private readonly AnalysisScope _scope;
    private readonly INamedTypeSymbol _type;
    private readonly ConcurrentDictionary<string, Dim?> _sizes = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> _rigid, _compared;
    private readonly Lazy<WrittenNames> _written;
    private readonly Lazy<Dictionary<string, Dim>> _handedOn;

    private TypeNames(AnalysisScope scope, INamedTypeSymbol type)
    {
        _scope = scope;
        _type = type;
        Constructor = FindConstructor(type);
        _rigid = new(FindRigid);
        _compared = new(() => Compared(type));
        _written = new(() => WrittenNames.In(type));
        _handedOn = new(FindHandedOn);
    }

    /// <summary>The constructor whose parameters shape texts may name: the primary one, or the only one.</summary>
    public IMethodSymbol? Constructor { get; }

    /// <summary>The names that declarations of the type leave open: any number that the type can be made with.</summary>
    public IReadOnlyCollection<string> Rigid => _rigid.Value;

    /// <summary>The names that are assigned to somewhere in the type, apart from initialisers.</summary>
    public HashSet<string> Written => _written.Value.Assigned;

    /// <summary>The names of collections that are changed somewhere in the type, or are handed to what may change them.</summary>
    public HashSet<string> Changed => _written.Value.Changed;

    /// <summary>The names that are assigned to, or whose elements are changed, outside of constructors.</summary>
    public HashSet<string> WrittenLater => _written.Value.Later;

    /// <summary>The numbers that the type can be made with.</summary>
    public IEnumerable<string> Open
        => Constructor?.Parameters.Where(p => IsInteger(p.Type) && !_compared.Value.Contains(p.Name)).Select(static p => p.Name) ?? [];

    public static TypeNames Of(AnalysisScope scope, INamedTypeSymbol type)
        => scope.Names.GetOrAdd(type.OriginalDefinition, t => new TypeNames(scope, (INamedTypeSymbol)t));

    /// <summary>The size behind a name, over the names of the type; null for names that are not the type's.</summary>
    public Dim? Resolve(string name) => _sizes.GetOrAdd(name, Find);

    /// <summary>What the constructor hands to a parameter of the base type's, over the names of this type; null where that is not known.</summary>
    public Dim? OfBase(string name) => _handedOn.Value.TryGetValue(name, out Dim? size) ? size : null;

    private Dictionary<string, Dim> FindHandedOn()
    {
        var sizes = new Dictionary<string, Dim>(StringComparer.Ordinal);
        SyntaxNode? call = Constructor?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax first, ..] } => first,
            ConstructorDeclarationSyntax { Initializer: { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.BaseKeyword } first } => first,
            _ => null,
        };
        if (call is null || _scope.Model(call.SyntaxTree).GetOperation(call) is not IInvocationOperation invocation) return sizes;
        var evaluator = new ShapeEvaluator(_scope, _type);
        foreach (IArgumentOperation argument in invocation.Arguments)
            if (argument.Parameter is { } parameter && evaluator.Evaluate(argument.Value) is NumberValue { Size: var size } && !size.IsUnknown()) sizes[parameter.Name] = size;
        return sizes;
    }

    private Dim? Find(string name)
    {
        for (INamedTypeSymbol? owner = _type; owner is not null; owner = owner.ContainingType ?? owner.BaseType)
            if (Constant(owner, name) is long constant) return Dim.Constant(constant);
        return Symbol(name);
    }

    private HashSet<string> FindRigid()
    {
        HashSet<string> compared = _compared.Value;
        var rigid = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in Texts(_type).Select(_scope.Parse).SelectMany(static t => t?.Names ?? []))
            if (!compared.Contains(name) && Symbol(name) is { } size) rigid.UnionWith(size.Symbols.Where(s => !compared.Contains(s)));
        // A name that nothing binds is a size of the object all the same: fields that share it have it in common.
        foreach (string name in _type.GetMembers().Where(static m => m is IFieldSymbol or IPropertySymbol).Select(MemberValues.TextOf).Select(_scope.Parse)
            .SelectMany(static t => t?.Names ?? []))
            if (!compared.Contains(name) && Resolve(name) is null) rigid.Add(name);
        return rigid;
    }

    private Dim? Symbol(string name)
    {
        string root = name.Split('.')[0];
        if (_type.InstanceConstructors.Any(c => c.Parameters.Any(p => p.Name == root && (root != name || IsInteger(p.Type))))
            && !_type.IsRecord) return Dim.Symbol(name);
        if (Member(name) is not { } member) return root == name || Member(root) is null ? null : Dim.Symbol(name);
        return MemberValues.Of(_scope, member) is NumberValue number && !number.Size.IsUnknown() ? number.Size : Dim.Symbol(member.Name);
    }

    private ISymbol? Member(string name)
    {
        for (INamedTypeSymbol? owner = _type; owner is not null; owner = owner.BaseType)
        {
            foreach (ISymbol member in owner.GetMembers(name))
            {
                ITypeSymbol? type = member is IFieldSymbol field ? field.Type : (member as IPropertySymbol)?.Type;
                if (type is not null && IsInteger(type)) return member;
            }
        }

        return null;
    }

    private static long? Constant(INamedTypeSymbol type, string name)
        => type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int value } ? value
            : null;

    private static bool IsInteger(ITypeSymbol type)
        => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr;

    private static IMethodSymbol? FindConstructor(INamedTypeSymbol type)
    {
        IMethodSymbol? primary = type.InstanceConstructors.FirstOrDefault(
            static c => c.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax() is TypeDeclarationSyntax);
        if (primary is not null) return primary;
        IMethodSymbol[] others = type.InstanceConstructors.Where(static c => c.Parameters.Length > 0).ToArray();
        return others is [var only] ? only : null;
    }

    private static IEnumerable<string> Texts(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not (IPropertySymbol or IFieldSymbol or IMethodSymbol)) continue;
            if (member is not IMethodSymbol && MemberValues.TextOf(member) is { } own) yield return own;
            if (member is not IMethodSymbol method) continue;
            if (method.ReturnShapeText() is { } result) yield return result;
            foreach (IParameterSymbol parameter in method.Parameters)
                if (parameter.ShapeText() is { } text) yield return text;
        }
    }

    /// <summary>Names that the type compares with something: after that they are not any number any more.</summary>
    private static HashSet<string> Compared(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax().DescendantNodes())
            {
                switch (node)
                {
                    case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                        if (Name(comparison.Left) is { } left && Name(comparison.Right) is { } right) names.UnionWith([left, right]);
                        break;
                    case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: >= 2 } arguments } call
                        when call.Expression.ToString().EndsWith("ThrowIfNotEqual", StringComparison.Ordinal):
                        names.UnionWith(arguments.Take(2).Select(static a => Name(a.Expression)).OfType<string>());
                        break;
                }
            }
        }

        return names;
    }

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name,
        _ => null,
    };
}
