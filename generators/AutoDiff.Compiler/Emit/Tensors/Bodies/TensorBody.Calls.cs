using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

// Calls of methods with tensors or models go to their pairs, or, where nothing is recorded, to their forward parts.
internal sealed partial class TensorBody
{
    private void EmitCall(Call call)
    {
        Value? result = call.Defines.IsEmpty ? null : call.Defines[0];
        List<string> arguments = [call.IsRecording ? _memory.Workspace : _memory.Scratch, .. Operands(call.Callee, call.Inputs), .. call.Dimensions.Select(Spell)];
        if (result?.Type is TensorType)
        {
            Written(result);
            arguments.Add(Whole(result));
        }

        string name = PairNames.Of(call.Callee.Method, call.IsRecording ? PairNames.Record : PairNames.Forward);
        string text = $"{CallText.Target(call.Callee, call.Inputs, _context)}.{name}({string.Join(", ", arguments)})";
        if (result is null or { Type: TensorType })
        {
            _context.Statement(call, text + ";");
            return;
        }

        _context.Statement(call, $"{_context.Receive(result, CSharpNames.Camel(call.Callee.Method))} = {text};");
    }

    private void EmitPullback(CallPullback pullback)
    {
        Callee callee = pullback.Callee;
        List<string> arguments = [_memory.Workspace, .. Operands(callee, pullback.Inputs), .. pullback.Dimensions.Select(Spell)];
        arguments.AddRange(pullback.Cotangents.Select(cotangent => cotangent.Type is TensorType ? Whole(cotangent) : _context.Use(cotangent)));
        foreach (Value gradient in pullback.Defines.Where(static v => v.Type is TensorType))
        {
            Written(gradient);
            arguments.Add(Whole(gradient));
        }

        arguments.AddRange(pullback.Shadows.Select(_context.Use));
        int input = 0;
        foreach (CalleeParameter parameter in callee.Parameters)
        {
            if (parameter.Passing == PassingKind.Out) continue;
            Value operand = pullback.Inputs[input++];
            if (parameter is { IsDifferentiable: true, Type: ModelType }) arguments.Add(GradientsOf[OwnerOf(operand)]);
        }

        string name = PairNames.Of(callee.Method, PairNames.Pullback);
        string text = $"{CallText.Target(callee, pullback.Inputs, _context)}.{name}({string.Join(", ", arguments)})";
        Value[] scalars = [.. pullback.Defines.Where(static v => v.Type is ScalarType)];
        string[] receivers = [.. scalars.Select(v => _context.Receive(v, "d" + callee.Method))];
        _context.Statement(pullback, receivers.Length switch
        {
            0 => text + ";",
            1 => $"{receivers[0]} = {text};",
            _ => $"({string.Join(", ", receivers)}) = {text};",
        });
    }

    private IEnumerable<string> Operands(Callee callee, EquatableArray<Value> inputs)
    {
        int input = 0;
        for (int k = 0; k < callee.Parameters.Length; k++)
        {
            if (callee.Parameters[k].Passing == PassingKind.Out) continue;
            Value value = inputs[input++];
            if (callee.IsInstance && k == 0) continue;
            yield return value.Type is TensorType ? Whole(value) : _context.Use(value);
        }
    }
}
