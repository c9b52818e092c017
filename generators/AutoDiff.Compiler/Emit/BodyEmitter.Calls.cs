using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    private void EmitCall(Site site, Call call)
    {
        string[] references = References(site, call).ToArray();
        string text = CallText.Of(call, context, references).Text;
        if (call.Callee.Result is null || call.Defines.Length == references.Length || Plan.Layout.UsesOf(call.Defines[0]).Count == 0)
            context.Statement(call, text + ";");
        else
            Define(site, call.Defines[0], text);
    }

    // ref and out scalars are passed by the variables of the results that they become.
    private IEnumerable<string> References(Site site, Call call)
    {
        int result = call.Callee.Result is null ? 0 : 1, input = 0;
        foreach (CalleeParameter parameter in call.Callee.Parameters)
        {
            Value? argument = parameter.Passing == PassingKind.Out ? null : call.Inputs[input++];
            if (parameter.Passing is not (PassingKind.Ref or PassingKind.Out) || parameter.Type is not ScalarType) continue;
            Value after = call.Defines[result++];
            Variable variable = Plan.VariableOf(after);
            if (argument is not null)
            {
                if (!IsInPlace(after, argument)) Move(call, after, argument);
                yield return context.NameOf(variable);
            }
            else
            {
                yield return Declares(variable, site) ? $"{context.TypeText(after.Type)} {context.Declare(variable, after)}" : context.NameOf(variable);
            }
        }
    }

    /// <summary>
    /// The pullback of a method of scalars and spans is its <c>MVjp</c>, in the form that takes a gradient destination for written spans too: it reads the
    /// cotangent of such a span and adds the adjoint of what the span held at entry to the destination.
    /// </summary>
    private void EmitPullback(Site site, CallPullback pullback)
    {
        Callee callee = pullback.Callee;
        List<string> arguments = [], tuple = [], after = [];
        var inputs = new Queue<Value>(pullback.Inputs);
        var shadows = new Queue<Value>(pullback.Shadows);
        var destinations = new List<string>();
        var written = new List<string>();
        var roots = new HashSet<int>();
        string target = CallText.Target(callee, pullback.Inputs, context);
        if (callee.Result is not null) tuple.Add("_");
        foreach (CalleeParameter parameter in callee.Parameters)
        {
            Value? input = parameter.Passing == PassingKind.Out ? null : inputs.Dequeue();
            bool isReceiver = callee.IsInstance && ReferenceEquals(parameter, callee.Parameters[0]);
            if (parameter.Type is BufferType)
            {
                if (parameter.IsDifferentiable && shadows.Count > 0)
                {
                    Value shadow = shadows.Dequeue();
                    if (parameter.IsWritten) written.Add(context.Use(shadow));
                    destinations.Add(
                        parameter.IsWritten ? Apart(pullback, shadow, after, "{0}.CopyTo({1});")
                        : roots.Add(Root(shadow).Id) ? context.Use(shadow)
                        : Apart(pullback, shadow, after, $"{ScalarText.Helpers}.Add<{shadow.Element.CSharp()}>({{0}}, {{1}});"));
                }
            }

            if (isReceiver) continue;
            if (parameter.Passing is PassingKind.Ref or PassingKind.Out)
            {
                // The forward part runs again inside; what it leaves in the variable is known already.
                string copy = context.NewName(CSharpNames.Unescape(parameter.Name) + "Again");
                if (input is not null) context.Statement($"{context.TypeText(parameter.Type)} {copy} = {context.Brief(input)};");
                arguments.Add(input is null ? $"out {context.TypeText(parameter.Type)} {copy}" : $"ref {copy}");
            }
            else
            {
                arguments.Add(context.Use(input!));
            }
        }

        arguments.AddRange(pullback.Cotangents.Select(context.Use));
        arguments.AddRange(written);
        arguments.AddRange(destinations);
        if (destinations.Count > 0) arguments.Add("accumulate: true");
        string call = $"{target}.{CSharpNames.Escape(callee.Method + "Vjp")}({string.Join(", ", arguments)})";
        Receive(site, pullback, tuple, call);
        foreach (string statement in after) context.Statement(statement);
    }

    private void Receive(Site site, CallPullback pullback, List<string> tuple, string call)
    {
        if (pullback.Defines.IsEmpty)
        {
            context.Statement(pullback, call + ";");
            return;
        }

        if (tuple.Count == 0 && pullback.Defines.Length == 1)
        {
            Define(site, pullback.Defines[0], call);
            return;
        }

        foreach (Value gradient in pullback.Defines)
        {
            Variable variable = Plan.VariableOf(gradient);
            tuple.Add(Plan.Layout.UsesOf(gradient).Count == 0 ? "_"
                : Declares(variable, site) ? $"{context.TypeText(gradient.Type)} {context.Declare(variable, gradient)}"
                : context.NameOf(variable));
        }

        context.Statement(pullback, $"({string.Join(", ", tuple)}) = {call};");
    }

    // A destination of its own, for what must not be the shadow itself: that of a written span is the cotangent, and the one that a shadow of two operands would
    // be twice is handed on afterwards.
    private string Apart(CallPullback pullback, Value shadow, List<string> after, string handOn)
    {
        string element = shadow.Element.CSharp(), length = $"{context.Receiver(shadow)}.Length";
        string apart = context.NewName(CSharpNames.Unescape(NameHints.Of(shadow, context)) + "Part");
        string rent = ScratchName is null ? $"new {element}[{length}]" : $"{ScratchName}.Rent<{element}>({length})";
        context.Statement(pullback, $"global::System.Span<{element}> {apart} = {rent};");
        after.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, handOn, apart, context.Use(shadow)));
        return apart;
    }

    private Value Root(Value buffer)
    {
        while (Plan.Layout.InstructionOf(buffer) is SliceBuffer slice) buffer = slice.Buffer;
        return buffer;
    }
}
