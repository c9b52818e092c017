using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

internal sealed partial class RandomProgram
{
    private static readonly ScalarOp[] Bounded =
    [
        ScalarOp.Sin, ScalarOp.Cos, ScalarOp.Tanh, ScalarOp.Atan, ScalarOp.Sigmoid, ScalarOp.Erf, ScalarOp.NormalCdf, ScalarOp.Abs,
            ScalarOp.Negate,
        ScalarOp.Relu, ScalarOp.Gelu, ScalarOp.GeluTanh, ScalarOp.Silu, ScalarOp.Softplus, ScalarOp.Asinh, ScalarOp.Floor, ScalarOp.Sign,
            ScalarOp.Erfc,
    ];

    private static readonly ScalarOp[] Pairs =
    [
        ScalarOp.Add, ScalarOp.Subtract, ScalarOp.Max, ScalarOp.Min, ScalarOp.CopySign, ScalarOp.Atan2, ScalarOp.Hypot, ScalarOp.Add,
            ScalarOp.Subtract,
    ];

    private static readonly ScalarOp[] Comparisons = [ScalarOp.Less, ScalarOp.LessOrEqual, ScalarOp.Greater, ScalarOp.GreaterOrEqual];

    private void Statement(InstructionBuilder b, Variables scope, int depth)
    {
        _budget--;
        if (depth == 0) _function.Step($"statement {-_budget}");
        switch (_random.Next(depth < 3 ? 20 : 14))
        {
            case 0 or 1 or 2 or 3 or 4:
                Compute(b, scope);
                break;
            case 5:
                Truth(b, scope);
                break;
            case 6:
                Integer(b, scope);
                break;
            case 7 or 8:
                if (scope.Buffers.Count > 0) scope.Floats.Add(Element(b, scope, Pick(scope.Buffers)));
                else Compute(b, scope);
                break;
            case 9 or 10:
                WriteElement(b, scope);
                break;
            case 11:
                NewBuffer(b, scope);
                break;
            case 12:
                WholeBuffer(b, scope);
                break;
            case 13:
                Invoke(b, scope);
                break;
            case 14 or 15:
                Branch(b, scope, depth);
                break;
            case 16 or 17 or 18:
                Count(b, scope, depth);
                break;
            default:
                Repeat(b, scope, depth);
                break;
        }
    }

    private void Compute(InstructionBuilder b, Variables scope)
    {
        Value x = Pick(scope.Floats), y = Pick(scope.Floats);
        scope.Floats.Add(_random.Next(12) switch
        {
            0 or 1 => b.Scalar(Pick(Bounded), x),
            2 or 3 => b.Scalar(Pick(Pairs), x, y),
            4 => b.Scalar(ScalarOp.Multiply, x, b.Scalar(ScalarOp.Sin, y)),
            5 => b.Scalar(ScalarOp.Divide, x, b.Scalar(ScalarOp.Add, b.Constant(IrType.Double, 1), b.Scalar(ScalarOp.Square, y))),
            6 => b.Scalar(Pick([ScalarOp.Sqrt, ScalarOp.Log, ScalarOp.Cbrt, ScalarOp.LogGamma]),
                b.Scalar(ScalarOp.Add, b.Constant(IrType.Double, 1.25), b.Scalar(ScalarOp.Square, x))),
            7 => b.Scalar(ScalarOp.Exp, b.Scalar(ScalarOp.Negate, b.Scalar(ScalarOp.Square, x))),
            8 => b.Scalar(ScalarOp.Pow, b.Scalar(ScalarOp.Add, b.Constant(IrType.Double, 1.5), b.Scalar(ScalarOp.Sin, x)),
                b.Scalar(ScalarOp.Tanh, y)),
            9 => b.Constant(IrType.Double, Real()),
            10 => b.Scalar(ScalarOp.Select, AnyTruth(b, scope), x, y),
            _ => b.Convert(b.Convert(b.Scalar(ScalarOp.FusedMultiplyAdd, b.Scalar(ScalarOp.Tanh, x), y, Pick(scope.Floats)),
                ElementKind.Single), ElementKind.Double),
        });
    }

    private void Truth(InstructionBuilder b, Variables scope)
        => scope.Truths.Add(_random.Next(3) switch
        {
            0 when scope.Truths.Count > 1 => b.Scalar(
                Pick([ScalarOp.And, ScalarOp.Or, ScalarOp.Xor]), Pick(scope.Truths), Pick(scope.Truths)),
            1 when scope.Truths.Count > 0 => b.Scalar(ScalarOp.Not, Pick(scope.Truths)),
            _ => b.Scalar(Pick(Comparisons), Pick(scope.Floats), Pick(scope.Floats)),
        });

    private void Integer(InstructionBuilder b, Variables scope)
    {
        if (scope.Integers.Count == 0) scope.Integers.Add(b.Int(_random.Next(5)));
        else if (Chance(2)) scope.Integers.Add(Next(b, Pick(scope.Integers)));
        else if (scope.Buffers.Count == 0)
            scope.Integers.Add(b.Scalar(ScalarOp.Select, AnyTruth(b, scope), Pick(scope.Integers), b.Int(2)));
        else
        {
            Value length = _function.Values.New(IrType.Int32);
            b.Append(new BufferLength(length, Pick(scope.Buffers).Value));
            scope.Integers.Add(length);
        }

        // Integers become floats too, inactive ones.
        if (Chance(3)) scope.Floats.Add(b.Convert(Pick(scope.Integers), ElementKind.Double));
    }

    /// <summary>(3k + 1) mod 7: an integer that is no affine function of anything.</summary>
    private static Value Next(InstructionBuilder b, Value k)
        => b.Scalar(ScalarOp.Remainder, b.Scalar(ScalarOp.Add, b.Scalar(ScalarOp.Multiply, k, b.Int(3)), b.Int(1)), b.Int(7));

    private Value AnyTruth(InstructionBuilder b, Variables scope)
    {
        if (scope.Truths.Count == 0 || Chance(3)) scope.Truths.Add(b.Scalar(Pick(Comparisons), Pick(scope.Floats), Pick(scope.Floats)));
        return Pick(scope.Truths);
    }

    private Value Index(InstructionBuilder b, Variables scope, int length)
        => scope.Integers.Count == 0 || Chance(4) ? b.Int(_random.Next(length))
            : b.Scalar(ScalarOp.Remainder, Pick(scope.Integers), b.Int(length));

    private Value Element(InstructionBuilder b, Variables scope, Memory memory) => b.Load(memory.Value, Index(b, scope, memory.Length));

    private void WriteElement(InstructionBuilder b, Variables scope)
    {
        Memory[] writable = scope.Buffers.Where(static m => m.IsWritable).ToArray();
        if (writable.Length == 0)
        {
            NewBuffer(b, scope);
            return;
        }

        Memory memory = Pick(writable);
        Value index = Index(b, scope, memory.Length), x = Pick(scope.Floats);
        Value operand = _random.Next(3) switch
        {
            0 => x,
            1 => b.Scalar(ScalarOp.Add, b.Load(memory.Value, index), x),
            _ => b.Scalar(ScalarOp.Multiply, b.Load(memory.Value, index), b.Scalar(ScalarOp.Tanh, x)),
        };
        b.Append(new Store(memory.Value, index, operand));
    }

    private void NewBuffer(InstructionBuilder b, Variables scope)
    {
        if (scope.Buffers.Count > 0 && Chance(2))
        {
            Memory memory = Pick(scope.Buffers);
            int start = _random.Next(memory.Length), length = _random.Next(1, memory.Length - start + 1);
            BufferKind kind = memory.IsWritable && !Chance(4) ? BufferKind.Span : BufferKind.ReadOnlySpan;
            Value view = _function.Values.New(new BufferType(ElementKind.Double, kind), "view");
            b.Append(new SliceBuffer(view, memory.Value, b.Int(start), b.Int(length)));
            scope.Buffers.Add(new Memory(view, length));
        }
        else
        {
            int length = _random.Next(2, 5);
            Value local = _function.Values.New(new BufferType(ElementKind.Double, BufferKind.Array), "local");
            b.Append(new AllocateBuffer(local, b.Int(length)));
            scope.Buffers.Add(new Memory(local, length));
        }
    }

    private void WholeBuffer(InstructionBuilder b, Variables scope)
    {
        Memory[] writable = scope.Buffers.Where(static m => m.IsWritable).ToArray();
        if (writable.Length == 0) NewBuffer(b, scope);
        else if (Chance(2)) b.Append(new FillBuffer(Pick(writable).Value, Pick(scope.Floats)));
        else
        {
            Memory destination = Pick(writable);
            Memory[] sources = scope.Buffers.Where(m => m.Length <= destination.Length).ToArray();
            b.Append(new CopyBuffer(destination.Value, Pick(sources).Value));
        }
    }

    private void Invoke(InstructionBuilder b, Variables scope)
    {
        if (_callable.Count == 0)
        {
            Compute(b, scope);
            return;
        }

        Callee callee = Pick(_callable);
        var inputs = new List<Value>();
        var used = new HashSet<int>();
        foreach (CalleeParameter parameter in callee.Parameters.Where(static p => p.Passing != PassingKind.Out))
        {
            if (parameter.Type is not BufferType buffer)
                inputs.Add(parameter.Type == IrType.Double ? Pick(scope.Floats) : AnyInteger(b, scope));
            else inputs.Add(BufferArgument(b, scope, buffer, used));
        }

        var results = new List<Value> { _function.Values.New(IrType.Double) };
        foreach (CalleeParameter parameter in callee.Parameters)
            if (parameter.Passing is PassingKind.Ref or PassingKind.Out) results.Add(_function.Values.New(IrType.Double));
        b.Append(new Call(results.ToEquatable(), callee, inputs.ToEquatable(), []));
        scope.Floats.AddRange(results);
    }

    /// <summary>A fresh copy of three elements, so that no two operands of a call overlap.</summary>
    private Value BufferArgument(InstructionBuilder b, Variables scope, BufferType type, HashSet<int> used)
    {
        bool isRead = type.Kind == BufferKind.ReadOnlySpan;
        Memory[] fitting = scope.Buffers
            .Where(m => m.Length == 3 && (isRead || (m.IsWritable && m.Value.Name != "view")) && !used.Contains(m.Value.Id)).ToArray();
        if (fitting.Length > 0 && !Chance(4))
        {
            Value found = Pick(fitting).Value;
            used.Add(found.Id);
            return found;
        }

        Value local = _function.Values.New(new BufferType(ElementKind.Double, BufferKind.Array), "local");
        b.Append(new AllocateBuffer(local, b.Int(3)));
        for (int k = 0; k < 3; k++) b.Append(new Store(local, b.Int(k), Pick(scope.Floats)));
        scope.Buffers.Add(new Memory(local, 3));
        used.Add(local.Id);
        return local;
    }

    private Value AnyInteger(InstructionBuilder b, Variables scope) => scope.Integers.Count == 0 ? b.Int(_random.Next(4))
        : Pick(scope.Integers);
}
