using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>The pooled memory of the member: <see cref="AllocateBuffer"/> rents from it.</summary>
    public string? ScratchName { get; init; }

    private void EmitMemory(Site site, Instruction instruction)
    {
        switch (instruction)
        {
            case Store store:
                EmitStore(store);
                break;
            case Accumulate accumulate:
                EmitAccumulate(accumulate);
                break;
            case AllocateBuffer allocate:
                Define(site, allocate.Result, Allocation(allocate));
                if (allocate is { IsOnStack: true, IsEarly: false }) context.Statement($"{context.Use(allocate.Result)}.Clear();");
                break;
            case SliceBuffer slice:
                Define(site, slice.Result, context.View(slice, Span(slice.Buffer)));
                break;
            case CopyBuffer copy:
                context.Statement(copy, $"{Span(copy.Source)}.CopyTo({context.Use(copy.Destination)});");
                break;
            case FillBuffer fill when context.ConstantOf(fill.Operand) is { Bits: 0 }:
                context.Statement(fill, $"{Span(fill.Buffer)}.Clear();");
                break;
            case FillBuffer fill:
                context.Statement(fill, $"{Span(fill.Buffer)}.Fill({context.Brief(fill.Operand)});");
                break;
            case Throw exception:
                context.Statement(exception, exception.Statement(context.Use) + ";");
                break;
            default:
                throw new NotSupportedException($"emission does not know {instruction.GetType().Name}");
        }
    }

    private void Define(Site site, Value result, string right)
    {
        Variable variable = Plan.VariableOf(result);
        bool declares = Declares(variable, site);
        string name = declares ? context.Declare(variable, result) : context.NameOf(variable);
        context.Statement(site.Instruction!, declares ? $"{context.TypeText(result.Type)} {name} = {right};" : $"{name} = {right};");
    }

    // a[i] = a[i] + v is a[i] += v.
    private void EmitStore(Store store)
    {
        string element = context.Element(store.Buffer, store.Index, store.Path).Text;
        if (Rebuilt(store.Buffer, store.Index, store.Path, context.Brief(store.Operand).Text) is string rebuilt)
        {
            context.Statement(store, rebuilt);
            return;
        }

        if (Plan.Folding.IsFolded(store.Operand) && !context.IsBound(store.Operand)
            && Plan.Layout.InstructionOf(store.Operand) is Apply { Operation: Elementwise { Op: var op } } apply && ScalarText.CompoundOperator(op) is string text)
        {
            Value? operand = IsElement(apply.Inputs[0]) ? apply.Inputs[1]
                : op is ScalarOp.Add or ScalarOp.Multiply && IsElement(apply.Inputs[1]) ? apply.Inputs[0] : null;
            if (operand is not null)
            {
                (string sign, string right) = Operand(op, text, operand);
                context.Statement(store, Update(element, sign, right));
                return;
            }
        }

        context.Statement(store, $"{element} = {context.Brief(store.Operand)};");

        bool IsElement(Value value) => Plan.Folding.IsFolded(value) && Plan.Layout.InstructionOf(value) is Load load
            && load.Buffer.Id == store.Buffer.Id && load.Path == store.Path && context.Use(load.Index) == context.Use(store.Index);
    }

    private void EmitAccumulate(Accumulate accumulate)
    {
        string element = context.Element(accumulate.Buffer, accumulate.Index, accumulate.Path).Text;
        (string sign, string right) = Operand(ScalarOp.Add, "+", accumulate.Operand);
        if (Rebuilt(accumulate.Buffer, accumulate.Index, accumulate.Path, $"{element} {sign} {context.Brief(sign == "-" ? context.NegatedOf(accumulate.Operand)! : accumulate.Operand).Within(Precedence.Multiplicative)}") is string rebuilt)
        {
            context.Statement(accumulate, rebuilt);
            return;
        }

        context.Statement(accumulate, $"{element} {sign}= {right};");
    }

    // A leaf that cannot be assigned is replaced with the whole element.
    private string? Rebuilt(Value buffer, Value index, string path, string value)
        => ((BufferType)buffer.Type).Struct is { } type && !StructText.IsAssignable(type, path)
            ? context.Element(buffer, index).Text + $" = {StructText.With(type, context.Element(buffer, index).Text, path, value)};"
            : null;

    private string Allocation(AllocateBuffer allocate)
    {
        string element = context.ElementText(allocate.Result.Type), length = context.Use(allocate.Length);
        if (allocate.IsOnStack) return $"stackalloc {element}[{length}]";
        return allocate.Result.Type is BufferType { Kind: BufferKind.Array } || ScratchName is null
            ? $"new {element}[{length}]"
            : $"{ScratchName}.Rent{(allocate.IsEarly ? "Early" : "")}<{element}>({length})";
    }

    // Arrays have no members to copy, fill and cut; their spans have.
    private string Span(Value buffer)
        => buffer.Type is BufferType { Kind: BufferKind.Array } ? $"new global::System.Span<{context.ElementText(buffer.Type)}>({context.Use(buffer)})" : context.Receiver(buffer);
}
