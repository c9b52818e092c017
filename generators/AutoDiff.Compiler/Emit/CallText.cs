using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Text of calls to methods of scalars and spans.</summary>
internal static class CallText
{
    /// <param name="call">The call.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="passedByReference">The variables of <c>ref</c> and <c>out</c> numbers and structs, in order.</param>
    /// <param name="residuals">The stack that a recorded call leaves its residuals on.</param>
    public static Expression Of(Call call, EmitContext context, IReadOnlyList<string>? passedByReference = null, string residuals = "")
    {
        IEnumerable<string> arguments = Arguments(call.Callee, call.Inputs, context, passedByReference);
        if (call is { IsRecording: true, Callee.Rule: { Record.Length: > 0 } rule })
        {
            bool passesReceiver = call.Callee.IsInstance && rule.IsStatic;
            string list = string.Join(", ", passesReceiver ? arguments.Prepend(context.Use(call.Inputs[0])) : arguments);
            return Expression.Atom($"{residuals}.Keep({(rule.IsStatic ? "" : context.Receiver(call.Inputs[0]) + ".")}{rule.Record}({list}))");
        }

        if (call.IsRecording) arguments = arguments.Append("ref " + residuals);
        if (call.Callee.Method == Callee.Constructor) return Expression.Atom($"new {call.Callee.ContainingType}({string.Join(", ", arguments)})");
        if (call.Callee.Method == Callee.Indexer) return Expression.Atom($"{context.Receiver(call.Inputs[0])}[{string.Join(", ", arguments)}]");
        string name = call.IsRecording ? PairNames.Of(call.Callee.Method, PairNames.Record)
            : call.Callee.TakesElements ? PairNames.Of(call.Callee.Method, PairNames.Forward)
            : CSharpNames.Escape(call.Callee.Method);
        return Expression.Atom($"{Target(call.Callee, call.Inputs, context)}.{name}{call.Callee.TypeArguments}({string.Join(", ", arguments)})");
    }

    /// <summary>The receiver, or the containing type of a static method.</summary>
    public static string Target(Callee callee, EquatableArray<Value> inputs, EmitContext context)
        => callee.IsInstance ? context.Receiver(inputs[0]) : callee.ContainingType;

    /// <summary>The arguments without the receiver.</summary>
    /// <param name="callee">The method.</param>
    /// <param name="inputs">One for each parameter that has a value at entry.</param>
    /// <param name="context">Where the call stands.</param>
    /// <param name="passedByReference">The variables (with their declarations, for <c>out</c>) of <c>ref</c> and <c>out</c> numbers and structs, in order.</param>
    public static IEnumerable<string> Arguments(
        Callee callee, EquatableArray<Value> inputs, EmitContext context, IReadOnlyList<string>? passedByReference = null)
    {
        int input = 0, reference = 0;
        bool isReceiver = callee.IsInstance;
        foreach (CalleeArgument argument in SignatureParts.Arguments(callee))
        {
            Value[] values = argument.Passing == PassingKind.Out ? [] : [.. inputs.Skip(input).Take(argument.Leaves.Length)];
            input += values.Length;
            if (isReceiver)
            {
                isReceiver = false;
                continue;
            }

            yield return argument.Passing switch
            {
                PassingKind.Ref => "ref " + passedByReference![reference++],
                PassingKind.Out => "out " + passedByReference![reference++],
                _ => Whole(argument.Struct, values, context),
            };
        }
    }

    /// <summary>The values of a call for its parameters by value, as a pullback takes them: those of <c>ref</c> parameters too.</summary>
    public static IEnumerable<string> ArgumentsByValue(Callee callee, EquatableArray<Value> inputs, EmitContext context)
    {
        int input = callee.IsInstance ? 1 : 0;
        foreach (CalleeArgument argument in SignatureParts.Arguments(callee).Skip(input).Where(static a => a.Passing != PassingKind.Out))
        {
            yield return Whole(argument.Struct, inputs.Skip(input).Take(argument.Leaves.Length), context);
            input += argument.Leaves.Length;
        }
    }

    /// <summary>A number, or a struct built from its leaves.</summary>
    public static string Whole(StructType? type, IEnumerable<Value> values, EmitContext context)
    {
        string[] texts = [.. values.Select(context.Use)];
        return type is null ? texts[0] : StructText.Build(type, k => texts[k]);
    }
}
