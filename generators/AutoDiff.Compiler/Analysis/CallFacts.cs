using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

public static class CallFacts
{
    /// <summary>The operands of a call with the parameters they go to.</summary>
    public static IEnumerable<(CalleeParameter Parameter, Value Operand)> Arguments(this Callee callee, EquatableArray<Value> inputs)
    {
        int next = 0;
        foreach (CalleeParameter parameter in callee.Parameters)
            if (parameter.Passing != PassingKind.Out) yield return (parameter, inputs[next++]);
    }

    public static IEnumerable<Value> WrittenBuffers(this Call call)
        => call.Callee.Arguments(call.Inputs).Where(static a => a.Parameter.IsWritten).Select(static a => a.Operand);
}
