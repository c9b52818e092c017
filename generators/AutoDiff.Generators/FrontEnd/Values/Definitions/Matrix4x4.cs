// What the members of Matrix4x4 compute, over its components: the framework's values to rounding.
using System;
using System.Numerics;

internal static class Matrix4x4Members
{
    public static Matrix4x4 get_Identity() => new Matrix4x4(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    public static Vector3 get_Translation(Matrix4x4 self) => new Vector3(self.M41, self.M42, self.M43);
    public static float get_Item(Matrix4x4 self, int row, int column)
        => (4 * row + column) switch { 0 => self.M11, 1 => self.M12, 2 => self.M13, 3 => self.M14, 4 => self.M21, 5 => self.M22,
            6 => self.M23, 7 => self.M24, 8 => self.M31, 9 => self.M32, 10 => self.M33, 11 => self.M34, 12 => self.M41, 13 => self.M42,
            14 => self.M43, _ => self.M44 };
    public static Matrix4x4 op_Addition(Matrix4x4 left, Matrix4x4 right)
        => new Matrix4x4(left.M11 + right.M11, left.M12 + right.M12, left.M13 + right.M13, left.M14 + right.M14, left.M21 + right.M21,
            left.M22 + right.M22, left.M23 + right.M23, left.M24 + right.M24, left.M31 + right.M31, left.M32 + right.M32,
            left.M33 + right.M33, left.M34 + right.M34, left.M41 + right.M41, left.M42 + right.M42, left.M43 + right.M43,
            left.M44 + right.M44);
    public static Matrix4x4 op_Subtraction(Matrix4x4 left, Matrix4x4 right)
        => new Matrix4x4(left.M11 - right.M11, left.M12 - right.M12, left.M13 - right.M13, left.M14 - right.M14, left.M21 - right.M21,
            left.M22 - right.M22, left.M23 - right.M23, left.M24 - right.M24, left.M31 - right.M31, left.M32 - right.M32,
            left.M33 - right.M33, left.M34 - right.M34, left.M41 - right.M41, left.M42 - right.M42, left.M43 - right.M43,
            left.M44 - right.M44);
    public static Matrix4x4 op_UnaryNegation(Matrix4x4 value)
        => new Matrix4x4(-value.M11, -value.M12, -value.M13, -value.M14, -value.M21, -value.M22, -value.M23, -value.M24, -value.M31,
            -value.M32, -value.M33, -value.M34, -value.M41, -value.M42, -value.M43, -value.M44);
    public static Matrix4x4 op_Multiply(Matrix4x4 left, float right)
        => new Matrix4x4(left.M11 * right, left.M12 * right, left.M13 * right, left.M14 * right, left.M21 * right, left.M22 * right,
            left.M23 * right, left.M24 * right, left.M31 * right, left.M32 * right, left.M33 * right, left.M34 * right, left.M41 * right,
            left.M42 * right, left.M43 * right, left.M44 * right);

    public static Matrix4x4 op_Multiply(Matrix4x4 left, Matrix4x4 right) => new Matrix4x4(
        left.M11 * right.M11 + left.M12 * right.M21 + left.M13 * right.M31 + left.M14 * right.M41,
        left.M11 * right.M12 + left.M12 * right.M22 + left.M13 * right.M32 + left.M14 * right.M42,
        left.M11 * right.M13 + left.M12 * right.M23 + left.M13 * right.M33 + left.M14 * right.M43,
        left.M11 * right.M14 + left.M12 * right.M24 + left.M13 * right.M34 + left.M14 * right.M44,
        left.M21 * right.M11 + left.M22 * right.M21 + left.M23 * right.M31 + left.M24 * right.M41,
        left.M21 * right.M12 + left.M22 * right.M22 + left.M23 * right.M32 + left.M24 * right.M42,
        left.M21 * right.M13 + left.M22 * right.M23 + left.M23 * right.M33 + left.M24 * right.M43,
        left.M21 * right.M14 + left.M22 * right.M24 + left.M23 * right.M34 + left.M24 * right.M44,
        left.M31 * right.M11 + left.M32 * right.M21 + left.M33 * right.M31 + left.M34 * right.M41,
        left.M31 * right.M12 + left.M32 * right.M22 + left.M33 * right.M32 + left.M34 * right.M42,
        left.M31 * right.M13 + left.M32 * right.M23 + left.M33 * right.M33 + left.M34 * right.M43,
        left.M31 * right.M14 + left.M32 * right.M24 + left.M33 * right.M34 + left.M34 * right.M44,
        left.M41 * right.M11 + left.M42 * right.M21 + left.M43 * right.M31 + left.M44 * right.M41,
        left.M41 * right.M12 + left.M42 * right.M22 + left.M43 * right.M32 + left.M44 * right.M42,
        left.M41 * right.M13 + left.M42 * right.M23 + left.M43 * right.M33 + left.M44 * right.M43,
        left.M41 * right.M14 + left.M42 * right.M24 + left.M43 * right.M34 + left.M44 * right.M44);

    public static Matrix4x4 Add(Matrix4x4 left, Matrix4x4 right) => left + right;
    public static Matrix4x4 Subtract(Matrix4x4 left, Matrix4x4 right) => left - right;
    public static Matrix4x4 Multiply(Matrix4x4 left, Matrix4x4 right) => left * right;
    public static Matrix4x4 Multiply(Matrix4x4 left, float right) => left * right;
    public static Matrix4x4 Negate(Matrix4x4 value) => -value;
    public static Matrix4x4 Lerp(Matrix4x4 left, Matrix4x4 right, float amount)
        => new Matrix4x4(left.M11 + (right.M11 - left.M11) * amount, left.M12 + (right.M12 - left.M12) * amount,
            left.M13 + (right.M13 - left.M13) * amount, left.M14 + (right.M14 - left.M14) * amount,
            left.M21 + (right.M21 - left.M21) * amount, left.M22 + (right.M22 - left.M22) * amount,
            left.M23 + (right.M23 - left.M23) * amount, left.M24 + (right.M24 - left.M24) * amount,
            left.M31 + (right.M31 - left.M31) * amount, left.M32 + (right.M32 - left.M32) * amount,
            left.M33 + (right.M33 - left.M33) * amount, left.M34 + (right.M34 - left.M34) * amount,
            left.M41 + (right.M41 - left.M41) * amount, left.M42 + (right.M42 - left.M42) * amount,
            left.M43 + (right.M43 - left.M43) * amount, left.M44 + (right.M44 - left.M44) * amount);
    public static Matrix4x4 Transpose(Matrix4x4 matrix)
        => new Matrix4x4(matrix.M11, matrix.M21, matrix.M31, matrix.M41, matrix.M12, matrix.M22, matrix.M32, matrix.M42, matrix.M13,
            matrix.M23, matrix.M33, matrix.M43, matrix.M14, matrix.M24, matrix.M34, matrix.M44);
    public static Matrix4x4 CreateTranslation(Vector3 position) => Matrix4x4.CreateTranslation(position.X, position.Y, position.Z);
    public static Matrix4x4 CreateTranslation(float x, float y, float z) => new Matrix4x4(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1);
    public static Matrix4x4 CreateScale(float scale) => Matrix4x4.CreateScale(scale, scale, scale);
    public static Matrix4x4 CreateScale(Vector3 scales) => Matrix4x4.CreateScale(scales.X, scales.Y, scales.Z);
    public static Matrix4x4 CreateScale(float x, float y, float z) => new Matrix4x4(x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1);

    public static Matrix4x4 CreateRotationX(float radians)
    {
        float c = MathF.Cos(radians), s = MathF.Sin(radians);
        return new Matrix4x4(1, 0, 0, 0, 0, c, s, 0, 0, -s, c, 0, 0, 0, 0, 1);
    }

    public static Matrix4x4 CreateRotationY(float radians)
    {
        float c = MathF.Cos(radians), s = MathF.Sin(radians);
        return new Matrix4x4(c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0, 0, 0, 0, 1);
    }

    public static Matrix4x4 CreateRotationZ(float radians)
    {
        float c = MathF.Cos(radians), s = MathF.Sin(radians);
        return new Matrix4x4(c, s, 0, 0, -s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    }

    public static Matrix4x4 CreateFromAxisAngle(Vector3 axis, float angle)
    {
        float x = axis.X, y = axis.Y, z = axis.Z, c = MathF.Cos(angle), s = MathF.Sin(angle);
        float xx = x * x, yy = y * y, zz = z * z, xy = x * y, xz = x * z, yz = y * z;
        return new Matrix4x4(
            xx + c * (1 - xx), xy - c * xy + s * z, xz - c * xz - s * y, 0,
            xy - c * xy - s * z, yy + c * (1 - yy), yz - c * yz + s * x, 0,
            xz - c * xz + s * y, yz - c * yz - s * x, zz + c * (1 - zz), 0,
            0, 0, 0, 1);
    }

    public static Matrix4x4 CreateFromQuaternion(Quaternion quaternion)
    {
        float x = quaternion.X, y = quaternion.Y, z = quaternion.Z, w = quaternion.W;
        return new Matrix4x4(
            1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (z * x - y * w), 0,
            2 * (x * y - z * w), 1 - 2 * (z * z + x * x), 2 * (y * z + x * w), 0,
            2 * (z * x + y * w), 2 * (y * z - x * w), 1 - 2 * (y * y + x * x), 0,
            0, 0, 0, 1);
    }

    public static Matrix4x4 CreateFromYawPitchRoll(float yaw, float pitch, float roll)
        => Matrix4x4.CreateFromQuaternion(Quaternion.CreateFromYawPitchRoll(yaw, pitch, roll));

    public static Matrix4x4 CreateLookAt(Vector3 cameraPosition, Vector3 cameraTarget, Vector3 cameraUpVector)
    {
        Vector3 z = Vector3.Normalize(cameraPosition - cameraTarget);
        Vector3 x = Vector3.Normalize(Vector3.Cross(cameraUpVector, z));
        Vector3 y = Vector3.Cross(z, x);
        return new Matrix4x4(
            x.X, y.X, z.X, 0, x.Y, y.Y, z.Y, 0, x.Z, y.Z, z.Z, 0,
            -Vector3.Dot(x, cameraPosition), -Vector3.Dot(y, cameraPosition), -Vector3.Dot(z, cameraPosition), 1);
    }

    public static Matrix4x4 CreatePerspectiveFieldOfView(
        float fieldOfView, float aspectRatio, float nearPlaneDistance, float farPlaneDistance)
    {
        float height = 1 / MathF.Tan(fieldOfView * 0.5f);
        float range = farPlaneDistance / (nearPlaneDistance - farPlaneDistance);
        return new Matrix4x4(height / aspectRatio, 0, 0, 0, 0, height, 0, 0, 0, 0, range, -1, 0, 0, range * nearPlaneDistance, 0);
    }

    public static float GetDeterminant(Matrix4x4 self)
    {
        float kplo = self.M33 * self.M44 - self.M34 * self.M43, jpln = self.M32 * self.M44 - self.M34 * self.M42;
        float jokn = self.M32 * self.M43 - self.M33 * self.M42, iplm = self.M31 * self.M44 - self.M34 * self.M41;
        float iokm = self.M31 * self.M43 - self.M33 * self.M41, injm = self.M31 * self.M42 - self.M32 * self.M41;
        return self.M11 * (self.M22 * kplo - self.M23 * jpln + self.M24 * jokn)
            - self.M12 * (self.M21 * kplo - self.M23 * iplm + self.M24 * iokm)
            + self.M13 * (self.M21 * jpln - self.M22 * iplm + self.M24 * injm)
            - self.M14 * (self.M21 * jokn - self.M22 * iokm + self.M23 * injm);
    }

    // The adjugate over the determinant. A singular matrix has no inverse, and its parts are NaN.
    public static bool Invert(Matrix4x4 matrix, out Matrix4x4 result)
    {
        float s0 = matrix.M11 * matrix.M22 - matrix.M21 * matrix.M12, s1 = matrix.M11 * matrix.M23 - matrix.M21 * matrix.M13;
        float s2 = matrix.M11 * matrix.M24 - matrix.M21 * matrix.M14, s3 = matrix.M12 * matrix.M23 - matrix.M22 * matrix.M13;
        float s4 = matrix.M12 * matrix.M24 - matrix.M22 * matrix.M14, s5 = matrix.M13 * matrix.M24 - matrix.M23 * matrix.M14;
        float c5 = matrix.M33 * matrix.M44 - matrix.M43 * matrix.M34, c4 = matrix.M32 * matrix.M44 - matrix.M42 * matrix.M34;
        float c3 = matrix.M32 * matrix.M43 - matrix.M42 * matrix.M33, c2 = matrix.M31 * matrix.M44 - matrix.M41 * matrix.M34;
        float c1 = matrix.M31 * matrix.M43 - matrix.M41 * matrix.M33, c0 = matrix.M31 * matrix.M42 - matrix.M41 * matrix.M32;
        float determinant = s0 * c5 - s1 * c4 + s2 * c3 + s3 * c2 - s4 * c1 + s5 * c0;
        if (MathF.Abs(determinant) < 1.401298E-45f)
        {
            float none = float.NaN;
            result = new Matrix4x4(none, none, none, none, none, none, none, none, none, none, none, none, none, none, none, none);
            return false;
        }

        float k = 1 / determinant;
        result = new Matrix4x4(
            (matrix.M22 * c5 - matrix.M23 * c4 + matrix.M24 * c3) * k, (-matrix.M12 * c5 + matrix.M13 * c4 - matrix.M14 * c3) * k,
            (matrix.M42 * s5 - matrix.M43 * s4 + matrix.M44 * s3) * k, (-matrix.M32 * s5 + matrix.M33 * s4 - matrix.M34 * s3) * k,
            (-matrix.M21 * c5 + matrix.M23 * c2 - matrix.M24 * c1) * k, (matrix.M11 * c5 - matrix.M13 * c2 + matrix.M14 * c1) * k,
            (-matrix.M41 * s5 + matrix.M43 * s2 - matrix.M44 * s1) * k, (matrix.M31 * s5 - matrix.M33 * s2 + matrix.M34 * s1) * k,
            (matrix.M21 * c4 - matrix.M22 * c2 + matrix.M24 * c0) * k, (-matrix.M11 * c4 + matrix.M12 * c2 - matrix.M14 * c0) * k,
            (matrix.M41 * s4 - matrix.M42 * s2 + matrix.M44 * s0) * k, (-matrix.M31 * s4 + matrix.M32 * s2 - matrix.M34 * s0) * k,
            (-matrix.M21 * c3 + matrix.M22 * c1 - matrix.M23 * c0) * k, (matrix.M11 * c3 - matrix.M12 * c1 + matrix.M13 * c0) * k,
            (-matrix.M41 * s3 + matrix.M42 * s1 - matrix.M43 * s0) * k, (matrix.M31 * s3 - matrix.M32 * s1 + matrix.M33 * s0) * k);
        return true;
    }
}
