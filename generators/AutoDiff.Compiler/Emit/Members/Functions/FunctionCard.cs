using System.Globalization;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// The doc comment of a derivative function: the steps in the user's own expressions, and beside each the equations of its tangents (<c>sDot</c> is ṡ) and, in the
/// backward part, of its adjoints and of their tangents.
/// </summary>
internal sealed class FunctionCard
{
    private const int MaxColumn = 60;
    private const int MaxLength = 140;

    private readonly EquatableArray<string> _tangents;

    public FunctionCard(FunctionBody body)
    {
        Body = body;
        EquatableArray<string> none = body.Derived.Primal.Steps.Map(static _ => "");
        _tangents = body.Derived.IsDerivative ? Tangents(body.Recorded, body.Plan) : none;
        Adjoints = body.Derived.IsDerivative ? AdjointEquations.Of(body.Recorded, body.Plan) : none;
    }

    public FunctionBody Body { get; }

    /// <summary>The equations of the backward part, by step.</summary>
    public EquatableArray<string> Adjoints { get; }

    public void Write(SourceWriter writer)
    {
        writer.WriteLine("/// <remarks>");
        EquatableArray<string> steps = Body.Derived.Primal.Steps;
        if (!steps.IsEmpty)
        {
            string[] left = [.. steps.Select(static (step, k) => $"[{(k + 1).ToString(CultureInfo.InvariantCulture)}] {step}")];
            int width = Math.Min(left.Max(static l => l.Length), MaxColumn) + 3;
            writer.WriteLine("/// <code>");
            for (int k = 0; k < left.Length; k++)
            {
                string[] equations = [.. new[] { _tangents[k], Adjoints[k] }.Where(static e => e.Length > 0)];
                writer.WriteLine("/// " + GradientCard.Escape(equations.Length == 0 ? left[k] : left[k].PadRight(width) + (left[k].Length >= width ? "   " : "") + equations[0]));
                foreach (string more in equations.Skip(1)) writer.WriteLine("/// " + GradientCard.Escape(new string(' ', width) + more));
            }

            writer.WriteLine("/// </code>");
        }

        if (Body.Derived.IsDerivative && GradientCard.OnStacks(Body.Recorded.Forward, Body.Plan) is { Length: > 0 } saved) writer.WriteLine("/// " + saved);
        if (Body.Derived.IsDerivative) WriteInactive(writer);
        writer.WriteLine("/// </remarks>");
    }

    private void WriteInactive(SourceWriter writer)
    {
        string[] inactive =
        [
            .. Body.Derived.Primal.Parameters.Where(static p => !p.IsDifferentiable && p.Name != "this")
                .Select(static p => p.Value.Type.IsDifferentiable ? $"{p.Name} ([NoGradient])" : p.Name),
        ];
        writer.WriteLine($"/// The tangent of x is xDot.{(inactive.Length > 0 ? $" Without tangent: {string.Join(", ", inactive)}." : "")}");
    }

    /// <summary>The tangent equations of the forward part, by step.</summary>
    private static EquatableArray<string> Tangents(Derivative parts, VariablePlan plan)
    {
        var equations = new List<string>[parts.Primal.Steps.Length];
        for (int k = 0; k < equations.Length; k++) equations[k] = [];
        var text = new MathText(plan);
        foreach (Instruction instruction in DerivativeBody.All(parts.Forward))
        {
            if (instruction.Step < 1 || instruction.Step > equations.Length || Equation(instruction, plan, text) is not string equation) continue;
            if (!equations[instruction.Step - 1].Contains(equation)) equations[instruction.Step - 1].Add(equation);
        }

        return equations.Select(static list => string.Join(", ", list)).Select(static s => s.Length <= MaxLength ? s : s.Substring(0, MaxLength) + " …").ToEquatable();
    }

    private static string? Equation(Instruction instruction, VariablePlan plan, MathText text) => instruction switch
    {
        Store store when IsTangent(plan, store.Buffer) => $"{text.Element(store.Buffer, store.Index)} = {text.Of(store.Operand)}",
        Apply { Operation: Elementwise { Op: ScalarOp.Add } } add when IsTangent(plan, add.Result) && plan.NameOf(add.Inputs[0]) == plan.NameOf(add.Result)
            => $"{plan.NameOf(add.Result)} += {text.Of(add.Inputs[1])}",
        Apply or Load when IsTangent(plan, instruction.Results[0]) => $"{plan.NameOf(instruction.Results[0])} = {text.RightSide(instruction)}",
        _ => null,
    };

    private static bool IsTangent(VariablePlan plan, Value value)
        => plan.NameOf(value) is { Length: > 0 } name && (name.EndsWith(DerivedNames.TangentSuffix, StringComparison.Ordinal) || name == "tangent");
}
