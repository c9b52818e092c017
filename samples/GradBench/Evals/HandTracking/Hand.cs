using AutoDiff;

namespace GradBench.Evals;

/// <summary>
/// Where a hand of bones and skin is, against where its surface was seen. The pose has 26 numbers: rotation (axis times angle, 3) and translation (3) of the whole,
/// then four bends for each of five fingers.
/// </summary>
public static partial class Hand
{
    private const int Bones = 22, Fingers = 5;

    /// <summary>The rows of a matrix that matter for points, and all its elements.</summary>
    private const int Frame = 12, Full = 16;

    /// <param name="pose">The pose.</param>
    /// <param name="barycentric">Where on its triangle each point is: two coordinates a point.</param>
    /// <param name="parents">For each bone the one it hangs on, which comes earlier; −1 for the first.</param>
    /// <param name="relatives">For each bone its matrix at rest in its parent's frame.</param>
    /// <param name="inverses">For each bone the inverse of its matrix at rest.</param>
    /// <param name="vertices">The vertices at rest, homogeneous.</param>
    /// <param name="starts">For each vertex where its influences start; one more at the end.</param>
    /// <param name="influences">The bones that move each vertex.</param>
    /// <param name="weights">How much.</param>
    /// <param name="side">−1 where the hand is mirrored, else 1.</param>
    /// <param name="corners">The three vertices of each point's triangle.</param>
    /// <param name="points">Where each point was seen.</param>
    /// <param name="errors">Receives seen minus computed position of each point.</param>
    [Differentiable(Derivatives.Jacobian)]
    public static void Errors(
        ReadOnlySpan<double> pose, [NoGradient] ReadOnlySpan<double> barycentric, ReadOnlySpan<int> parents, [NoGradient] ReadOnlySpan<double> relatives,
        [NoGradient] ReadOnlySpan<double> inverses, [NoGradient] ReadOnlySpan<double> vertices, ReadOnlySpan<int> starts, ReadOnlySpan<int> influences,
        [NoGradient] ReadOnlySpan<double> weights, [NoGradient] double side, ReadOnlySpan<int> corners, [NoGradient] ReadOnlySpan<double> points, Span<double> errors)
    {
        Span<double> positions = new double[vertices.Length / 4 * 3];
        Positions(pose, parents, relatives, inverses, vertices, starts, influences, weights, side, positions);
        Compare(barycentric, positions, corners, points, errors);
    }

    /// <summary>Where the pose takes the vertices; parameters as of <see cref="Errors"/>.</summary>
    public static void Positions(
        ReadOnlySpan<double> pose, ReadOnlySpan<int> parents, ReadOnlySpan<double> relatives, ReadOnlySpan<double> inverses, ReadOnlySpan<double> vertices,
        ReadOnlySpan<int> starts, ReadOnlySpan<int> influences, ReadOnlySpan<double> weights, double side, Span<double> positions)
    {
        Span<double> transforms = new double[Bones * Frame];
        Transform(pose, parents, relatives, inverses, transforms);
        Skin(pose, transforms, vertices, starts, influences, weights, side, positions);
    }

    /// <summary>Seen minus computed positions, from those of the vertices.</summary>
    [Differentiable(Derivatives.Jvp)]
    public static void Compare(
        ReadOnlySpan<double> barycentric, ReadOnlySpan<double> positions, ReadOnlySpan<int> corners, [NoGradient] ReadOnlySpan<double> points, Span<double> errors)
    {
        for (int i = 0; i < points.Length / 3; i++)
        {
            double u = barycentric[2 * i], v = barycentric[2 * i + 1], w = 1 - u - v;
            int a = 3 * corners[3 * i], b = 3 * corners[3 * i + 1], c = 3 * corners[3 * i + 2];
            errors[3 * i] = points[3 * i] - (u * positions[a] + v * positions[b] + w * positions[c]);
            errors[3 * i + 1] = points[3 * i + 1] - (u * positions[a + 1] + v * positions[b + 1] + w * positions[c + 1]);
            errors[3 * i + 2] = points[3 * i + 2] - (u * positions[a + 2] + v * positions[b + 2] + w * positions[c + 2]);
        }
    }

    /// <summary>For each bone what takes the skin at rest to where the bone takes it.</summary>
    private static void Transform(
        ReadOnlySpan<double> pose, ReadOnlySpan<int> parents, ReadOnlySpan<double> relatives, ReadOnlySpan<double> inverses, Span<double> transforms)
    {
        Span<double> bend = new double[Bones], spread = new double[Bones], absolutes = new double[Bones * Frame], relative = new double[Full];
        for (int finger = 0; finger < Fingers; finger++)
        {
            int bone = 2 + 4 * finger, angle = 6 + 4 * finger;
            bend[bone] = pose[angle];
            spread[bone] = pose[angle + 1];
            bend[bone + 1] = pose[angle + 2];
            bend[bone + 2] = pose[angle + 3];
        }

        for (int bone = 0; bone < Bones; bone++)
        {
            double cx = Math.Cos(bend[bone]), sx = Math.Sin(bend[bone]), cz = Math.Cos(spread[bone]), sz = Math.Sin(spread[bone]);
            for (int row = 0; row < 4; row++)
            {
                // The columns of Rz·Rx: (cz, sz, 0), (−sz·cx, cz·cx, sx), (sz·sx, −cz·sx, cx).
                int at = bone * Full + 4 * row;
                double x = relatives[at], y = relatives[at + 1], z = relatives[at + 2], turned = y * cz - x * sz;
                relative[4 * row] = x * cz + y * sz;
                relative[4 * row + 1] = turned * cx + z * sx;
                relative[4 * row + 2] = z * cx - turned * sx;
                relative[4 * row + 3] = relatives[at + 3];
            }

            int own = bone * Frame;
            if (parents[bone] < 0)
            {
                for (int k = 0; k < Frame; k++)
                    absolutes[own + k] = relative[k];
            }
            else
            {
                Multiply(absolutes.Slice(parents[bone] * Frame, Frame), relative, absolutes.Slice(own, Frame));
            }

            Multiply(absolutes.Slice(own, Frame), inverses.Slice(bone * Full, Full), transforms.Slice(own, Frame));
        }
    }

    /// <summary>The positions of all vertices: a mean of where their bones take them, then the pose of the whole.</summary>
    private static void Skin(
        ReadOnlySpan<double> pose, ReadOnlySpan<double> transforms, ReadOnlySpan<double> vertices, ReadOnlySpan<int> starts, ReadOnlySpan<int> influences,
        ReadOnlySpan<double> weights, double side, Span<double> positions)
    {
        Span<double> rotation = new double[9];
        Rotate(pose, rotation);
        double tx = pose[3], ty = pose[4], tz = pose[5];
        for (int vertex = 0; vertex < vertices.Length / 4; vertex++)
        {
            double vx = vertices[4 * vertex], vy = vertices[4 * vertex + 1], vz = vertices[4 * vertex + 2], vw = vertices[4 * vertex + 3];
            double x = 0, y = 0, z = 0;
            for (int k = starts[vertex]; k < starts[vertex + 1]; k++)
            {
                int at = influences[k] * Frame;
                double weight = weights[k], wx = weight * vx, wy = weight * vy, wz = weight * vz, ww = weight * vw;
                x += transforms[at] * wx + transforms[at + 1] * wy + transforms[at + 2] * wz + transforms[at + 3] * ww;
                y += transforms[at + 4] * wx + transforms[at + 5] * wy + transforms[at + 6] * wz + transforms[at + 7] * ww;
                z += transforms[at + 8] * wx + transforms[at + 9] * wy + transforms[at + 10] * wz + transforms[at + 11] * ww;
            }

            x *= side;
            positions[3 * vertex] = rotation[0] * x + rotation[1] * y + rotation[2] * z + tx;
            positions[3 * vertex + 1] = rotation[3] * x + rotation[4] * y + rotation[5] * z + ty;
            positions[3 * vertex + 2] = rotation[6] * x + rotation[7] * y + rotation[8] * z + tz;
        }
    }

    /// <summary>The rotation about an axis by its length; none where it is shorter than 10⁻⁴.</summary>
    private static void Rotate(ReadOnlySpan<double> axis, Span<double> rotation)
    {
        double angle = Math.Sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        if (angle < 1e-4)
        {
            rotation[0] = 1;
            rotation[4] = 1;
            rotation[8] = 1;
            return;
        }

        double x = axis[0] / angle, y = axis[1] / angle, z = axis[2] / angle, s = Math.Sin(angle), c = Math.Cos(angle), rest = 1 - c;
        rotation[0] = x * x + (1 - x * x) * c;
        rotation[1] = x * y * rest - z * s;
        rotation[2] = x * z * rest + y * s;
        rotation[3] = x * y * rest + z * s;
        rotation[4] = y * y + (1 - y * y) * c;
        rotation[5] = y * z * rest - x * s;
        rotation[6] = x * z * rest - y * s;
        rotation[7] = y * z * rest + x * s;
        rotation[8] = z * z + (1 - z * z) * c;
    }

    /// <summary>The first three rows of a product.</summary>
    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 4; column++)
                product[4 * row + column] = a[4 * row] * b[column] + a[4 * row + 1] * b[4 + column] + a[4 * row + 2] * b[8 + column] + a[4 * row + 3] * b[12 + column];
    }
}
