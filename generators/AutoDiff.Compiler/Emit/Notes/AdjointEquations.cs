using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The adjoint equation of each step, from the instructions of the backward part that belong to it: <c>ds = dp · (1 − p²)</c>. Both the gradient card and the
/// comments of the body show it.
/// </summary>
internal static class AdjointEquations
{
    private const int MaxLength = 110;

    /// <summary>One text for each step; empty where the backward part has nothing to do.</summary>
    public static EquatableArray<string> Of(Derivative derivative, VariablePlan plan)
    {
        var equations = new List<string>[derivative.Primal.Steps.Length];
        for (int k = 0; k < equations.Length; k++) equations[k] = [];
        var text = new MathText(plan);
        foreach (Instruction instruction in DerivativeBody.All(derivative.Forward).Where(static i => i.Step < 0).Concat(DerivativeBody.All(derivative.Backward)))
        {
            int step = Math.Abs(instruction.Step);
            if (step < 1 || step > equations.Length || Equation(instruction, plan, text) is not string equation) continue;
            if (!equations[step - 1].Contains(equation)) equations[step - 1].Add(equation);
        }

        return equations.Select(Join).ToEquatable();
    }

    private static string? Equation(Instruction instruction, VariablePlan plan, MathText text)
    {
        switch (instruction)
        {
            case Accumulate accumulate:
                return $"{text.Element(accumulate.Buffer, accumulate.Index)}{accumulate.Path} += {text.Of(accumulate.Operand)}";
            case CallPullback pullback:
                string results = string.Join(", ", pullback.Defines.Where(v => plan.NameOf(v).Length > 0).Select(plan.NameOf));
                return $"{(results.Length == 0 ? "" : results + " = ")}{pullback.Callee.Method}Pullback";
            case Apply { Operation: Elementwise { Op: ScalarOp.Add } } add when IsAdjoint(plan, add.Result) && plan.NameOf(add.Inputs[0]) == plan.NameOf(add.Result):
                return $"{plan.NameOf(add.Result)} += {text.Of(add.Inputs[1])}";
            case Apply or Load when IsAdjoint(plan, instruction.Results[0]):
                return $"{plan.NameOf(instruction.Results[0])} = {text.RightSide(instruction)}";
            default:
                return null;
        }
    }

    // Recomputed primal values are no adjoints.
    private static bool IsAdjoint(VariablePlan plan, Value value) => plan.NameOf(value) is ['d', _, ..];

    private static string Join(List<string> equations)
    {
        string text = string.Join(", ", equations);
        return text.Length <= MaxLength ? text : text.Substring(0, MaxLength) + " …";
    }
}
