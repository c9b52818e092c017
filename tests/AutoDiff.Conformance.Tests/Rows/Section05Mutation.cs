namespace AutoDiff.Conformance;

/// <summary>Section 5: what is overwritten, and to be recorded before.</summary>
public static partial class Mutation
{
    [Row("reassign", 3, Gradient = [108])]
    [Differentiable]
    public static double Reassign(double x)
    {
        double a = x;
        a = a * x;
        a = a * x;
        return a * x;
    }

    [Row("tuple_fifth_power", 3, Gradient = [405])]
    [Differentiable]
    public static double TupleFifthPower(double x)
    {
        (double, double) t = (x, x);
        t.Item1 *= x;
        t.Item2 = t.Item1 * x;
        return t.Item1 * t.Item2;
    }

    private struct Point
    {
        public double X;
        public double Y;
    }

    [Row("struct_multi_write", 1, Gradient = [13])]
    [Differentiable]
    public static double StructMultiWrite(double a)
    {
        Point o = default;
        o.Y = 2 * a;
        o.Y += 2 * a;
        o.X = o.Y + 5 * a;
        return o.X + o.Y;
    }

    [Row("cross_field_copy", 1, 3, Gradient = [0, 1])]
    [Differentiable]
    public static double CrossFieldCopy(double a, double b)
    {
        var s = new Point { X = a, Y = b };
        Copy(ref s);
        return s.X;
    }

    private static void Copy(ref Point s) => s.X = s.Y;

    [Row("assign_expr_value", new double[] { 1, 2, 3 }, Value = [30], Gradient = [5, 5, 5])]
    [Differentiable]
    public static double AssignExprValue(ReadOnlySpan<double> values)
    {
        double[] arr = values.ToArray();
        double res = 0;
        for (int i = 0; i < arr.Length; i++) res += arr[i] *= 5;
        return res;
    }

    [Row("ref_local_in_loop", 3, Gradient = [5])]
    [Differentiable]
    public static double RefLocalInLoop(double i)
    {
        double[] arr = new double[5];
        for (int k = 0; k < 5; k++)
        {
            ref double r = ref arr[k];
            r = i;
        }

        double sum = 0;
        for (int k = 0; k < 5; k++) sum += arr[k];
        return sum;
    }

    [Row("ref_arg_in_loop", 3, Gradient = [5])]
    [Differentiable]
    public static double RefArgInLoop(double i)
    {
        double[] arr = new double[5];
        for (int k = 0; k < 5; k++) Modify(ref arr[k], i);
        double sum = 0;
        for (int k = 0; k < 5; k++) sum += arr[k];
        return sum;
    }

    private static void Modify(ref double element, double value) => element = value;

    [Row("scale_by_index", 3, Gradient = [3])]
    [Differentiable]
    public static double ScaleByIndex(double x)
    {
        double[] a = new double[3];
        Array.Fill(a, x);
        for (int i = 0; i < 3; i++) a[i] *= i;
        double sum = 0;
        foreach (double v in a) sum += v;
        return sum;
    }

    [Row("swap_ref", 3, 4, Gradient = [4, 3])]
    [Differentiable]
    public static double SwapRef(double x, double y)
    {
        Swap(ref x, ref y);
        return x * y;
    }

    [Row("swap_ref", 3, 4, Seed = [1, 10], Gradient = [10, 1])]
    [Differentiable]
    public static void Swap(ref double x, ref double y) => (x, y) = (y, x);

    [Row("vector_component_overwrite", 4, 7, 9, Gradient = [9, 0, 1])]
    [Differentiable]
    public static void VectorComponentOverwrite(ref double x, ref double y, ref double z) => y = x * x;

    [Row("callee_mutates_struct_in_loop", 1, Gradient = [24])]
    [Differentiable]
    public static double CalleeMutatesStructInLoop(double x)
    {
        var s = new Point { X = x, Y = x };
        double t = 0;
        for (int i = 0; i < 2; i++)
        {
            Scale(ref s);
            t += s.X * s.X + s.Y;
        }

        return t;
    }

    private static void Scale(ref Point s)
    {
        s.X = -s.X;
        s.Y *= 4;
    }
}
