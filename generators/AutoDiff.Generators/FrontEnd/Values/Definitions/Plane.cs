// What the members of Plane compute, over its components: the framework's values to rounding.
using System;
using System.Numerics;

internal static class PlaneMembers
{
    public static Plane New(float x, float y, float z, float d) => new Plane(new Vector3(x, y, z), d);
    public static Plane New(Vector4 value) => new Plane(new Vector3(value.X, value.Y, value.Z), value.W);

    public static float Dot(Plane plane, Vector4 value)
        => plane.Normal.X * value.X + plane.Normal.Y * value.Y + plane.Normal.Z * value.Z + plane.D * value.W;

    public static float DotCoordinate(Plane plane, Vector3 value) => Vector3.Dot(plane.Normal, value) + plane.D;
    public static float DotNormal(Plane plane, Vector3 value) => Vector3.Dot(plane.Normal, value);

    public static Plane Normalize(Plane value)
    {
        float length = value.Normal.Length();
        return new Plane(value.Normal / length, value.D / length);
    }

    public static Plane CreateFromVertices(Vector3 point1, Vector3 point2, Vector3 point3)
    {
        Vector3 normal = Vector3.Normalize(Vector3.Cross(point2 - point1, point3 - point1));
        return new Plane(normal, -Vector3.Dot(normal, point1));
    }
}
