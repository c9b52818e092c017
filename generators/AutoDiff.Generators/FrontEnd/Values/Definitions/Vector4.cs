// What the members of Vector4 compute, over its components: the framework's values to rounding.
// The length of the zero vector has the slope 0.
using System;
using System.Numerics;

internal static class Vector4Members
{
    public static Vector4 New(float value) => new Vector4(value, value, value, value);
    public static Vector4 New(Vector2 value, float z, float w) => new Vector4(value.X, value.Y, z, w);
    public static Vector4 New(Vector3 value, float w) => new Vector4(value.X, value.Y, value.Z, w);
    public static Vector4 New(ReadOnlySpan<float> values) => new Vector4(values[0], values[1], values[2], values[3]);
    public static Vector4 Create(float value) => new Vector4(value, value, value, value);
    public static Vector4 Create(float x, float y, float z, float w) => new Vector4(x, y, z, w);

    public static Vector4 get_Zero() => new Vector4(0, 0, 0, 0);
    public static Vector4 get_One() => new Vector4(1, 1, 1, 1);
    public static Vector4 get_UnitX() => new Vector4(1, 0, 0, 0);
    public static Vector4 get_UnitY() => new Vector4(0, 1, 0, 0);
    public static Vector4 get_UnitZ() => new Vector4(0, 0, 1, 0);
    public static Vector4 get_UnitW() => new Vector4(0, 0, 0, 1);
    public static Vector4 get_Pi() => new Vector4(MathF.PI, MathF.PI, MathF.PI, MathF.PI);
    public static Vector4 get_E() => new Vector4(MathF.E, MathF.E, MathF.E, MathF.E);
    public static Vector4 get_Tau() => new Vector4(MathF.Tau, MathF.Tau, MathF.Tau, MathF.Tau);
    public static float get_Item(Vector4 self, int index) => index switch { 0 => self.X, 1 => self.Y, 2 => self.Z, _ => self.W };

    public static Vector4 op_Addition(Vector4 left, Vector4 right)
        => new Vector4(left.X + right.X, left.Y + right.Y, left.Z + right.Z, left.W + right.W);
    public static Vector4 Add(Vector4 left, Vector4 right) => left + right;
    public static Vector4 op_Subtraction(Vector4 left, Vector4 right)
        => new Vector4(left.X - right.X, left.Y - right.Y, left.Z - right.Z, left.W - right.W);
    public static Vector4 Subtract(Vector4 left, Vector4 right) => left - right;
    public static Vector4 op_Multiply(Vector4 left, Vector4 right)
        => new Vector4(left.X * right.X, left.Y * right.Y, left.Z * right.Z, left.W * right.W);
    public static Vector4 Multiply(Vector4 left, Vector4 right) => left * right;
    public static Vector4 op_Division(Vector4 left, Vector4 right)
        => new Vector4(left.X / right.X, left.Y / right.Y, left.Z / right.Z, left.W / right.W);
    public static Vector4 Divide(Vector4 left, Vector4 right) => left / right;
    public static Vector4 op_Multiply(Vector4 left, float right)
        => new Vector4(left.X * right, left.Y * right, left.Z * right, left.W * right);
    public static Vector4 op_Multiply(float left, Vector4 right)
        => new Vector4(left * right.X, left * right.Y, left * right.Z, left * right.W);
    public static Vector4 op_Division(Vector4 left, float right)
        => new Vector4(left.X / right, left.Y / right, left.Z / right, left.W / right);
    public static Vector4 Multiply(Vector4 left, float right) => left * right;
    public static Vector4 Multiply(float left, Vector4 right) => left * right;
    public static Vector4 Divide(Vector4 left, float right) => left / right;
    public static Vector4 op_UnaryNegation(Vector4 value) => new Vector4(-value.X, -value.Y, -value.Z, -value.W);
    public static Vector4 Negate(Vector4 value) => -value;
    public static Vector4 op_UnaryPlus(Vector4 value) => value;
    public static bool op_Equality(Vector4 left, Vector4 right)
        => left.X == right.X && left.Y == right.Y && left.Z == right.Z && left.W == right.W;
    public static bool op_Inequality(Vector4 left, Vector4 right)
        => left.X != right.X || left.Y != right.Y || left.Z != right.Z || left.W != right.W;
    public static bool Equals(Vector4 self, Vector4 other) => self == other;

    public static float Dot(Vector4 left, Vector4 right) => left.X * right.X + left.Y * right.Y + left.Z * right.Z + left.W * right.W;
    public static float Sum(Vector4 value) => value.X + value.Y + value.Z + value.W;
    public static float LengthSquared(Vector4 self) => self.X * self.X + self.Y * self.Y + self.Z * self.Z + self.W * self.W;

    public static float Length(Vector4 self)
    {
        float squared = self.X * self.X + self.Y * self.Y + self.Z * self.Z + self.W * self.W;
        return squared == 0 ? 0 : MathF.Sqrt(squared);
    }

    public static float DistanceSquared(Vector4 left, Vector4 right) => (left - right).LengthSquared();
    public static float Distance(Vector4 left, Vector4 right) => (left - right).Length();
    public static Vector4 Normalize(Vector4 value) => value / value.Length();
    public static Vector4 Lerp(Vector4 left, Vector4 right, float amount) => left * (1 - amount) + right * amount;
    public static Vector4 Lerp(Vector4 left, Vector4 right, Vector4 amount) => left * (Vector4.One - amount) + right * amount;
    public static Vector4 Clamp(Vector4 value, Vector4 min, Vector4 max) => Vector4.Min(Vector4.Max(value, min), max);

    public static Vector4 Abs(Vector4 value) => new Vector4(MathF.Abs(value.X), MathF.Abs(value.Y), MathF.Abs(value.Z), MathF.Abs(value.W));
    public static Vector4 Sin(Vector4 value) => new Vector4(MathF.Sin(value.X), MathF.Sin(value.Y), MathF.Sin(value.Z), MathF.Sin(value.W));
    public static Vector4 Cos(Vector4 value) => new Vector4(MathF.Cos(value.X), MathF.Cos(value.Y), MathF.Cos(value.Z), MathF.Cos(value.W));
    public static Vector4 Exp(Vector4 value) => new Vector4(MathF.Exp(value.X), MathF.Exp(value.Y), MathF.Exp(value.Z), MathF.Exp(value.W));
    public static Vector4 Log(Vector4 value) => new Vector4(MathF.Log(value.X), MathF.Log(value.Y), MathF.Log(value.Z), MathF.Log(value.W));
    public static Vector4 Log2(Vector4 value)
        => new Vector4(MathF.Log2(value.X), MathF.Log2(value.Y), MathF.Log2(value.Z), MathF.Log2(value.W));
    public static Vector4 Round(Vector4 value)
        => new Vector4(MathF.Round(value.X), MathF.Round(value.Y), MathF.Round(value.Z), MathF.Round(value.W));
    public static Vector4 Truncate(Vector4 value)
        => new Vector4(MathF.Truncate(value.X), MathF.Truncate(value.Y), MathF.Truncate(value.Z), MathF.Truncate(value.W));
    public static Vector4 SquareRoot(Vector4 value)
        => new Vector4(MathF.Sqrt(value.X), MathF.Sqrt(value.Y), MathF.Sqrt(value.Z), MathF.Sqrt(value.W));
    public static Vector4 Max(Vector4 left, Vector4 right)
        => new Vector4(MathF.Max(left.X, right.X), MathF.Max(left.Y, right.Y), MathF.Max(left.Z, right.Z), MathF.Max(left.W, right.W));
    public static Vector4 Min(Vector4 left, Vector4 right)
        => new Vector4(MathF.Min(left.X, right.X), MathF.Min(left.Y, right.Y), MathF.Min(left.Z, right.Z), MathF.Min(left.W, right.W));
    public static Vector4 CopySign(Vector4 left, Vector4 right)
        => new Vector4(MathF.CopySign(left.X, right.X), MathF.CopySign(left.Y, right.Y), MathF.CopySign(left.Z, right.Z),
            MathF.CopySign(left.W, right.W));
    public static Vector4 Hypot(Vector4 x, Vector4 y)
        => new Vector4(float.Hypot(x.X, y.X), float.Hypot(x.Y, y.Y), float.Hypot(x.Z, y.Z), float.Hypot(x.W, y.W));
    public static Vector4 FusedMultiplyAdd(Vector4 left, Vector4 right, Vector4 addend)
        => new Vector4(left.X * right.X + addend.X, left.Y * right.Y + addend.Y, left.Z * right.Z + addend.Z, left.W * right.W + addend.W);
    public static Vector4 MultiplyAddEstimate(Vector4 left, Vector4 right, Vector4 addend)
        => new Vector4(left.X * right.X + addend.X, left.Y * right.Y + addend.Y, left.Z * right.Z + addend.Z, left.W * right.W + addend.W);
    public static Vector4 DegreesToRadians(Vector4 degrees) => degrees * (MathF.PI / 180);
    public static Vector4 RadiansToDegrees(Vector4 radians) => radians * (180 / MathF.PI);

    public static Vector4 Transform(Vector4 vector, Matrix4x4 matrix)
        => new Vector4(vector.X * matrix.M11 + vector.Y * matrix.M21 + vector.Z * matrix.M31 + vector.W * matrix.M41,
            vector.X * matrix.M12 + vector.Y * matrix.M22 + vector.Z * matrix.M32 + vector.W * matrix.M42,
            vector.X * matrix.M13 + vector.Y * matrix.M23 + vector.Z * matrix.M33 + vector.W * matrix.M43,
            vector.X * matrix.M14 + vector.Y * matrix.M24 + vector.Z * matrix.M34 + vector.W * matrix.M44);
    public static Vector4 Transform(Vector3 position, Matrix4x4 matrix)
        => new Vector4(position.X * matrix.M11 + position.Y * matrix.M21 + position.Z * matrix.M31 + matrix.M41,
            position.X * matrix.M12 + position.Y * matrix.M22 + position.Z * matrix.M32 + matrix.M42,
            position.X * matrix.M13 + position.Y * matrix.M23 + position.Z * matrix.M33 + matrix.M43,
            position.X * matrix.M14 + position.Y * matrix.M24 + position.Z * matrix.M34 + matrix.M44);
}
