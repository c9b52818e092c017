using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>The stack on which called methods leave their residuals.</summary>
    public string ResidualsName { get; init; } = "residuals";

    private void EmitCall(Site site, Call call)
    {
        string[] references = References(site, call).ToArray();
        string text = CallText.Of(call, context, references, ResidualsName).Text;
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
    /// The pullback of a method of scalars and spans: <c>MPullback</c> takes the arguments as they were, the cotangents of numbers, the residuals where there are
    /// any, and the adjoints of buffers, which it works on in place. It returns the gradients of numbers.
    /// </summary>
    private void EmitPullback(Site site, CallPullback pullback)
    {
        Callee callee = pullback.Callee;
        if (callee.Rule is { } rule)
        {
            EmitRule(site, pullback, rule);
            return;
        }

        List<string> arguments = [.. pullback.Inputs.Skip(callee.IsInstance ? 1 : 0).Select(context.Use)];
        arguments.AddRange(pullback.Cotangents.Select(context.Use));
        if (callee.UsesPair) arguments.Add("ref " + ResidualsName);
        arguments.AddRange(pullback.Shadows.Select(context.Use));
        string target = CallText.Target(callee, pullback.Inputs, context);
        Receive(site, pullback, [], $"{target}.{PairNames.Of(callee.Method, PairNames.Pullback)}{callee.TypeArguments}({string.Join(", ", arguments)})");
    }

    private void Receive(Site site, CallPullback pullback, List<string> tuple, string call)
    {
        if (pullback.Defines.IsEmpty)
        {
            context.Statement(pullback, call + ";");
            return;
        }

        if (tuple.Count == 0 && pullback.Defines.Length == 1 && Plan.Layout.UsesOf(pullback.Defines[0]).Count == 0)
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
}
