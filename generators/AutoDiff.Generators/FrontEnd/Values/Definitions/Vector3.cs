// What the members of Vector3 compute, over its components: the framework's values to rounding.
// The length of the zero vector has the slope 0.
using System;
using System.Numerics;

internal static class Vector3Members
{
    public static Vector3 New(float value) => new Vector3(value, value, value);
    public static Vector3 New(Vector2 value, float z) => new Vector3(value.X, value.Y, z);
    public static Vector3 New(ReadOnlySpan<float> values) => new Vector3(values[0], values[1], values[2]);
    public static Vector3 Create(float value) => new Vector3(value, value, value);
    public static Vector3 Create(float x, float y, float z) => new Vector3(x, y, z);

    public static Vector3 get_Zero() => new Vector3(0, 0, 0);
    public static Vector3 get_One() => new Vector3(1, 1, 1);
    public static Vector3 get_UnitX() => new Vector3(1, 0, 0);
    public static Vector3 get_UnitY() => new Vector3(0, 1, 0);
    public static Vector3 get_UnitZ() => new Vector3(0, 0, 1);
    public static Vector3 get_Pi() => new Vector3(MathF.PI, MathF.PI, MathF.PI);
    public static Vector3 get_E() => new Vector3(MathF.E, MathF.E, MathF.E);
    public static Vector3 get_Tau() => new Vector3(MathF.Tau, MathF.Tau, MathF.Tau);
    public static float get_Item(Vector3 self, int index) => index switch { 0 => self.X, 1 => self.Y, _ => self.Z };

    public static Vector3 op_Addition(Vector3 left, Vector3 right) => new Vector3(left.X + right.X, left.Y + right.Y, left.Z + right.Z);
    public static Vector3 Add(Vector3 left, Vector3 right) => left + right;
    public static Vector3 op_Subtraction(Vector3 left, Vector3 right) => new Vector3(left.X - right.X, left.Y - right.Y, left.Z - right.Z);
    public static Vector3 Subtract(Vector3 left, Vector3 right) => left - right;
    public static Vector3 op_Multiply(Vector3 left, Vector3 right) => new Vector3(left.X * right.X, left.Y * right.Y, left.Z * right.Z);
    public static Vector3 Multiply(Vector3 left, Vector3 right) => left * right;
    public static Vector3 op_Division(Vector3 left, Vector3 right) => new Vector3(left.X / right.X, left.Y / right.Y, left.Z / right.Z);
    public static Vector3 Divide(Vector3 left, Vector3 right) => left / right;
    public static Vector3 op_Multiply(Vector3 left, float right) => new Vector3(left.X * right, left.Y * right, left.Z * right);
    public static Vector3 op_Multiply(float left, Vector3 right) => new Vector3(left * right.X, left * right.Y, left * right.Z);
    public static Vector3 op_Division(Vector3 left, float right) => new Vector3(left.X / right, left.Y / right, left.Z / right);
    public static Vector3 Multiply(Vector3 left, float right) => left * right;
    public static Vector3 Multiply(float left, Vector3 right) => left * right;
    public static Vector3 Divide(Vector3 left, float right) => left / right;
    public static Vector3 op_UnaryNegation(Vector3 value) => new Vector3(-value.X, -value.Y, -value.Z);
    public static Vector3 Negate(Vector3 value) => -value;
    public static Vector3 op_UnaryPlus(Vector3 value) => value;
    public static bool op_Equality(Vector3 left, Vector3 right) => left.X == right.X && left.Y == right.Y && left.Z == right.Z;
    public static bool op_Inequality(Vector3 left, Vector3 right) => left.X != right.X || left.Y != right.Y || left.Z != right.Z;
    public static bool Equals(Vector3 self, Vector3 other) => self == other;

    public static float Dot(Vector3 left, Vector3 right) => left.X * right.X + left.Y * right.Y + left.Z * right.Z;
    public static float Sum(Vector3 value) => value.X + value.Y + value.Z;
    public static float LengthSquared(Vector3 self) => self.X * self.X + self.Y * self.Y + self.Z * self.Z;

    public static float Length(Vector3 self)
    {
        float squared = self.X * self.X + self.Y * self.Y + self.Z * self.Z;
        return squared == 0 ? 0 : MathF.Sqrt(squared);
    }

    public static float DistanceSquared(Vector3 left, Vector3 right) => (left - right).LengthSquared();
    public static float Distance(Vector3 left, Vector3 right) => (left - right).Length();
    public static Vector3 Normalize(Vector3 value) => value / value.Length();
    public static Vector3 Lerp(Vector3 left, Vector3 right, float amount) => left * (1 - amount) + right * amount;
    public static Vector3 Lerp(Vector3 left, Vector3 right, Vector3 amount) => left * (Vector3.One - amount) + right * amount;
    public static Vector3 Reflect(Vector3 vector, Vector3 normal) => vector - 2 * Vector3.Dot(vector, normal) * normal;
    public static Vector3 Cross(Vector3 left, Vector3 right)
        => new Vector3(left.Y * right.Z - left.Z * right.Y, left.Z * right.X - left.X * right.Z, left.X * right.Y - left.Y * right.X);
    public static Vector3 Clamp(Vector3 value, Vector3 min, Vector3 max) => Vector3.Min(Vector3.Max(value, min), max);

    public static Vector3 Abs(Vector3 value) => new Vector3(MathF.Abs(value.X), MathF.Abs(value.Y), MathF.Abs(value.Z));
    public static Vector3 Sin(Vector3 value) => new Vector3(MathF.Sin(value.X), MathF.Sin(value.Y), MathF.Sin(value.Z));
    public static Vector3 Cos(Vector3 value) => new Vector3(MathF.Cos(value.X), MathF.Cos(value.Y), MathF.Cos(value.Z));
    public static Vector3 Exp(Vector3 value) => new Vector3(MathF.Exp(value.X), MathF.Exp(value.Y), MathF.Exp(value.Z));
    public static Vector3 Log(Vector3 value) => new Vector3(MathF.Log(value.X), MathF.Log(value.Y), MathF.Log(value.Z));
    public static Vector3 Log2(Vector3 value) => new Vector3(MathF.Log2(value.X), MathF.Log2(value.Y), MathF.Log2(value.Z));
    public static Vector3 Round(Vector3 value) => new Vector3(MathF.Round(value.X), MathF.Round(value.Y), MathF.Round(value.Z));
    public static Vector3 Truncate(Vector3 value) => new Vector3(MathF.Truncate(value.X), MathF.Truncate(value.Y), MathF.Truncate(value.Z));
    public static Vector3 SquareRoot(Vector3 value) => new Vector3(MathF.Sqrt(value.X), MathF.Sqrt(value.Y), MathF.Sqrt(value.Z));
    public static Vector3 Max(Vector3 left, Vector3 right)
        => new Vector3(MathF.Max(left.X, right.X), MathF.Max(left.Y, right.Y), MathF.Max(left.Z, right.Z));
    public static Vector3 Min(Vector3 left, Vector3 right)
        => new Vector3(MathF.Min(left.X, right.X), MathF.Min(left.Y, right.Y), MathF.Min(left.Z, right.Z));
    public static Vector3 CopySign(Vector3 left, Vector3 right)
        => new Vector3(MathF.CopySign(left.X, right.X), MathF.CopySign(left.Y, right.Y), MathF.CopySign(left.Z, right.Z));
    public static Vector3 Hypot(Vector3 x, Vector3 y) => new Vector3(float.Hypot(x.X, y.X), float.Hypot(x.Y, y.Y), float.Hypot(x.Z, y.Z));
    public static Vector3 FusedMultiplyAdd(Vector3 left, Vector3 right, Vector3 addend)
        => new Vector3(left.X * right.X + addend.X, left.Y * right.Y + addend.Y, left.Z * right.Z + addend.Z);
    public static Vector3 MultiplyAddEstimate(Vector3 left, Vector3 right, Vector3 addend)
        => new Vector3(left.X * right.X + addend.X, left.Y * right.Y + addend.Y, left.Z * right.Z + addend.Z);
    public static Vector3 DegreesToRadians(Vector3 degrees) => degrees * (MathF.PI / 180);
    public static Vector3 RadiansToDegrees(Vector3 radians) => radians * (180 / MathF.PI);

    public static Vector3 Transform(Vector3 position, Matrix4x4 matrix)
        => new Vector3(position.X * matrix.M11 + position.Y * matrix.M21 + position.Z * matrix.M31 + matrix.M41,
            position.X * matrix.M12 + position.Y * matrix.M22 + position.Z * matrix.M32 + matrix.M42,
            position.X * matrix.M13 + position.Y * matrix.M23 + position.Z * matrix.M33 + matrix.M43);
    public static Vector3 TransformNormal(Vector3 normal, Matrix4x4 matrix)
        => new Vector3(normal.X * matrix.M11 + normal.Y * matrix.M21 + normal.Z * matrix.M31,
            normal.X * matrix.M12 + normal.Y * matrix.M22 + normal.Z * matrix.M32,
            normal.X * matrix.M13 + normal.Y * matrix.M23 + normal.Z * matrix.M33);

    public static Vector3 Transform(Vector3 value, Quaternion rotation)
    {
        Vector3 axis = new Vector3(rotation.X, rotation.Y, rotation.Z);
        Vector3 turned = 2 * Vector3.Cross(axis, value);
        return value + rotation.W * turned + Vector3.Cross(axis, turned);
    }
}
