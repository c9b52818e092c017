using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>The stack on which called methods leave their residuals.</summary>
    public string ResidualsName { get; init; } = "residuals";

    private void EmitCall(Site site, Call call)
    {
        var whole = new List<(string Name, StructType Type, int First)>();
        string[] references = References(site, call, whole).ToArray();
        string text = CallText.Of(call, context, references, ResidualsName).Text;
        int returned = call.Callee.ResultTypes.Count();
        if (!call.Defines.Take(returned).Any(v => Plan.Layout.UsesOf(v).Count > 0))
        {
            context.Statement(call, text + ";");
        }
        else if (call.Callee.Result is StructType type)
        {
            string name = context.NewName(CSharpNames.Camel(call.Callee.Method) + "Result");
            context.Statement(call, $"{type.Name} {name} = {text};");
            whole.Insert(0, (name, type, 0));
        }
        else
        {
            Define(site, call.Defines[0], text);
        }

        foreach ((string name, StructType type, int first) in whole) TakeApart(site, call, name, type, first);
    }

    /// <summary>What a call left in a struct becomes the values that stand for it.</summary>
    private void TakeApart(Site site, Call call, string name, StructType type, int first)
    {
        int k = first;
        foreach (StructLeaf leaf in type.Leaves.Where(l => first == 0 && call.Callee.Result == type || l.Type is ScalarType))
        {
            Value value = call.Defines[k++];
            if (Plan.Layout.UsesOf(value).Count > 0) Define(site, value, StructText.Access(name, leaf.Path));
        }
    }

    // ref and out scalars are passed by the variables of the results that they become, structs by variables of their own.
    private IEnumerable<string> References(Site site, Call call, List<(string Name, StructType Type, int First)> whole)
    {
        int result = call.Callee.ResultTypes.Count(), input = 0;
        foreach (CalleeArgument argument in SignatureParts.Arguments(call.Callee))
        {
            Value[] inputs = argument.Passing == PassingKind.Out ? [] : [.. call.Inputs.Skip(input).Take(argument.Leaves.Length)];
            input += inputs.Length;
            if (argument.Passing is not (PassingKind.Ref or PassingKind.Out)) continue;
            if (argument.Struct is { } type)
            {
                string name = context.NewName(CSharpNames.Unescape(argument.Name));
                if (inputs.Length > 0) context.Statement($"{type.Name} {name} = {CallText.Whole(type, inputs, context)};");
                whole.Add((name, type, result));
                result += argument.Leaves.Count(static l => l.Type is ScalarType);
                yield return inputs.Length > 0 ? name : $"{type.Name} {name}";
            }
            else if (argument.Leaves[0].Type is ScalarType)
            {
                yield return Reference(site, call, call.Defines[result++], inputs.FirstOrDefault());
            }
        }
    }

    private string Reference(Site site, Call call, Value after, Value? before)
    {
        Variable variable = Plan.VariableOf(after);
        if (before is null) return Declares(variable, site) ? $"{context.TypeText(after.Type)} {context.Declare(variable, after)}" : context.NameOf(variable);
        if (!IsInPlace(after, before)) Move(call, after, before);
        return context.NameOf(variable);
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

        List<string> arguments = [.. CallText.ArgumentsByValue(callee, pullback.Inputs, context), .. CotangentTexts(pullback)];
        if (callee.UsesPair) arguments.Add("ref " + ResidualsName);
        arguments.AddRange(pullback.Shadows.Select(context.Use));
        string target = CallText.Target(callee, pullback.Inputs, context);
        string text = $"{target}.{PairNames.Of(callee.Method, PairNames.Pullback)}{callee.TypeArguments}({string.Join(", ", arguments)})";
        if (callee.Parts.Any(static p => p.Type.IsDifferentiable)) ReceiveStructs(site, pullback, text);
        else Receive(site, pullback, [], text);
    }

    // One for each output that has one: the result, then what ref and out parameters become.
    private IEnumerable<string> CotangentTexts(CallPullback pullback)
    {
        var values = new Queue<Value>(pullback.Cotangents);
        if (pullback.Callee.Result is { IsDifferentiable: true } result) yield return Cotangent(result as StructType, result is StructType t ? t.Leaves.Select(static l => l.Type) : [result]);
        foreach (CalleeArgument argument in SignatureParts.Arguments(pullback.Callee))
        {
            IrType[] types = [.. argument.Leaves.Select(static l => l.Type)];
            if (argument.Passing is PassingKind.Ref or PassingKind.Out && types.Any(static t => t is ScalarType { IsDifferentiable: true })) yield return Cotangent(argument.Struct, types);
        }

        string Cotangent(StructType? type, IEnumerable<IrType> leaves)
        {
            string?[] texts = [.. leaves.Select(t => t is ScalarType { IsDifferentiable: true } ? context.Use(values.Dequeue()) : null)];
            return type is null ? texts[0]! : StructText.Build(type, k => texts[k]);
        }
    }

    // Gradients of structs come as structs.
    private void ReceiveStructs(Site site, CallPullback pullback, string call)
    {
        var gradients = new Queue<Value>(pullback.Defines);
        List<string> tuple = [];
        List<(Value Value, string Text)> parts = [];
        foreach (CalleeArgument argument in SignatureParts.Arguments(pullback.Callee).Where(static a => a.Passing != PassingKind.Out))
        {
            CalleeParameter[] own = [.. argument.Leaves.Where(static l => l is { IsDifferentiable: true, Type: ScalarType })];
            if (own.Length == 0) continue;
            string name = context.NewName(MemberNames.Adjoint(CSharpNames.Unescape(argument.Name)));
            string type = argument.Struct?.Name ?? context.TypeText(own[0].Type);
            tuple.Add($"{type} {name}");
            foreach (CalleeParameter leaf in own) parts.Add((gradients.Dequeue(), StructText.Access(name, leaf.Name.Substring(argument.Name.Length))));
        }

        context.Statement(pullback, tuple.Count == 1 ? $"{tuple[0]} = {call};" : $"({string.Join(", ", tuple)}) = {call};");
        foreach ((Value value, string text) in parts)
            if (Plan.Layout.UsesOf(value).Count > 0) Define(site, value, text);
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
