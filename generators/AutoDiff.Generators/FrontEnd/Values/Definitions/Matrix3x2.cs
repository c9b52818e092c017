// What the members of Matrix3x2 compute, over its components: the framework's values to rounding.
using System;
using System.Numerics;

internal static class Matrix3x2Members
{
    public static Matrix3x2 get_Identity() => new Matrix3x2(1, 0, 0, 1, 0, 0);
    public static Vector2 get_Translation(Matrix3x2 self) => new Vector2(self.M31, self.M32);

    public static Matrix3x2 op_Addition(Matrix3x2 left, Matrix3x2 right)
        => new Matrix3x2(
            left.M11 + right.M11, left.M12 + right.M12, left.M21 + right.M21, left.M22 + right.M22,
            left.M31 + right.M31, left.M32 + right.M32);

    public static Matrix3x2 op_Subtraction(Matrix3x2 left, Matrix3x2 right)
        => new Matrix3x2(
            left.M11 - right.M11, left.M12 - right.M12, left.M21 - right.M21, left.M22 - right.M22,
            left.M31 - right.M31, left.M32 - right.M32);

    public static Matrix3x2 op_Multiply(Matrix3x2 left, float right)
        => new Matrix3x2(left.M11 * right, left.M12 * right, left.M21 * right, left.M22 * right, left.M31 * right, left.M32 * right);

    public static Matrix3x2 op_Multiply(Matrix3x2 left, Matrix3x2 right)
        => new Matrix3x2(
            left.M11 * right.M11 + left.M12 * right.M21, left.M11 * right.M12 + left.M12 * right.M22,
            left.M21 * right.M11 + left.M22 * right.M21, left.M21 * right.M12 + left.M22 * right.M22,
            left.M31 * right.M11 + left.M32 * right.M21 + right.M31, left.M31 * right.M12 + left.M32 * right.M22 + right.M32);

    public static Matrix3x2 op_UnaryNegation(Matrix3x2 value)
        => new Matrix3x2(-value.M11, -value.M12, -value.M21, -value.M22, -value.M31, -value.M32);

    public static float GetDeterminant(Matrix3x2 self) => self.M11 * self.M22 - self.M21 * self.M12;

    public static Matrix3x2 CreateTranslation(float x, float y) => new Matrix3x2(1, 0, 0, 1, x, y);
    public static Matrix3x2 CreateTranslation(Vector2 position) => new Matrix3x2(1, 0, 0, 1, position.X, position.Y);
    public static Matrix3x2 CreateScale(float scale) => new Matrix3x2(scale, 0, 0, scale, 0, 0);
    public static Matrix3x2 CreateScale(float x, float y) => new Matrix3x2(x, 0, 0, y, 0, 0);
    public static Matrix3x2 CreateScale(Vector2 scales) => new Matrix3x2(scales.X, 0, 0, scales.Y, 0, 0);

    public static Matrix3x2 CreateRotation(float radians)
    {
        float c = MathF.Cos(radians), s = MathF.Sin(radians);
        return new Matrix3x2(c, s, -s, c, 0, 0);
    }
}
