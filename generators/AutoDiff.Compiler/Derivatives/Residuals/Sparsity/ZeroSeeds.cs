using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Whether an adjoint loop has nothing to do where one of its seeds is zero: all that it adds anywhere is a multiple of that seed, since backward code is linear in its seeds.
/// </summary>
internal sealed class ZeroSeeds
{
    private readonly HashSet<int> _zeros = [];

    // By value: the state that it differs from by zeros.
    private readonly Dictionary<int, int> _unchanged = [];

    private ZeroSeeds(Value seed) => _zeros.Add(seed.Id);

    public static bool Silence(For loop, Value seed)
    {
        var zeros = new ZeroSeeds(seed);
        return zeros.Visit(loop) && loop.Body.Parameters.Skip(1).Zip(loop.Body.Yields, static (state, next) => (state, next)).All(s => zeros.IsKept(s.state, s.next));
    }

    private bool IsKept(Value state, Value next) => _zeros.Contains(state.Id) ? _zeros.Contains(next.Id) : _unchanged.TryGetValue(next.Id, out int kept) && kept == state.Id;

    private bool Visit(For loop)
    {
        for (int k = 0; k < loop.Initial.Length; k++)
        {
            Value state = loop.Body.Parameters[k + 1];
            if (_zeros.Contains(loop.Initial[k].Id)) _zeros.Add(state.Id);
            _unchanged[state.Id] = state.Id;
        }

        if (!Visit(loop.Body)) return false;
        for (int k = 0; k < loop.Initial.Length; k++)
        {
            Value state = loop.Body.Parameters[k + 1], next = loop.Body.Yields[k];
            if (_zeros.Contains(state.Id))
            {
                // What started as zero and does not stay it has been taken for zero in vain.
                if (!_zeros.Contains(next.Id)) return false;
                _zeros.Add(loop.Defines[k].Id);
            }
            else if (_unchanged.TryGetValue(next.Id, out int kept) && kept == state.Id && _unchanged.TryGetValue(loop.Initial[k].Id, out int origin))
            {
                _unchanged[loop.Defines[k].Id] = origin;
            }
        }

        return true;
    }

    private bool Visit(Region region) => region.Body.All(Visit);

    private bool Visit(Instruction instruction)
    {
        switch (instruction)
        {
            case Constant constant:
                if (constant.AsDouble == 0) _zeros.Add(constant.Result.Id);
                return true;
            case Apply { Operation: Elementwise { Op: var op } } apply:
                Define(op, apply);
                return true;
            case Apply or Load or BufferLength or SliceBuffer:
                return true;
            case Accumulate accumulate:
                return IsZero(accumulate.Operand);
            case If branch:
                if (!Visit(branch.Then) || !Visit(branch.Else)) return false;
                for (int k = 0; k < branch.Defines.Length; k++)
                {
                    Value then = branch.Then.Yields[k], otherwise = branch.Else.Yields[k];
                    if (IsZero(then) && IsZero(otherwise)) _zeros.Add(branch.Defines[k].Id);
                    else if (_unchanged.TryGetValue(then.Id, out int a) && _unchanged.TryGetValue(otherwise.Id, out int b) && a == b) _unchanged[branch.Defines[k].Id] = a;
                }

                return true;
            case For { HasCondition: false } inner:
                return Visit(inner);
            default:
                return false;
        }
    }

    private void Define(ScalarOp op, Apply apply)
    {
        EquatableArray<Value> x = apply.Inputs;
        bool isZero = op switch
        {
            ScalarOp.Multiply or ScalarOp.StrongProduct => x.Any(IsZero),
            ScalarOp.Negate or ScalarOp.Convert or ScalarOp.Divide => IsZero(x[0]),
            ScalarOp.Add or ScalarOp.Subtract => x.All(IsZero),
            ScalarOp.Select => IsZero(x[1]) && IsZero(x[2]),
            _ => false,
        };
        if (isZero) _zeros.Add(apply.Result.Id);
        else if (op is ScalarOp.Add or ScalarOp.Subtract && IsZero(x[1]) && _unchanged.TryGetValue(x[0].Id, out int left)) _unchanged[apply.Result.Id] = left;
        else if (op == ScalarOp.Add && IsZero(x[0]) && _unchanged.TryGetValue(x[1].Id, out int right)) _unchanged[apply.Result.Id] = right;
    }

    private bool IsZero(Value value) => _zeros.Contains(value.Id);
}
