using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

// Memory of structs that holds tangents or adjoints: an element becomes as many neighbouring numbers (or vectors of lanes) as it has leaves with derivatives, in the order of
// their declaration. A number of it is then a column or a row of the matrix by its index, as of memory of numbers.
public sealed partial class Widening
{
    /// <summary>The one kind of number that the leaves with derivatives have; null where they have several, and the memory stays one of structs.</summary>
    public static ElementKind? NumberOf(StructType type)
    {
        ElementKind[] kinds = [.. type.Leaves.Where(static l => l.IsDifferentiable).Select(static l => ((ScalarType)l.Type).Kind).Distinct()];
        return kinds.Length == 1 ? kinds[0] : null;
    }

    /// <summary>How many numbers with derivatives an element of memory has.</summary>
    public static int NumbersOf(BufferType type) => type.Leaves.Count(static l => l.IsDifferentiable);

    private static bool IsFlat(IrType type) => type is BufferType { Struct: { } structs } && NumberOf(structs) is not null;

    private bool IsFlat(Value buffer) => IsFlat(buffer.Type) && IsWide(buffer);

    /// <summary>The same instruction on numbers; lanes are not there yet.</summary>
    private Instruction Flat(Instruction instruction, InstructionBuilder builder)
    {
        switch (instruction)
        {
            case Load load when IsFlat(load.Buffer):
                return load with { Index = Place(load.Buffer, load.Index, load.Path, builder), Path = "" };
            case Store store when IsFlat(store.Buffer):
                return store with { Index = Place(store.Buffer, store.Index, store.Path, builder), Path = "" };
            case Accumulate accumulate when IsFlat(accumulate.Buffer):
                return accumulate with { Index = Place(accumulate.Buffer, accumulate.Index, accumulate.Path, builder), Path = "" };
            case AllocateBuffer allocate when IsFlat(allocate.Result):
                return allocate with { Length = Times(allocate.Result, allocate.Length, builder) };
            case SliceBuffer slice when IsFlat(slice.Buffer):
                return slice with { Start = Times(slice.Buffer, slice.Start, builder), Length = Times(slice.Buffer, slice.Length, builder) };
            case BufferLength length when IsFlat(length.Buffer):
                Value numbers = builder.Values.New(length.Result.Type);
                builder.Append(length with { Result = numbers, Buffer = Map(length.Buffer) });
                return new Apply(length.Result, new Elementwise(ScalarOp.Divide), [numbers, builder.Int(NumbersOf((BufferType)length.Buffer.Type))]) { Step = length.Step };
            default:
                return instruction;
        }
    }

    private static Value Times(Value buffer, Value count, InstructionBuilder builder)
        => NumbersOf((BufferType)buffer.Type) is int numbers and > 1 ? builder.Scalar(ScalarOp.Multiply, count, builder.Int(numbers)) : count;

    private static Value Place(Value buffer, Value index, string path, InstructionBuilder builder)
    {
        StructLeaf[] numbers = [.. ((BufferType)buffer.Type).Leaves.Where(static l => l.IsDifferentiable)];
        int leaf = Array.FindIndex(numbers, l => l.Path == path);
        if (leaf < 0) throw new NotSupportedException($"'{path}' has no derivative");
        Value first = Times(buffer, index, builder);
        return leaf == 0 ? first : builder.Scalar(ScalarOp.Add, first, builder.Int(leaf));
    }
}
