using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>The checks of one row.</summary>
internal static class RowCheck
{
    private const double Step = 1e-5;

    public static void Run(MethodInfo method, RowAttribute row)
    {
        string type = method.DeclaringType!.FullName!;
        var members = new Members(method.Module.Assembly, type, method.Name);
        object?[] arguments = members.Arguments(row);
        double[] outputs = members.Run(arguments);
        if (row.Value is not null) Near(row.Value, outputs, 1e-6, "value");

        Pulled pulled = members.Vjp(arguments, row.Seed);
        if (row.Gradient is not null) Near(row.Gradient, pulled.Gradient, 1e-6, "gradient");
        if (!row.IsKink) Near(Slopes(members, arguments, row.Seed, pulled), pulled.Gradient, row.SlopeTolerance, "gradient beside slopes");
        AsTheMethod(row, outputs, [.. pulled.Value, .. outputs[pulled.Value.Length..]], "value of the member");
        Unchanged(members, row, arguments, pulled);

        double[] twice = members.Vjp(arguments, row.Seed, accumulateTwice: true).Gradient;
        for (int i = 0, k = 0; i < pulled.Inputs.Length; i++)
        {
            bool isBuffer = arguments[pulled.Inputs[i]] is Array;
            int count = arguments[pulled.Inputs[i]] is Array array ? array.Length : 1;
            for (int j = 0; j < count; j++, k++)
                if (isBuffer) Near([2 * pulled.Gradient[k]], [twice[k]], 1e-14, "accumulated gradient");
        }

        if (members.HasGradient && row.Seed is null && outputs.Length == 1)
            Near(pulled.Gradient, members.Gradient(arguments).Gradient, 1e-14, "FGradient beside FVjp");
    }

    /// <summary>The same value, the same gradient and the same memory afterwards, to the bit, where the row is compiled with analyses switched off.</summary>
    public static void WithoutAnalyses(MethodInfo method, RowAttribute row)
    {
        string type = method.DeclaringType!.FullName!;
        var members = new Members(method.Module.Assembly, type, method.Name);
        object?[] arguments = members.Arguments(row);
        Pulled pulled = members.Vjp(arguments, row.Seed);
        Pulled? gradient = members.HasGradient ? members.Gradient(arguments) : null;
        foreach ((string variant, Assembly assembly) in Variants.All)
        {
            var others = new Members(assembly, type, method.Name);
            Same(pulled, others.Vjp(arguments, row.Seed), $"FVjp {variant}");
            if (gradient is not null) Same(gradient, others.Gradient(arguments), $"FGradient {variant}");
        }
    }

    private static void Same(Pulled expected, Pulled actual, string what)
    {
        Equal(expected.Gradient, actual.Gradient, what);
        Equal(expected.Value, actual.Value, $"{what}: value");
        Equal([.. expected.After.SelectMany(Numbers.Flatten)], [.. actual.After.SelectMany(Numbers.Flatten)], $"{what}: arguments afterwards");
    }

    /// <summary>Central differences of the outputs, weighted by the cotangents, with respect to each input.</summary>
    private static double[] Slopes(Members members, object?[] arguments, double[]? seed, Pulled pulled)
    {
        var slopes = new List<double>();
        foreach (int input in pulled.Inputs)
        {
            int count = arguments[input] is Array array ? array.Length : 1;
            for (int place = 0; place < count; place++) slopes.Add((At(input, place, Step) - At(input, place, -Step)) / (2 * Step));
        }

        return [.. slopes];

        double At(int input, int place, double step)
        {
            object?[] moved = [.. arguments];
            moved[input] = Numbers.Moved(moved[input]!, place, step);
            double[] outputs = members.Run(moved);
            return outputs.Select((y, k) => (seed?[k] ?? 1) * y).Sum();
        }
    }

    /// <summary>What the method only reads is as before; what it writes is as the method leaves it.</summary>
    private static void Unchanged(Members members, RowAttribute row, object?[] arguments, Pulled pulled)
    {
        object?[] own = [.. arguments.Select(Numbers.Copy)];
        members.RunInPlace(own);
        for (int i = 0; i < own.Length; i++)
            AsTheMethod(row, [.. Numbers.Flatten(own[i])], [.. Numbers.Flatten(pulled.After[i])], $"argument {members.Parameters[i].Name} afterwards");
    }

    private static void AsTheMethod(RowAttribute row, double[] expected, double[] actual, string what)
    {
        if (row.RunsInLanes) Near(expected, actual, 1e-14, what);
        else Equal(expected, actual, what);
    }

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
        => Compare(expected, actual, what, (a, b) => a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b))));

    private static void Equal(double[] expected, double[] actual, string what)
        => Compare(expected, actual, what, static (a, b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b)));

    private static void Compare(double[] expected, double[] actual, string what, Func<double, double, bool> areEqual)
        => Assert.True(expected.Length == actual.Length && expected.Zip(actual, areEqual).All(static equal => equal),
            $"{what}: expected ({Text(expected)}), actual ({Text(actual)})");

    private static string Text(double[] numbers) => string.Join(", ", numbers.Select(static n => n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
}
