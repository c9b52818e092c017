using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>Value types as <see cref="StructType"/>s: how code in a certain type takes them apart and builds them.</summary>
/// <param name="compilation">Tells what is accessible.</param>
/// <param name="within">The type that generated code is in.</param>
/// <param name="typeText">How a type is written there.</param>
internal sealed class StructTypes(Compilation compilation, INamedTypeSymbol within, Func<ITypeSymbol, string> typeText, CancellationToken cancellation)
{
    /// <summary>The struct type, or why there is none.</summary>
    public StructType? Of(ITypeSymbol type, out string problem)
    {
        problem = "";
        if (Components.Of(type) is not { } symbols) return null;
        if (type.IsRefLikeType)
        {
            problem = $"'{type.Name}' is a ref struct, of which there are no tuples with gradients: pass what it holds";
            return null;
        }

        var components = new List<StructComponent>();
        foreach (Component symbol in symbols)
        {
            if (Component(type, symbol, out problem) is not { } component) return null;
            components.Add(component);
        }

        if (type.IsTupleType) return new StructType(typeText(type), StructForm.Tuple, components.ToEquatable(), []);
        if (Components.IsNullable(type)) return new StructType(typeText(type), StructForm.Nullable, components.ToEquatable(), []);
        int[]? arguments = TrivialConstructors.Find((INamedTypeSymbol)type, symbols, compilation, within, cancellation);
        for (int k = 0; k < components.Count; k++)
        {
            if (components[k].Access != ComponentAccess.Construct || arguments?.Contains(k) == true) continue;
            problem = $"'{symbols[k].Name}' of '{type.Name}' cannot be set from '{within.Name}': give it 'init', or '{type.Name}' a constructor that only "
                + "assigns its parameters";
            return null;
        }

        // An initializer says what is what; a constructor is for what it alone can set, and for positional records.
        bool isNeeded = type.IsRecord || components.Any(static c => c.Access == ComponentAccess.Construct)
            || arguments is not null && arguments.Length == components.Count && type.DeclaringSyntaxReferences.IsEmpty;
        return new StructType(typeText(type), StructForm.Object, components.ToEquatable(), isNeeded && arguments is not null ? [.. arguments] : []);
    }

    private StructComponent? Component(ITypeSymbol owner, Component symbol, out string problem)
    {
        problem = "";
        IrType? type = TypeMap.IsEnum(symbol.Type) ? null : TypeMap.ScalarOrBuffer(symbol.Type);
        if (type is null && Components.Of(symbol.Type) is not null)
        {
            type = Of(symbol.Type, out problem);
            if (type is null) return null;
        }

        type ??= new OpaqueType(typeText(symbol.Type));
        bool differentiable = type.IsDifferentiable && !symbol.HasNoGradient;
        if (type is BufferType && differentiable)
        {
            problem = $"'{symbol.Name}' of '{owner.Name}' is memory that a struct only refers to: pass it as a parameter of its own, or mark it [NoGradient]";
            return null;
        }

        ISymbol? read = IsReadable(symbol.Member) ? symbol.Member
            : TrivialConstructors.Reader(owner, symbol, compilation, cancellation) is { } property && IsReadable(property) ? property
            : null;
        if (read is null)
        {
            problem = symbol.Member is IParameterSymbol ? $"'{owner.Name}' keeps its constructor parameter '{symbol.Name}' without a name: give it a property that is initialized with it"
                : $"'{symbol.Name}' of '{owner.Name}' cannot be read from '{within.Name}': make it public or internal, or a property that returns it";
            return null;
        }

        string name = Components.IsNullable(owner) && symbol.Name == "Value" ? "GetValueOrDefault()" : read.Name;
        bool required = symbol.Member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
        return new StructComponent(name, type, AccessOf(symbol.Member), differentiable, required);
    }

    private bool IsReadable(ISymbol member)
        => member is not IParameterSymbol && IsAccessible(member) && (member is not IPropertySymbol property || property.GetMethod is { } getter && IsAccessible(getter));

    private ComponentAccess AccessOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsReadOnly: false } field when IsAccessible(field) => ComponentAccess.Field,
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } when IsAccessible(setter) => ComponentAccess.Set,
        IPropertySymbol { SetMethod: { } setter } when IsAccessible(setter) => ComponentAccess.Initialize,
        _ => ComponentAccess.Construct,
    };

    private bool IsAccessible(ISymbol member) => compilation.IsSymbolAccessibleWithin(member, within);
}
