using AutoDiff.Compiler.IR;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>A method runs again in the backward part only if that changes nothing but its results.</summary>
internal static class RecomputeChecks
{
    public static Diagnostic? Find(IMethodSymbol method, Function function)
    {
        if (method.Attribute("RecomputeAttribute") is null) return null;
        if (function.Parameters.FirstOrDefault(static p => p.IsWritten) is { } written)
            return Report($"it writes '{written.Name}'");
        if (SignatureParts.Parameters(function).Any(static p => p is { Name: "this", Passing: PassingKind.Ref })) return Report("it changes its receiver");
        return Effect(function.Body) is { } call ? Report($"it calls '{call.Callee.Method}', of which nothing is known") : null;

        Diagnostic Report(string effect) => Diagnostic.Create(MethodDiagnostics.RecomputeSideEffects, method.Locations[0], method.Name, effect);
    }

    private static Call? Effect(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Call { Callee.HasSideEffects: true } call) return call;
            foreach (Region nested in instruction.Regions)
                if (Effect(nested) is { } inner) return inner;
        }

        return null;
    }
}
