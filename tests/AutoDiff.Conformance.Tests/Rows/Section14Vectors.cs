using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>Section 14: vectors and matrices as values.</summary>
public static partial class Vectors
{
    private struct Three
    {
        public double X, Y, Z;

        public (double Z, double Y) ZY
        {
            readonly get => (Z, Y);
            set => (Z, Y) = value;
        }
    }

    private record struct Two(double A, double B, double C, double D)
    {
        public readonly double Determinant => A * D - B * C;

        public readonly Two Inverse()
        {
            double k = 1 / Determinant;
            return new Two(D * k, -B * k, -C * k, A * k);
        }
    }

    [Row("broadcast", 5f, Value = [40], Gradient = [8], SlopeTolerance = 0.05)]
    [Differentiable]
    public static float Broadcast(float x) => Vector4.Dot(new Vector4(x), new Vector4(2));

    [Row("vec_mul_scalar", 1f, 2f, 3f, 4f, 5f, Value = [50], Gradient = [5, 5, 5, 5, 10], SlopeTolerance = 0.05)]
    [Differentiable]
    public static float VectorTimesScalar(float x, float y, float z, float w, float s) => Vector4.Sum(new Vector4(x, y, z, w) * s);

    [Row("vec_div", 5f, Gradient = [2.0833333333], SlopeTolerance = 0.05)]
    [Differentiable]
    public static float ScalarOverVector(float s)
    {
        Vector4 q = new Vector4(s) / new Vector4(1, 2, 3, 4);
        return q.X + q.Y + q.Z + q.W;
    }

    [Row("horizontal_sum", 1f, 2f, 3f, Value = [6], Gradient = [1, 1, 1], SlopeTolerance = 0.05)]
    [Differentiable]
    public static float HorizontalSum(float x, float y, float z) => Vector3.Sum(new Vector3(x, y, z));

    [Row("swizzle", 2, 3, 4, Seed = [0.5, 1], Value = [3, 2], Gradient = [1, 0.5, 0])]
    [Differentiable]
    public static void Swizzle(double x, double y, double z, out double first, out double second)
    {
        var u = new Three { X = x, Z = z };
        u.ZY = (y, x);
        (first, second) = u.ZY;
    }

    [Row("inverse2x2", 1, 2, 3, 5, Value = [-1], Gradient = [-6, 4, 3, -2])]
    [Differentiable]
    public static double InverseOfTwoByTwo(double a, double b, double c, double d)
    {
        Two inverse = new Two(a, b, c, d).Inverse();
        return inverse.A + inverse.B + inverse.C + inverse.D;
    }
}
