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

        string variable = _context.NewName(result.Name.Length > 0 ? result.Name : CSharpNames.Camel(call.Callee.Method));
        _context.Statement(call, $"{_context.TypeText(result.Type)} {variable} = {text};");
        _context.Bind(result, variable);
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
        string[] names = [.. scalars.Select(v => _context.NewName(v.Name.Length > 0 ? v.Name : "d" + callee.Method))];
        for (int k = 0; k < scalars.Length; k++) _context.Bind(scalars[k], names[k]);
        string types(int k) => $"{_context.TypeText(scalars[k].Type)} {names[k]}";
        _context.Statement(pullback, scalars.Length switch
        {
            0 => text + ";",
            1 => $"{types(0)} = {text};",
            _ => $"({string.Join(", ", Enumerable.Range(0, scalars.Length).Select(types))}) = {text};",
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
