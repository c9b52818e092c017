using System.Globalization;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The doc comment that explains a member: the steps in the user's own expressions, the adjoint equation of each beside it, what is saved (how many bytes,
/// why), what is computed again, and what takes no part.
/// </summary>
internal static class GradientCard
{
    private const int MaxColumn = 60;

    public static void Write(SourceWriter writer, Derivative derivative, VariablePlan plan, EquatableArray<string> equations)
    {
        writer.WriteLine("/// <remarks>");
        EquatableArray<string> steps = derivative.Primal.Steps;
        if (!steps.IsEmpty)
        {
            string[] left = [.. steps.Select(static (step, k) => $"[{Number(k + 1)}] {step}")];
            int width = Math.Min(left.Max(static l => l.Length), MaxColumn) + 3;
            writer.WriteLine("/// <code>");
            for (int k = 0; k < left.Length; k++)
                writer.WriteLine("/// " + Escape(equations[k].Length == 0 ? left[k] : left[k].PadRight(width) + (left[k].Length >= width ? "   " : "") + equations[k]));
            writer.WriteLine("/// </code>");
        }

        foreach (string line in Facts(derivative, plan)) writer.WriteLine("/// " + Escape(line));
        writer.WriteLine("/// </remarks>");
    }

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static IEnumerable<string> Facts(Derivative derivative, VariablePlan plan)
    {
        yield return Saved(derivative, plan);
        string[] recomputed = Recomputed.Names(derivative);
        if (recomputed.Length > 0) yield return $"Computed again in the backward part: {List(recomputed)}.";
        string[] inactive =
        [
            .. derivative.Primal.Parameters.Where(static p => !p.IsDifferentiable && p.Name != "this")
                .Select(static p => p.Value.Type.IsDifferentiable ? $"{p.Name} ([NoGradient])" : p.Name),
        ];
        if (inactive.Length > 0) yield return $"Inactive: {List(inactive)}.";
    }

    private static string Saved(Derivative derivative, VariablePlan plan)
    {
        var parts = new List<string>();
        string[] locals = [.. derivative.Residuals.Where(v => v.Type is ScalarType && plan.NameOf(v).Length > 0).Select(plan.NameOf).Distinct()];
        int bytes = derivative.Residuals.Where(v => v.Type is ScalarType && plan.NameOf(v).Length > 0).GroupBy(plan.NameOf).Sum(static g => Size(g.First().Type));
        if (locals.Length > 0) parts.Add($"{List(locals)}, {Number(bytes)} bytes, in {(locals.Length > 1 ? "locals" : "a local")}");
        foreach (Push push in DerivativeBody.All(derivative.Forward).OfType<Push>())
            parts.Add($"{Stored(push, plan)} for each iteration, on a stack: {push.Reason}");

        // Only a checkpoint takes memory before a loop here.
        Dictionary<int, SliceBuffer> views = DerivativeBody.All(derivative.Forward).OfType<SliceBuffer>().ToDictionary(static s => s.Result.Id);
        HashSet<int> early = [.. DerivativeBody.All(derivative.Forward).OfType<AllocateBuffer>().Where(static a => a.IsEarly).Select(static a => a.Result.Id)];
        foreach (CopyBuffer copy in DerivativeBody.All(derivative.Forward).OfType<CopyBuffer>())
            if (views.TryGetValue(copy.Destination.Id, out SliceBuffer? view) && early.Contains(view.Buffer.Id))
                parts.Add($"what {(plan.NameOf(copy.Source) is { Length: > 0 } name ? name : "a buffer")} holds at the start of each iteration, a checkpoint from which the backward part runs it again");
        return parts.Count == 0 ? "Saved: nothing." : $"Saved: {string.Join("; ", parts)}.";
    }

    /// <summary>What the forward part leaves on stacks for the backward part, in the order in which it is saved; empty where that is nothing.</summary>
    public static string OnStacks(Region forward, VariablePlan plan)
    {
        string[] parts = [.. Visit(forward, "")];
        return parts.Length == 0 ? "" : Escape($"Saved on a stack: {string.Join("; ", parts)}.");

        IEnumerable<string> Visit(Region region, string often)
            => region.Body.SelectMany(i => i is Push push
                ? [$"{Stored(push, plan)}{often}: {(push.Reason.Length > 0 ? push.Reason : "the backward part reads it")}"]
                : i.Regions.SelectMany(r => Visit(r, i is If ? often : " for each iteration")));
    }

    private static string Stored(Push push, VariablePlan plan)
    {
        string what = plan.NameOf(push.Operand) is { Length: > 0 } name ? name : "an intermediate value";
        string where = push.Step != 0 ? $" of [{Number(Math.Abs(push.Step))}]" : "";
        return push.Operand.Type is ScalarType ? $"{what}{where}, {Number(Size(push.Operand.Type))} bytes" : $"what {what}{where} holds";
    }

    private static int Size(IrType type) => type is ScalarType scalar
        ? scalar.Lanes * scalar.Kind switch
        {
            ElementKind.Bool or ElementKind.Byte or ElementKind.SByte => 1,
            ElementKind.Half or ElementKind.Int16 or ElementKind.UInt16 => 2,
            ElementKind.Single or ElementKind.Int32 or ElementKind.UInt32 => 4,
            _ => 8,
        }
        : 8;

    private static string List(IReadOnlyList<string> names)
        => names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
