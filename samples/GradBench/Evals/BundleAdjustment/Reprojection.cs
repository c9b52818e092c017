using AutoDiff;

namespace GradBench.Evals;

/// <summary>One observation of bundle adjustment: where a camera sees a point, against where it was seen.</summary>
public static partial class Reprojection
{
    /// <param name="camera">Rotation (axis times angle, 3), centre (3), focal length, principal point (2), radial distortion (2).</param>
    /// <param name="point">The point in space.</param>
    /// <param name="weight">The weight of the observation.</param>
    /// <param name="feature">Where the point was seen.</param>
    /// <param name="error">Receives the weighted error of the projection.</param>
    [Differentiable(Derivatives.Jacobian)]
    public static void Error(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, [NoGradient] ReadOnlySpan<double> feature, Span<double> error)
    {
        double rx = camera[0], ry = camera[1], rz = camera[2];
        double vx = point[0] - camera[3], vy = point[1] - camera[4], vz = point[2] - camera[5];
        double square = rx * rx + ry * ry + rz * rz;
        double px, py, pz;
        if (square != 0)
        {
            double angle = Math.Sqrt(square), cos = Math.Cos(angle), sin = Math.Sin(angle), inverse = 1 / angle;
            double ax = rx * inverse, ay = ry * inverse, az = rz * inverse;
            double along = (ax * vx + ay * vy + az * vz) * (1 - cos);
            px = vx * cos + (ay * vz - az * vy) * sin + ax * along;
            py = vy * cos + (az * vx - ax * vz) * sin + ay * along;
            pz = vz * cos + (ax * vy - ay * vx) * sin + az * along;
        }
        else
        {
            px = vx + ry * vz - rz * vy;
            py = vy + rz * vx - rx * vz;
            pz = vz + rx * vy - ry * vx;
        }

        double x = px / pz, y = py / pz;
        double radius = x * x + y * y;
        double distortion = 1 + radius * (camera[9] + radius * camera[10]);
        error[0] = weight * (camera[6] * x * distortion + camera[7] - feature[0]);
        error[1] = weight * (camera[6] * y * distortion + camera[8] - feature[1]);
    }

    /// <summary>1 − w², which keeps weights away from zero.</summary>
    [Differentiable]
    public static double WeightError(double weight) => 1 - weight * weight;
}
