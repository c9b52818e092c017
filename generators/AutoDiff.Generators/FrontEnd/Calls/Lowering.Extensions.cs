using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Members of an extension block: their bodies take the place of calls, and the parameter of the block stands for the receiver.
internal sealed partial class Lowering
{
    // The type that the compiler makes of a block has no name that one could write.
    private static bool IsInExtensionBlock(ISymbol member) => member.ContainingType is { CanBeReferencedByName: false, ContainingType.IsStatic: true, TypeKind: not (TypeKind.Class or TypeKind.Struct) };

    /// <summary>A method of an extension block; null for others.</summary>
    private Operand? ExtensionCall(IInvocationOperation call)
        => call.Instance is { } instance && IsInExtensionBlock(call.TargetMethod) ? Extension(call.TargetMethod, instance, InOrder(call).Select(Visit).ToImmutableArray(), call) : null;

    /// <summary>A property of an extension block; null for others.</summary>
    private Operand? ExtensionProperty(IPropertyReferenceOperation property)
        => property.Instance is { } instance && property.Property.GetMethod is { } getter && IsInExtensionBlock(property.Property) ? Extension(getter, instance, [], property) : null;

    private Operand Extension(IMethodSymbol member, IOperation instance, ImmutableArray<Operand> operands, IOperation at)
    {
        if (BodyOf(member, at) is not { Body: var body })
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, member.Name, "its source is not in this project; write a method that takes the value");
        foreach (IParameterReferenceOperation use in body.Descendants().OfType<IParameterReferenceOperation>())
        {
            if (SymbolEqualityComparer.Default.Equals(use.Parameter.ContainingSymbol, member)) continue;
            if (use.Parameter.RefKind is not (RefKind.None or RefKind.In)) throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, member.Name, "it changes its receiver; write a method with a ref parameter");
            Operand receiver = Convert(Visit(instance), use.Parameter.Type, at);
            Place own = IsReferent(receiver) ? Slot("", use.Parameter.Type) : Declare(use.Parameter.Type, "", at);
            Write(own, receiver, at);
            _places[use.Parameter] = own;
            break;
        }

        return Inline(member, body, operands, at);
    }
}
