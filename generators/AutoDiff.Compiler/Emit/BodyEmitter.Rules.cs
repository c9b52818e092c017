using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>The pullback of a method with a rule that somebody wrote.</summary>
    private void EmitRule(Site site, CallPullback pullback, CalleeRule rule)
    {
        Callee callee = pullback.Callee;
        bool hasResidual = rule.Record.Length > 0;
        List<string> arguments = [], after = [], tuple = [];
        var inputs = new Queue<Value>(pullback.Inputs);
        var shadows = new Queue<Value>(pullback.Shadows);
        List<string> written = [], destinations = [];
        string target = "";
        foreach (CalleeParameter parameter in callee.Parameters)
        {
            Value? input = parameter.Passing == PassingKind.Out ? null : inputs.Dequeue();
            if (parameter.Type is BufferType && parameter.IsDifferentiable)
            {
                // The method writes such a span wholly: nothing depends on what it held.
                Value shadow = shadows.Dequeue();
                if (parameter.IsWritten) written.Add(context.Use(shadow));
                else destinations.Add(rule.Accumulates ? context.Use(shadow) : Apart(pullback, shadow, after));
                if (parameter.IsWritten) after.Add($"{context.Receiver(shadow)}.Clear();");
            }

            if (callee.IsInstance && ReferenceEquals(parameter, callee.Parameters[0]))
            {
                target = context.Receiver(input!) + ".";
                if (rule.IsStatic) arguments.Add(context.Use(input!));
            }
            else if (!hasResidual && parameter.Passing is PassingKind.Ref or PassingKind.Out)
            {
                arguments.Add(Again(parameter, input));
            }
            else if (input is not null)
            {
                arguments.Add(context.Use(input));
            }
        }

        if (hasResidual) arguments.Add($"{ResidualsName}.Take<{rule.ResidualType}>()");
        arguments.AddRange(NumbersAndSpans(callee, pullback.Cotangents.Select(context.Use), written));
        arguments.AddRange(destinations);
        if (rule.Accumulates) arguments.Add("true");
        if (!hasResidual && callee.Result is not null) tuple.Add("_");
        Receive(site, pullback, tuple, $"{(rule.IsStatic ? "" : target)}{rule.Pullback}({string.Join(", ", arguments)})");
        foreach (string statement in after) context.Statement(statement);
    }

    // The rule computes the value, too; what it leaves in the variable is known already.
    private string Again(CalleeParameter parameter, Value? input)
    {
        string copy = context.NewName(CSharpNames.Unescape(parameter.Name) + "Again");
        if (input is null) return $"out {context.TypeText(parameter.Type)} {copy}";
        context.Statement($"{context.TypeText(parameter.Type)} {copy} = {context.Brief(input)};");
        return $"ref {copy}";
    }

    // Cotangents follow the parameters: that of the result, then those of references and written spans in order.
    private static IEnumerable<string> NumbersAndSpans(Callee callee, IEnumerable<string> numbers, List<string> spans)
    {
        var number = new Queue<string>(numbers);
        var span = new Queue<string>(spans);
        if (callee.Result?.IsDifferentiable == true) yield return number.Dequeue();
        foreach (CalleeParameter parameter in callee.Parameters)
        {
            if (parameter.Type is ScalarType { IsDifferentiable: true } && parameter.Passing is PassingKind.Ref or PassingKind.Out) yield return number.Dequeue();
            else if (parameter is { Type: BufferType, IsDifferentiable: true, IsWritten: true }) yield return span.Dequeue();
        }
    }

    // A destination of its own, for a rule that overwrites it.
    private string Apart(CallPullback pullback, Value shadow, List<string> after)
    {
        string element = shadow.Element.CSharp(), length = $"{context.Receiver(shadow)}.Length";
        string apart = context.NewName(CSharpNames.Unescape(NameHints.Of(shadow, context)) + "Part");
        string rent = ScratchName is null ? $"new {element}[{length}]" : $"{ScratchName}.Rent<{element}>({length})";
        context.Statement(pullback, $"global::System.Span<{element}> {apart} = {rent};");
        after.Add($"{ScalarText.Helpers}.Add<{element}>({apart}, {context.Use(shadow)});");
        return apart;
    }
}
