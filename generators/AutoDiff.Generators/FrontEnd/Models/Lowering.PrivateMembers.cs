using AutoDiff.Generators.Models;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Members that generated code cannot name: private fields of an object whose method is inlined. Generated code reads them by a hidden property where their class is partial, and by an accessor
// that the runtime resolves (`UnsafeAccessor`) where it is not.
internal sealed partial class Lowering
{
    /// <summary>The name by which generated code reads a member; null where it has none.</summary>
    private string? NameFor(ISymbol member)
    {
        INamedTypeSymbol within = method.ContainingType;
        if (compilation.IsSymbolAccessibleWithin(member, within)) return member.Name;
        if (member.ContainingType is not { TypeKind: TypeKind.Class } type || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            || !compilation.IsSymbolAccessibleWithin(type, within) || HeldType(member) is not { } held || !compilation.IsSymbolAccessibleWithin(held, compilation.Assembly)) return null;
        bool hasRoom = ContainerChecks.HasRoom(type, cancellation);
        if (!hasRoom && (member.IsStatic || type.IsGenericType || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))) return null;
        _captured.Add(member.OriginalDefinition);
        return ModelNames.CapturedPrefix + member.Name + (hasRoom ? "" : "()");
    }

    private static ITypeSymbol? HeldType(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true } property => property.Type,
        _ => null,
    };

    private string NameFor(ISymbol member, IOperation at) => NameFor(member) ?? throw Unsupported(
        FrontEndDescriptors.OutsideState, at, member.Name, $"generated code cannot name it; make it internal, or '{member.ContainingType.Name}' partial");
}
