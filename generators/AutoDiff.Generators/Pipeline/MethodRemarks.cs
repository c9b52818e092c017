using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>What can be said of a method once its activity is known.</summary>
internal static class MethodRemarks
{
    public static IEnumerable<Diagnostic> Warnings(IMethodSymbol method, Function function, Activity activity, LoweringResult lowered)
    {
        if (activity.IsConstant && function.Parameters.Any(static p => p.IsDifferentiable))
            yield return Diagnostic.Create(MethodDiagnostics.ConstantResult, method.Locations[0], method.Name);
        foreach (Apply detach in Detaches(function.Body))
            if (!activity.IsVaried(detach.Inputs[0]) && lowered.LocationOf(detach.Result) is { SourceTree: { } tree } location)
            {
                string text = tree.GetText().ToString(location.SourceSpan);
                if (text.Contains("Detach(")) yield return Diagnostic.Create(MethodDiagnostics.NothingToStop, location, Operand(text));
            }
    }

    private static string Operand(string call)
    {
        int open = call.IndexOf('(');
        return open < 0 || !call.EndsWith(")", StringComparison.Ordinal) ? call : call.Substring(open + 1, call.Length - open - 2);
    }

    // A call of the user's: what [NoGradient] on a callee stands for is nobody's mistake.
    private static IEnumerable<Apply> Detaches(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Apply { Operation: Elementwise { Op: ScalarOp.Detach } } apply) yield return apply;
            foreach (Region nested in instruction.Regions)
                foreach (Apply inner in Detaches(nested)) yield return inner;
        }
    }
}
