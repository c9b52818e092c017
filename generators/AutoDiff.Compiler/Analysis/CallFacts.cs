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

    /// <summary>The calls at any depth.</summary>
    public static IEnumerable<Call> Calls(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Call call) yield return call;
            foreach (Region nested in instruction.Regions)
                foreach (Call inner in Calls(nested)) yield return inner;
        }
    }

    /// <summary>The calls, at any depth, that give something active.</summary>
    public static IEnumerable<Call> ActiveCalls(Region region, Activity activity)
        => Calls(region).Where(call => call.Results.Any(activity.IsActive) || call.WrittenBuffers().Any(activity.IsActive));

    /// <summary>Whether a function calls anything that gives something active.</summary>
    public static bool HasActiveCalls(Function function) => ActiveCalls(function.Body, Activity.Of(function)).Any();
}
