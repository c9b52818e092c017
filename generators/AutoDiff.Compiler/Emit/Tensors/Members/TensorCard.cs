using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The doc comment of a reverse-mode member of tensors: the steps in the user's own expressions with their shapes, the adjoint equation of each, and what is kept
/// between the two halves.
/// </summary>
internal static class TensorCard
{
    private const int MaxColumn = 72;

    public static void Write(SourceWriter writer, Derivative derivative, EquatableArray<TensorStep> lines)
    {
        writer.WriteLine("/// <remarks>");
        WriteSteps(writer, lines);
        writer.WriteLine("/// " + GradientCard.Escape(Kept(derivative)));
        string[] inactive = [.. derivative.Primal.Parameters.Where(static p => !p.IsDifferentiable && p.Name != "this").Select(static p => p.Name)];
        if (inactive.Length > 0) writer.WriteLine("/// " + $"Inactive: {string.Join(", ", inactive)}.");
        writer.WriteLine("/// </remarks>");
    }

    /// <summary>That of a member of forward mode.</summary>
    public static void WriteForward(SourceWriter writer, EquatableArray<TensorStep> lines, DerivedFunction derived)
    {
        writer.WriteLine("/// <remarks>");
        WriteSteps(writer, derived.Function.Outputs.Any(static o => o.Kind == OutputKind.Gradient) ? lines : lines.Select(static l => l with { Adjoints = [] }).ToEquatable());
        string[] inactive = [.. derived.Primal.Parameters.Where(static p => !p.IsDifferentiable && p.Name != "this").Select(static p => p.Name)];
        writer.WriteLine($"/// The tangent of x is xDot.{(inactive.Length > 0 ? $" Without tangent: {string.Join(", ", inactive)}." : "")}");
        writer.WriteLine("/// </remarks>");
    }

    private static void WriteSteps(SourceWriter writer, EquatableArray<TensorStep> lines)
    {
        if (!lines.IsEmpty)
        {
            string[] left = [.. lines.Select(Left)];
            int width = Math.Min(left.Max(static l => l.Length), MaxColumn) + 3;
            writer.WriteLine("/// <code>");
            for (int k = 0; k < left.Length; k++)
            {
                string equation = lines[k].Adjoint;
                writer.WriteLine("/// " + GradientCard.Escape(equation.Length == 0 ? left[k] : left[k].PadRight(width) + (left[k].Length >= width ? "   " : "") + equation));
            }

            writer.WriteLine("/// </code>");
        }
    }

    private static string Left(TensorStep line)
    {
        string number = $"[{Number(line.Step)}] ";
        return (line.IsInner ? new string(' ', number.Length + 2) : number) + line.Left + (line.Shape.Length == 0 ? "" : "   " + line.Shape);
    }

    private static string Kept(Derivative derivative)
    {
        var parts = new List<string>();
        Dim bytes = Dim.Zero;
        foreach (Value value in Rematerialization.Run(derivative).Residuals)
        {
            string name = value.Name.Length > 0 ? value.Name
                : derivative.Forward.Body.FirstOrDefault(i => i.Results.Contains(value)) is Instruction origin ? NameHints.Of(origin, value, static _ => null) : "a value";
            if (value.Type is TensorType tensor)
            {
                bytes += tensor.Shape.Count * Dim.Constant(tensor.Element is ElementKind.Double or ElementKind.Int64 ? 8 : 4);
                parts.Add($"{name} {tensor.Shape}");
            }
            else if (value.Type is TapeType { Element: TensorType element }) parts.Add($"{element.Shape} of each iteration");
            else parts.Add(name);
        }

        return parts.Count == 0 ? "Kept for the backward half: nothing." : $"Kept for the backward half{(bytes == Dim.Zero ? "" : $", {bytes} bytes")}: {string.Join(", ", parts)}.";
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
