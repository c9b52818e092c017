using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

public sealed partial class Interpreter
{
    private void RunMemory(Instruction instruction, Frame frame)
    {
        switch (instruction)
        {
            case Load load:
                Define(frame, load.Result, new InterpretedScalar(frame.Buffer(load.Buffer)[frame.Scalar(load.Index).Integer]));
                break;
            case Store store:
                frame.Buffer(store.Buffer)[frame.Scalar(store.Index).Integer] = frame.Scalar(store.Operand);
                break;
            case Accumulate accumulate:
                InterpretedBuffer sums = frame.Buffer(accumulate.Buffer);
                long index = frame.Scalar(accumulate.Index).Integer;
                sums[index] = Round(sums[index] + frame.Scalar(accumulate.Operand), accumulate.Buffer.Element);
                break;
            case AllocateBuffer allocate:
                long length = frame.Scalar(allocate.Length).Integer;
                if (allocate.IsEarly) length = Math.Max(length, 0);
                if (length < 0) throw new InterpretationException($"a buffer of {length} elements");
                frame.Define(allocate.Result, new InterpretedBuffer(new Number[length], 0, (int)length));
                break;
            case SliceBuffer slice:
                frame.Define(slice.Result, frame.Buffer(slice.Buffer)
                    .Slice(frame.Scalar(slice.Start).Integer, frame.Scalar(slice.Length).Integer));
                break;
            case BufferLength count:
                frame.Define(count.Result, new InterpretedScalar((long)frame.Buffer(count.Buffer).Length));
                break;
            case CopyBuffer copy:
                CopyBuffer(frame.Buffer(copy.Destination), frame.Buffer(copy.Source));
                break;
            case FillBuffer fill:
                InterpretedBuffer filled = frame.Buffer(fill.Buffer);
                for (int i = 0; i < filled.Length; i++) filled[i] = frame.Scalar(fill.Operand);
                break;
            case AccumulateParameter accumulate:
                AccumulateParameter((InterpretedModel)frame[accumulate.Model], accumulate.Parameter,
                    OperationFunctions.Tensor(frame[accumulate.Operand]));
                break;
            case Throw exception:
                throw new InterpretationException("the method throws: " + exception.Statement(v => frame.Scalar(v).ToString()));
            case NewTape tape:
                frame.Define(tape.Result, new InterpretedTape());
                break;
            case Push push:
                ((InterpretedTape)frame[push.Tape]).Items.Push(frame[push.Operand]);
                break;
            case Pop pop:
                Stack<InterpretedValue> items = ((InterpretedTape)frame[pop.Tape]).Items;
                frame.Define(pop.Result, items.Count > 0 ? items.Pop()
                    : throw new InterpretationException($"the tape {pop.Tape} is empty"));
                break;
            case ReserveTape reserve:
                int room = (int)Math.Max(0, frame.Scalar(reserve.End).Integer - frame.Scalar(reserve.First).Integer);
                var run = new InterpretedBuffer(new Number[room], 0, room);
                ((InterpretedTape)frame[reserve.Tape]).Items.Push(run);
                frame.Define(reserve.Result, run);
                break;
            case ReleaseTape release:
                long expected = Math.Max(0, frame.Scalar(release.End).Integer - frame.Scalar(release.First).Integer);
                frame.Define(release.Result, ((InterpretedTape)frame[release.Tape]).Items.Pop() is InterpretedBuffer saved && saved.Length == expected ? saved
                    : throw new InterpretationException($"the tape {release.Tape} does not end with {expected} residuals"));
                break;
            default:
                throw new InterpretationException($"the instruction {instruction.GetType().Name} is not known to the interpreter");
        }
    }

    /// <summary>As <c>Span.CopyTo</c>: the destination may be longer, and may overlap.</summary>
    private static void CopyBuffer(InterpretedBuffer destination, InterpretedBuffer source)
    {
        if (destination.Length < source.Length)
            throw new InterpretationException($"{source.Length} elements do not fit a buffer of {destination.Length}");
        InterpretedBuffer copy = source.Copy();
        for (int i = 0; i < copy.Length; i++) destination[i] = copy[i];
    }

    private void AccumulateParameter(InterpretedModel model, string parameter, InterpretedTensor operand)
    {
        model.Gradients[parameter] = model.Gradients.TryGetValue(parameter, out InterpretedTensor? sum)
            ? new InterpretedTensor(sum.Shape, sum.Elements.Zip(operand.Elements, static (a, b) => a + b).ToArray())
            : operand;
    }
}
