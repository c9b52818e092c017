// What the members of Vector2 compute, over its components: the framework's values to rounding.
// The length of the zero vector has the slope 0.
using System;
using System.Numerics;

internal static class Vector2Members
{
    public static Vector2 New(float value) => new Vector2(value, value);
    public static Vector2 New(ReadOnlySpan<float> values) => new Vector2(values[0], values[1]);
    public static Vector2 Create(float value) => new Vector2(value, value);
    public static Vector2 Create(float x, float y) => new Vector2(x, y);

    public static Vector2 get_Zero() => new Vector2(0, 0);
    public static Vector2 get_One() => new Vector2(1, 1);
    public static Vector2 get_UnitX() => new Vector2(1, 0);
    public static Vector2 get_UnitY() => new Vector2(0, 1);
    public static Vector2 get_Pi() => new Vector2(MathF.PI, MathF.PI);
    public static Vector2 get_E() => new Vector2(MathF.E, MathF.E);
    public static Vector2 get_Tau() => new Vector2(MathF.Tau, MathF.Tau);
    public static float get_Item(Vector2 self, int index) => index switch { 0 => self.X, _ => self.Y };

    public static Vector2 op_Addition(Vector2 left, Vector2 right) => new Vector2(left.X + right.X, left.Y + right.Y);
    public static Vector2 Add(Vector2 left, Vector2 right) => left + right;
    public static Vector2 op_Subtraction(Vector2 left, Vector2 right) => new Vector2(left.X - right.X, left.Y - right.Y);
    public static Vector2 Subtract(Vector2 left, Vector2 right) => left - right;
    public static Vector2 op_Multiply(Vector2 left, Vector2 right) => new Vector2(left.X * right.X, left.Y * right.Y);
    public static Vector2 Multiply(Vector2 left, Vector2 right) => left * right;
    public static Vector2 op_Division(Vector2 left, Vector2 right) => new Vector2(left.X / right.X, left.Y / right.Y);
    public static Vector2 Divide(Vector2 left, Vector2 right) => left / right;
    public static Vector2 op_Multiply(Vector2 left, float right) => new Vector2(left.X * right, left.Y * right);
    public static Vector2 op_Multiply(float left, Vector2 right) => new Vector2(left * right.X, left * right.Y);
    public static Vector2 op_Division(Vector2 left, float right) => new Vector2(left.X / right, left.Y / right);
    public static Vector2 Multiply(Vector2 left, float right) => left * right;
    public static Vector2 Multiply(float left, Vector2 right) => left * right;
    public static Vector2 Divide(Vector2 left, float right) => left / right;
    public static Vector2 op_UnaryNegation(Vector2 value) => new Vector2(-value.X, -value.Y);
    public static Vector2 Negate(Vector2 value) => -value;
    public static Vector2 op_UnaryPlus(Vector2 value) => value;
    public static bool op_Equality(Vector2 left, Vector2 right) => left.X == right.X && left.Y == right.Y;
    public static bool op_Inequality(Vector2 left, Vector2 right) => left.X != right.X || left.Y != right.Y;
    public static bool Equals(Vector2 self, Vector2 other) => self == other;

    public static float Dot(Vector2 left, Vector2 right) => left.X * right.X + left.Y * right.Y;
    public static float Sum(Vector2 value) => value.X + value.Y;
    public static float LengthSquared(Vector2 self) => self.X * self.X + self.Y * self.Y;

    public static float Length(Vector2 self)
    {
        float squared = self.X * self.X + self.Y * self.Y;
        return squared == 0 ? 0 : MathF.Sqrt(squared);
    }

    public static float DistanceSquared(Vector2 left, Vector2 right) => (left - right).LengthSquared();
    public static float Distance(Vector2 left, Vector2 right) => (left - right).Length();
    public static Vector2 Normalize(Vector2 value) => value / value.Length();
    public static Vector2 Lerp(Vector2 left, Vector2 right, float amount) => left * (1 - amount) + right * amount;
    public static Vector2 Lerp(Vector2 left, Vector2 right, Vector2 amount) => left * (Vector2.One - amount) + right * amount;
    public static Vector2 Reflect(Vector2 vector, Vector2 normal) => vector - 2 * Vector2.Dot(vector, normal) * normal;
    public static float Cross(Vector2 left, Vector2 right) => left.X * right.Y - left.Y * right.X;
    public static Vector2 Clamp(Vector2 value, Vector2 min, Vector2 max) => Vector2.Min(Vector2.Max(value, min), max);

    public static Vector2 Abs(Vector2 value) => new Vector2(MathF.Abs(value.X), MathF.Abs(value.Y));
    public static Vector2 Sin(Vector2 value) => new Vector2(MathF.Sin(value.X), MathF.Sin(value.Y));
    public static Vector2 Cos(Vector2 value) => new Vector2(MathF.Cos(value.X), MathF.Cos(value.Y));
    public static Vector2 Exp(Vector2 value) => new Vector2(MathF.Exp(value.X), MathF.Exp(value.Y));
    public static Vector2 Log(Vector2 value) => new Vector2(MathF.Log(value.X), MathF.Log(value.Y));
    public static Vector2 Log2(Vector2 value) => new Vector2(MathF.Log2(value.X), MathF.Log2(value.Y));
    public static Vector2 Round(Vector2 value) => new Vector2(MathF.Round(value.X), MathF.Round(value.Y));
    public static Vector2 Truncate(Vector2 value) => new Vector2(MathF.Truncate(value.X), MathF.Truncate(value.Y));
    public static Vector2 SquareRoot(Vector2 value) => new Vector2(MathF.Sqrt(value.X), MathF.Sqrt(value.Y));
    public static Vector2 Max(Vector2 left, Vector2 right) => new Vector2(MathF.Max(left.X, right.X), MathF.Max(left.Y, right.Y));
    public static Vector2 Min(Vector2 left, Vector2 right) => new Vector2(MathF.Min(left.X, right.X), MathF.Min(left.Y, right.Y));
    public static Vector2 CopySign(Vector2 left, Vector2 right)
        => new Vector2(MathF.CopySign(left.X, right.X), MathF.CopySign(left.Y, right.Y));
    public static Vector2 Hypot(Vector2 x, Vector2 y) => new Vector2(float.Hypot(x.X, y.X), float.Hypot(x.Y, y.Y));
    public static Vector2 FusedMultiplyAdd(Vector2 left, Vector2 right, Vector2 addend)
        => new Vector2(left.X * right.X + addend.X, left.Y * right.Y + addend.Y);
    public static Vector2 MultiplyAddEstimate(Vector2 left, Vector2 right, Vector2 addend)
        => new Vector2(left.X * right.X + addend.X, left.Y * right.Y + addend.Y);
    public static Vector2 DegreesToRadians(Vector2 degrees) => degrees * (MathF.PI / 180);
    public static Vector2 RadiansToDegrees(Vector2 radians) => radians * (180 / MathF.PI);

    public static Vector2 Transform(Vector2 position, Matrix3x2 matrix)
        => new Vector2(position.X * matrix.M11 + position.Y * matrix.M21 + matrix.M31,
            position.X * matrix.M12 + position.Y * matrix.M22 + matrix.M32);
    public static Vector2 TransformNormal(Vector2 normal, Matrix3x2 matrix)
        => new Vector2(normal.X * matrix.M11 + normal.Y * matrix.M21, normal.X * matrix.M12 + normal.Y * matrix.M22);
    public static Vector2 Transform(Vector2 position, Matrix4x4 matrix)
        => new Vector2(position.X * matrix.M11 + position.Y * matrix.M21 + matrix.M41,
            position.X * matrix.M12 + position.Y * matrix.M22 + matrix.M42);
}
