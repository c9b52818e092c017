using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>The sizes behind dimension names, as locals, and the checks of shapes against them.</summary>
internal static class DimensionLocals
{
    private const string Guard = "global::AutoDiff.Generated.Guard";
    private const string Access = "global::AutoDiff.Generated.TensorAccess";

    /// <summary>In the pair: the sizes that are members of the type.</summary>
    public static void WriteOfMembers(SourceWriter writer, TensorMethod method)
    {
        foreach (DimBinding binding in method.Function.Dimensions)
            if (!method.IsFromParameter(binding) && !method.IsOperand(binding.Symbol)) writer.WriteLine($"int {method.Spell(binding.Symbol)} = {binding.Expression};");
    }

    /// <summary>In an entry: all sizes, each from where its name is bound, and the checks.</summary>
    public static void WriteAll(SourceWriter writer, TensorMethod method)
    {
        Parameter[] tensors = [.. method.Operands.Where(static p => p.Value.Type is TensorType)];
        foreach (Parameter parameter in tensors.Where(static p => !TensorMethod.IsSpan(p)))
        {
            Shape shape = ((TensorType)parameter.Value.Type).Shape;
            string text = CSharpLiteral.String(parameter.ShapeText ?? ""), name = method.Name(parameter);
            if (shape.HasRest) writer.WriteLine($"{Guard}.RankAtLeast({name}, {Number(shape.Rank - 1)}, {text});");
            else writer.WriteLine($"{Guard}.Rank({name}, {Number(shape.Rank)}, {text});");
        }

        foreach (DimBinding binding in method.Function.Dimensions.Where(b => !method.IsOperand(b.Symbol)))
            writer.WriteLine($"int {method.Spell(binding.Symbol)} = {Source(method, binding)};");
        foreach (Parameter parameter in tensors) WriteChecks(writer, method, parameter);
        foreach (DimConstraint constraint in method.Function.Constraints)
        {
            string[] guards = [.. method.Function.Dimensions.Where(b => b.Guard is not null && constraint.Left.Symbols.Concat(constraint.Right.Symbols).Contains(b.Symbol))
                .Select(static b => b.Guard!).Distinct()];
            string condition = guards.Length == 0 ? "" : $"if ({string.Join(" && ", guards)}) ";
            writer.WriteLine($"{condition}global::AutoDiff.Generated.Reductions.SameSize({method.Spell(constraint.Left)}, {method.Spell(constraint.Right)}, "
                + $"{CSharpLiteral.String(constraint.Left.ToString())}, {CSharpLiteral.String(constraint.Right.ToString())}, {CSharpLiteral.String(constraint.Where)});");
        }
    }

    private static string Source(TensorMethod method, DimBinding binding)
    {
        if (binding.Parameter is null) return binding.Expression!;
        Parameter parameter = method.Function.Parameters.First(p => p.Name == binding.Parameter);
        string name = method.Name(parameter);
        if (TensorMethod.IsSpan(parameter)) return name + ".Length";
        Shape shape = ((TensorType)parameter.Value.Type).Shape;
        return binding.Axis == int.MinValue ? $"global::AutoDiff.Generated.Reductions.Rest({name}.Lengths, {Number(shape.Rank - 1)})" : $"{Access}.Length({name}, {Number(binding.Axis)})";
    }

    private static void WriteChecks(SourceWriter writer, TensorMethod method, Parameter parameter)
    {
        Shape shape = ((TensorType)parameter.Value.Type).Shape;
        string name = method.Name(parameter), text = CSharpLiteral.String(parameter.ShapeText ?? ""), label = CSharpLiteral.String(parameter.Name);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (axis == 0 && shape.HasRest)
            {
                // The leading axes are bound as one number, by this parameter or by an earlier one.
                if (shape[0].Name is { } rest && method.Function.Dimensions.Any(b => b.Symbol == rest && b.Parameter == parameter.Name)) continue;
                writer.WriteLine($"global::AutoDiff.Generated.Reductions.SameSize(global::AutoDiff.Generated.Reductions.Rest({name}.Lengths, {Number(shape.Rank - 1)}), {method.Spell(shape[0])}, "
                    + $"{label}, \"...\", {text});");
                continue;
            }

            int at = shape.HasRest ? axis - shape.Rank : axis;
            if (method.Function.Dimensions.Any(b => b.Parameter == parameter.Name && b.Axis == at && shape[axis].Name == b.Symbol)) continue;
            string dimension = CSharpLiteral.String(shape[axis].ToString()), expected = method.Spell(shape[axis]);
            string from = shape[axis].Name is { } symbol && method.Function.Dimensions.FirstOrDefault(b => b.Symbol == symbol)?.Parameter is { } source
                ? ", " + CSharpLiteral.String(source) : "";
            writer.WriteLine(TensorMethod.IsSpan(parameter)
                ? $"{Guard}.Dimension({label}, {text}, {name}.Length, {dimension}, {expected}{from});"
                : $"{Guard}.Dimension({label}, {text}, {name}.Lengths, {Number(at)}, {dimension}, {expected}{from});");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
