using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// Names that refer to an array or to null: the memory, which has no elements where there is none, and whether there is none.
internal sealed partial class Lowering
{
    /// <summary>Whether memory that such a name stands for is missing, by its value.</summary>
    private readonly Dictionary<int, Value> _missing = [];

    /// <summary>A name for an array that may be null, as its type says or what it begins with; null for other names.</summary>
    private NullableMemoryPlace? NullableMemory(ITypeSymbol type, string name, Location at, Operand? first = null)
        => TypeMap.Buffer(type) is (_, BufferKind.Array) && (first is NullOperand || type.NullableAnnotation == NullableAnnotation.Annotated || first is ValueOperand { Value: var value } && _missing.ContainsKey(value.Id))
            && first is null or NullOperand or ValueOperand { Value.Type: BufferType } && ScalarOrBuffer(type, at) is BufferType memory
            ? new NullableMemoryPlace(NewVariable(name, memory), NewVariable("", IrType.Bool)) : null;

    private Operand ReadMemory(NullableMemoryPlace place, IOperation at)
    {
        Operand memory = Read(new VariablePlace(place.Memory), at);
        if (_state[place.IsMissing] is { } missing && KnownTruth(missing) != false) _missing[Single(memory, at).Id] = missing;
        return memory;
    }

    private void WriteMemory(NullableMemoryPlace place, Operand operand, IOperation at)
    {
        Value missing = IsNull(operand), memory = operand is NullOperand ? _builder.Zero(place.Memory.Type!) : Single(operand, at);
        Assign(place.Memory, memory, at);
        Assign(place.IsMissing, missing, at);
    }

    /// <summary>Throws where memory that is used may be null.</summary>
    private void ThrowIfMissing(Value memory, IOperation at)
    {
        if (_missing.TryGetValue(memory.Id, out Value? missing)) Branch(missing, at, () => { ThrowNull(); return null; }, static () => null);
    }

    /// <summary>Whether one side of a choice is null, or may be, and the other memory.</summary>
    private bool IsNullableMemory(Operand a, Operand b)
        => a is ValueOperand { Value: { Type: BufferType } x } && (b is NullOperand || b is ValueOperand { Value.Type: BufferType } && _missing.ContainsKey(x.Id))
            || b is ValueOperand { Value: { Type: BufferType } y } && (a is NullOperand || a is ValueOperand { Value.Type: BufferType } && _missing.ContainsKey(y.Id));

    /// <summary>Whether memory is missing on one side of a choice.</summary>
    private Value IsMissing(Operand operand, InstructionBuilder builder)
        => operand is not ValueOperand { Value: var memory } ? builder.Bool(true)
            : _missing.TryGetValue(memory.Id, out Value? missing) || _optional.TryGetValue(memory.Id, out missing) ? missing : builder.Bool(false);
}
