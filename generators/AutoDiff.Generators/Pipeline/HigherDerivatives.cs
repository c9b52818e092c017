using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.Emit.Members.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Diagnostics;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Pipeline;

/// <summary>
/// What derivatives beyond reverse mode ask of a method: its callees are put in place of their calls, and everything active must have a tangent and, for second
/// derivatives, a second derivative.
/// </summary>
internal sealed class HigherDerivatives(IMethodSymbol method, RequestedDerivatives requested, Compilation compilation, CancellationToken cancellation)
{
    private const RequestedDerivatives Second = RequestedDerivatives.Hvp | RequestedDerivatives.Hessian;

    private const RequestedDerivatives Matrices = RequestedDerivatives.Jacobian | RequestedDerivatives.Hessian;

    private readonly List<Diagnostic> _problems = [];

    /// <summary>The method whose attribute asks: another one for helpers, which have no attribute.</summary>
    public IMethodSymbol? Asked { get; init; }

    /// <summary>The body with its calls replaced; null where there are none.</summary>
    public Function? Inlined { get; private set; }

    /// <summary>What stands in the way.</summary>
    /// <param name="lowered">The method.</param>
    /// <param name="attribute">Where the derivatives are asked for.</param>
    public Diagnostic[] Prepare(LoweringResult lowered, Location attribute)
    {
        Function function = lowered.Function!;
        string asked = string.Join(" and ", (requested & ~RequestedDerivatives.Gradient).ToString().Split([", "], StringSplitOptions.None).Select(static n => $"Derivatives.{n}"));
        bool hasTensors = !ScalarMembers.IsScalar(function);
        if (hasTensors && function.Parameters.Any(static p => p.Value.Type is ModelType or ModelListType))
        {
            Report(attribute, asked, "it has models, whose derivatives are reverse mode; ask for Derivatives.Gradient, or take the parameters as tensors");
            return [.. _problems];
        }

        if (hasTensors && (requested & Matrices) != RequestedDerivatives.None)
        {
            Report(attribute, asked, "it has tensors, of which there are no matrices of all derivatives; ask for Derivatives.Jvp or Derivatives.Hvp, and call it for each direction");
            return [.. _problems];
        }

        if ((requested & Matrices) != RequestedDerivatives.None && MatrixSignature.Kinds(function).Count() != 1)
        {
            Report(attribute, asked, "its differentiable inputs and outputs are not all of one number type, which the matrix would have");
            return [.. _problems];
        }

        // Several directions lie side by side in memory.
        if ((requested & Matrices) != RequestedDerivatives.None && MethodNames.Number(method) is { HasUnmanagedTypeConstraint: false } number)
        {
            Report(attribute, asked, $"a matrix of '{number.Name}' takes the constraint 'unmanaged'; write 'where {number.Name} : unmanaged, …'");
            return [.. _problems];
        }

        if ((requested & Second) != RequestedDerivatives.None && !ScalarMembers.HasScalarResult(function))
        {
            Report(attribute, "A second derivative", "the method returns no number; return one, or ask for Derivatives.Jacobian");
            return [.. _problems];
        }

        Function expanded = lowered.Callees.Count == 0 ? function : new CallExpansion(compilation, cancellation).Run(lowered);
        if (lowered.Callees.Count > 0) Inlined = expanded;
        var activity = Activity.Of(expanded);
        bool hasCalls = false;
        FindCalls(expanded.Body, activity, call =>
        {
            hasCalls = true;
            if (Refusal(call, activity) is not { } why) return;
            Location at = CallAt(function.Body, call.Step) is { } own ? lowered.LocationOf(own) ?? attribute : lowered.StepLocation(call.Step) ?? attribute;
            Report(at, asked, $"'{call.Callee.Method}' stays a call here (it calls itself, is virtual, has a rule of its own, or its source is not in this project), and {why}");
        });
        if (_problems.Count > 0) return [.. _problems];

        cancellation.ThrowIfCancellationRequested();
        try
        {
            TangentFunctions.Jvp(expanded, new DerivativeOptions());
            if ((requested & Second) == RequestedDerivatives.None) return [];
            if (hasCalls)
            {
                if (CalledDerivatives.Directional(expanded, new DerivativeOptions()) is not var (directional, _))
                {
                    Report(attribute, "A second derivative", "calls that stay calls have second derivatives in methods that take numbers, and memory that they only read, and return a number");
                    return [.. _problems];
                }

                foreach (LostDerivative lost in Activity.Of(directional).Lost)
                    Report(lowered.StepLocation(lost.Instruction.Step) ?? attribute, "A second derivative", $"in the tangent, {lost.Message}");
                return [.. _problems];
            }

            Function gradient = GradientFunction.Of(expanded, new DerivativeOptions(UnitSeed: true)).Function;
            foreach (LostDerivative lost in Activity.Of(gradient).Lost)
                Report(lowered.StepLocation(lost.Instruction.Step) ?? attribute, "A second derivative", $"in the gradient, {lost.Message}");
            if (_problems.Count == 0) TangentFunctions.Hvp(expanded, new DerivativeOptions());
        }
        catch (NotSupportedException exception)
        {
            Report(attribute, asked, exception.Message);
        }

        return [.. _problems];

        // What is in a body that is inlined several times is said once.
        void Report(Location at, string what, string why)
        {
            var problem = Diagnostic.Create(MethodDiagnostics.NotGenerated, at, what, (Asked ?? method).Name, why);
            if (!_problems.Exists(p => p.Location == problem.Location && p.GetMessage(null) == problem.GetMessage(null))) _problems.Add(problem);
        }
    }

    /// <summary>Why the derivatives that are asked for do not go through a call; null where they do.</summary>
    private string? Refusal(Call call, Activity activity)
    {
        if ((requested & Matrices) != RequestedDerivatives.None && call.Inputs.Any(v => v.Type is BufferType { Struct: not null } && activity.IsActive(v)))
            return "takes memory of structs, whose numbers are columns of a matrix one by one: pass spans of numbers, or ask for Derivatives.Jvp or Derivatives.Hvp";
        if (call.Callee.Tangent is not { } tangent)
            return "has no forward mode: ask for Derivatives.Jvp there (of numbers, structs of them, and memory that is only read), or write a rule";
        return (requested & Second) == RequestedDerivatives.None || tangent.IsDifferentiable ? null
            : tangent.Parts.IsEmpty ? "has first derivatives only: ask for Derivatives.Jvp | Derivatives.Hvp there" : "has first derivatives only, since it takes or returns structs: pass their numbers";
    }

    /// <summary>The method's own call through which an inlined one was reached.</summary>
    private static Call? CallAt(Region region, int step)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Call call && call.Step == step) return call;
            foreach (Region nested in instruction.Regions)
                if (CallAt(nested, step) is { } inner) return inner;
        }

        return null;
    }

    private static void FindCalls(Region region, Activity activity, Action<Call> report)
    {
        foreach (Call call in CallFacts.ActiveCalls(region, activity)) report(call);
    }
}
