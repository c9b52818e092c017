// What the members of Quaternion compute, over its components: the framework's values to rounding.
using System;
using System.Numerics;

internal static class QuaternionMembers
{
    public static Quaternion New(Vector3 vectorPart, float scalarPart)
        => new Quaternion(vectorPart.X, vectorPart.Y, vectorPart.Z, scalarPart);
    public static Quaternion get_Identity() => new Quaternion(0, 0, 0, 1);
    public static Quaternion get_Zero() => new Quaternion(0, 0, 0, 0);

    public static Quaternion op_Addition(Quaternion left, Quaternion right)
        => new Quaternion(left.X + right.X, left.Y + right.Y, left.Z + right.Z, left.W + right.W);

    public static Quaternion op_Subtraction(Quaternion left, Quaternion right)
        => new Quaternion(left.X - right.X, left.Y - right.Y, left.Z - right.Z, left.W - right.W);

    public static Quaternion op_Multiply(Quaternion left, Quaternion right)
        => new Quaternion(
            left.X * right.W + right.X * left.W + (left.Y * right.Z - left.Z * right.Y),
            left.Y * right.W + right.Y * left.W + (left.Z * right.X - left.X * right.Z),
            left.Z * right.W + right.Z * left.W + (left.X * right.Y - left.Y * right.X),
            left.W * right.W - (left.X * right.X + left.Y * right.Y + left.Z * right.Z));

    public static Quaternion op_Multiply(Quaternion left, float right)
        => new Quaternion(left.X * right, left.Y * right, left.Z * right, left.W * right);

    public static Quaternion op_Division(Quaternion left, Quaternion right) => left * Quaternion.Inverse(right);
    public static Quaternion op_UnaryNegation(Quaternion value) => new Quaternion(-value.X, -value.Y, -value.Z, -value.W);
    public static bool op_Equality(Quaternion left, Quaternion right)
        => left.X == right.X && left.Y == right.Y && left.Z == right.Z && left.W == right.W;
    public static bool op_Inequality(Quaternion left, Quaternion right) => !(left == right);

    public static Quaternion Add(Quaternion left, Quaternion right) => left + right;
    public static Quaternion Subtract(Quaternion left, Quaternion right) => left - right;
    public static Quaternion Multiply(Quaternion left, Quaternion right) => left * right;
    public static Quaternion Multiply(Quaternion left, float right) => left * right;
    public static Quaternion Divide(Quaternion left, Quaternion right) => left / right;
    public static Quaternion Negate(Quaternion value) => -value;
    public static Quaternion Concatenate(Quaternion first, Quaternion second) => second * first;
    public static Quaternion Conjugate(Quaternion value) => new Quaternion(-value.X, -value.Y, -value.Z, value.W);

    public static float Dot(Quaternion left, Quaternion right) => left.X * right.X + left.Y * right.Y + left.Z * right.Z + left.W * right.W;
    public static float LengthSquared(Quaternion self) => self.X * self.X + self.Y * self.Y + self.Z * self.Z + self.W * self.W;

    public static float Length(Quaternion self)
    {
        float squared = self.LengthSquared();
        return squared == 0 ? 0 : MathF.Sqrt(squared);
    }

    public static Quaternion Normalize(Quaternion value)
    {
        float k = 1 / value.Length();
        return new Quaternion(value.X * k, value.Y * k, value.Z * k, value.W * k);
    }

    public static Quaternion Inverse(Quaternion value)
    {
        float k = 1 / value.LengthSquared();
        return new Quaternion(-value.X * k, -value.Y * k, -value.Z * k, value.W * k);
    }

    public static Quaternion CreateFromAxisAngle(Vector3 axis, float angle)
    {
        float s = MathF.Sin(angle * 0.5f), c = MathF.Cos(angle * 0.5f);
        return new Quaternion(axis.X * s, axis.Y * s, axis.Z * s, c);
    }

    public static Quaternion CreateFromYawPitchRoll(float yaw, float pitch, float roll)
    {
        float sr = MathF.Sin(roll * 0.5f), cr = MathF.Cos(roll * 0.5f);
        float sp = MathF.Sin(pitch * 0.5f), cp = MathF.Cos(pitch * 0.5f);
        float sy = MathF.Sin(yaw * 0.5f), cy = MathF.Cos(yaw * 0.5f);
        return new Quaternion(
            cy * sp * cr + sy * cp * sr, sy * cp * cr - cy * sp * sr, cy * cp * sr - sy * sp * cr, cy * cp * cr + sy * sp * sr);
    }

    // The shorter way around, then on to the sphere.
    public static Quaternion Lerp(Quaternion quaternion1, Quaternion quaternion2, float amount)
    {
        Quaternion other = Quaternion.Dot(quaternion1, quaternion2) >= 0 ? quaternion2 : -quaternion2;
        return Quaternion.Normalize(quaternion1 * (1 - amount) + other * amount);
    }

    public static Quaternion Slerp(Quaternion quaternion1, Quaternion quaternion2, float amount)
    {
        float cosine = Quaternion.Dot(quaternion1, quaternion2);
        float sign = 1;
        if (cosine < 0)
        {
            cosine = -cosine;
            sign = -1;
        }

        // Where the two are nearly one, the arc is a line.
        float first = 1 - amount, second = amount * sign;
        if (cosine <= 1 - 1e-6f)
        {
            float angle = MathF.Acos(cosine), k = 1 / MathF.Sin(angle);
            first = MathF.Sin((1 - amount) * angle) * k;
            second = MathF.Sin(amount * angle) * k * sign;
        }

        return quaternion1 * first + quaternion2 * second;
    }
}
