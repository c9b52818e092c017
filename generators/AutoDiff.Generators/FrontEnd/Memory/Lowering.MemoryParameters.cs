using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.FrontEnd;

// Parameters that are rectangular or jagged arrays, or lists: the function takes their elements, and what says where those are.
internal sealed partial class Lowering
{
    private readonly List<MemoryPart> _memories = [];

    /// <summary>Whether a method takes the elements of a parameter that is an interface of sequences. One that has a gradient has no place for it.</summary>
    private bool TakesSequence(IMethodSymbol target, IParameterSymbol parameter, bool isInactive)
    {
        if (parameter.RefKind != RefKind.None || IsOptional(parameter) || SequenceItem(parameter.Type) is not { } item || TypeMap.IsEnum(item)
            || UsesPair(target) || target.IsDispatched() || RulesOf(target) is not null) return false;
        bool? carriesDerivatives = TypeMap.Element(item) is ElementKind kind ? kind.IsFloating() : item.IsUnmanagedType ? StructTypes.Of(item, out _)?.IsDifferentiable : null;
        return carriesDerivatives is bool carries && (!carries || isInactive) && !IsHandedOn(target, parameter);
    }

    /// <summary>Whether a method does nothing with a parameter but hand it to methods that are not followed: they want the object, not its elements.</summary>
    private bool IsHandedOn(IMethodSymbol target, IParameterSymbol parameter)
    {
        if ((target.PartialImplementationPart ?? target).DeclaringSyntaxReferences is not [var reference, ..]) return false;
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        IdentifierNameSyntax[] uses = [.. syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == parameter.Name && n.Parent is not NameColonSyntax)];
        return uses.Length > 0 && uses.All(use => use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && compilation.ModelOf(syntax.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol called
            && (called.HasNoGradient() || called.DeclaringSyntaxReferences.IsEmpty && !called.ContainingType.IsIn("System.Linq")));
    }

    /// <summary>Declares such a parameter; null for every other one.</summary>
    private Place? DeclareMemory(IParameterSymbol parameter, PassingKind passing, bool isInactive, List<Parameter> parameters)
    {
        ITypeSymbol type = parameter.Type;
        (MemoryForm Form, BufferType Elements)? found = RectangularElement(type) is ElementKind number ? (MemoryForm.Rectangular, new BufferType(number, BufferKind.Span))
            : JaggedElement(type) is ElementKind item ? (MemoryForm.Jagged, new BufferType(item, BufferKind.Span))
            : ListElement(type) is { } listed && !TypeMap.IsEnum(listed) ? (MemoryForm.List, ItemsOf(listed, parameter.Locations[0]) with { Kind = BufferKind.Span })
            : TakesSequence(method, parameter, isInactive) ? (MemoryForm.Sequence, ItemsOf(SequenceItem(type)!, parameter.Locations[0]) with { Kind = BufferKind.ReadOnlySpan })
            : null;
        if (found is not var (form, memory)) return null;
        string? refused = passing != PassingKind.ByValue ? "pass it by value"
            : UsesPair(method) ? "a method with tensors or models takes a span and its lengths"
            : method.IsDispatched() && form != MemoryForm.Rectangular ? "a virtual method takes a span and its lengths, or a rectangular array"
            : null;
        if (refused is not null)
            throw Unsupported(FrontEndDescriptors.UnsupportedType, parameter.Locations[0], $"'{parameter.Name}'", type.ToDisplayString(), refused);

        int first = parameters.Count;
        Variable elements = New(parameter.Name, memory, !isInactive && memory.IsDifferentiable);
        var parts = new List<Variable> { elements };
        switch (form)
        {
            case MemoryForm.Rectangular:
                foreach (RectangularPart length in RectangularPart.Of(parameter).Skip(1)) parts.Add(New(length.Name, length.Type, false));
                break;
            case MemoryForm.Jagged:
                parts.Add(New(parameter.Name + "Starts", new BufferType(ElementKind.Int32, BufferKind.Span), false));
                parts.Add(New(parameter.Name + "Lengths", new BufferType(ElementKind.Int32, BufferKind.Span), false));
                break;
            case MemoryForm.Sequence:
                _memories.Add(new MemoryPart(parameter.Name, form, ParameterText(parameter), 1));
                return new VariablePlace(elements);
            default:
                Variable count = NewVariable("", IrType.Int32);
                _state[count] = LengthOf(_state[elements]!);
                _memories.Add(new MemoryPart(parameter.Name, form, ParameterText(parameter), 1));
                return new AggregatePlace(type, [new VariablePlace(elements), new VariablePlace(count)]) { HasFixedLength = true };
        }

        _memories.Add(new MemoryPart(parameter.Name, form, ParameterText(parameter), parameters.Count - first));
        return new AggregatePlace(type, parts.Select(static p => (Place)new VariablePlace(p)).ToImmutableArray()) { HasFixedLength = true };

        Variable New(string name, IrType partType, bool differentiable)
        {
            name = RectangularPart.Named(name, parameter);
            Value value = _values.New(partType, name);
            if (form is MemoryForm.List or MemoryForm.Sequence && partType is BufferType) NoteMemory(value, parameter);
            parameters.Add(new Parameter(value, name, PassingKind.ByValue, partType is BufferType buffer ? $"global::System.{(form == MemoryForm.Sequence ? "ReadOnlySpan" : "Span")}<{buffer.ElementText}>" : "int", differentiable));
            Variable variable = NewVariable(name, partType);
            _state[variable] = value;
            _locations.AddValue(value.Id, parameter.Locations[0]);
            return variable;
        }
    }
}
