using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

public sealed partial class ReverseTransform
{
    /// <summary>Whether a call has a pullback in the backward part: it takes something active to something active.</summary>
    private bool IsDifferentiated(Call call)
        => call.Callee.IsDifferentiable
            && call.Results.Concat(call.WrittenBuffers()).Any(r => r.Type.IsDifferentiable && _activity.IsActive(r))
            && call.Callee.Arguments(call.Inputs).Any(a => a.Parameter.IsDifferentiable && _activity.IsActive(a.Operand));

    /// <summary>
    /// What a pullback is called with: the operands as they were at the call. Memory that the function writes is copied before it, if the pullback looks at it; a number
    /// that it does not look at need not be kept.
    /// </summary>
    private EquatableArray<Value> PullbackInputs(Call call, List<Instruction> before)
        => call.Callee.Arguments(call.Inputs).Select(a => a.Parameter.IsNeeded ? Snapshot(a.Operand, before) : Placeholder(a.Operand, before)).ToEquatable();

    private Value Placeholder(Value operand, List<Instruction> before)
    {
        if (operand.Type is not ScalarType) return operand;
        Value zero = _values.New(operand.Type);
        before.Add(new Constant(zero, 0));
        return zero;
    }

    private Value Snapshot(Value operand, List<Instruction> before)
    {
        if (operand.Type is not BufferType type || (!_buffers.IsWritten(operand) && !_buffers.IsChosen(operand))) return operand;
        Value length = _values.New(IrType.Int32), copy = _values.New(type with { Kind = BufferKind.Array }, operand.Name.Length == 0 ? "" : operand.Name + "AtCall");
        before.Add(new BufferLength(length, operand));
        before.Add(new AllocateBuffer(copy, length));
        before.Add(new CopyBuffer(copy, operand));
        return copy;
    }

    private void ReverseCall(Call call, InstructionBuilder builder, AdjointMap adjoints)
    {
        if (!IsDifferentiated(call)) return;
        var arguments = call.Callee.Arguments(call.Inputs).Where(static a => a.Parameter.IsDifferentiable).ToList();
        var cotangents = call.Results.Where(static r => r.Type.IsDifferentiable).ToList();

        // A recorded call leaves residuals which its pullback has to take back, even where nothing depends on the call in the end.
        if (cotangents.All(r => adjoints[r] is null) && !call.IsRecording && !call.WrittenBuffers().Any(_activity.IsActive)) return;
        EquatableArray<Value> seeds = cotangents.Select(r => adjoints.OrZero(builder, r)).ToEquatable();
        List<Value> gradientsOf = arguments.Where(static a => a.Parameter.Type is ScalarType).Concat(arguments.Where(static a => a.Parameter.Type is TensorType))
            .Select(static a => a.Operand).ToList();
        EquatableArray<Value> gradients = gradientsOf.Select(v => _values.New(v.Type, v.Name.Length == 0 ? "" : "d" + v.Name)).ToEquatable();
        EquatableArray<Value> shadows = arguments.Where(static a => a.Parameter.Type is BufferType).Select(a => ShadowOf(a.Operand, builder)).ToEquatable();
        EquatableArray<Value> inputs = _pullbackInputs[call].Zip(call.Callee.Arguments(call.Inputs), (input, a)
            => !a.Parameter.IsNeeded && IsGone(input) ? Scratch(input, builder) : input).ToEquatable();
        builder.Append(new CallPullback(gradients, call.Callee, inputs, call.Dimensions, seeds, shadows));
        for (int k = 0; k < gradients.Length; k++)
            if (_activity.IsActive(gradientsOf[k])) adjoints.Add(builder, gradientsOf[k], gradients[k]);
    }

    /// <summary>The shadow of an operand; a scratch buffer where the operand is inactive here, since the callee computes its gradient all the same.</summary>
    private Value ShadowOf(Value buffer, InstructionBuilder builder)
    {
        if (_activity.IsActive(buffer) && _shadows.TryGetValue(buffer.Id, out Value? shadow)) return shadow;
        return Scratch(buffer, builder);
    }

    /// <summary>Whether the operand is a span that a branch or an iteration has made or chosen: unlike an array it cannot be kept for the backward part.</summary>
    private bool IsGone(Value operand)
        => operand.Type is BufferType { Kind: not BufferKind.Array } && (_buffers.IsChosen(operand) || _nested.Contains(_buffers.Root(operand).Id));

    /// <summary>The allocations inside branches and loops.</summary>
    private static HashSet<int> NestedAllocations(Region body)
    {
        var found = new HashSet<int>();
        foreach (Region region in body.Body.SelectMany(static i => i.Regions)) Visit(region);
        return found;

        void Visit(Region region)
        {
            foreach (Instruction instruction in region.Body)
            {
                if (instruction is AllocateBuffer allocate) found.Add(allocate.Result.Id);
                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }
    }

    /// <summary>Memory as long as the operand, whose elements nobody looks at.</summary>
    private Value Scratch(Value operand, InstructionBuilder builder)
    {
        Value length = _origins.LengthOf(operand, builder), scratch = _values.New((BufferType)operand.Type with { Kind = BufferKind.Span }, "unused");
        builder.Append(new AllocateBuffer(scratch, length));
        return scratch;
    }
}
