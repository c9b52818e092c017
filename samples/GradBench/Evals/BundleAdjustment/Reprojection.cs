using AutoDiff;

namespace GradBench.Evals;

/// <summary>One observation of bundle adjustment: where a camera sees a point, against where it was seen.</summary>
public static partial class Reprojection
{
    /// <summary>The weighted error of the projection: pixel minus feature.</summary>
    /// <param name="rx">The camera's rotation: axis times angle.</param>
    /// <param name="ry">The same.</param>
    /// <param name="rz">The same.</param>
    /// <param name="cx">The camera's centre.</param>
    /// <param name="cy">The same.</param>
    /// <param name="cz">The same.</param>
    /// <param name="focal">Its focal length.</param>
    /// <param name="u0">Its principal point.</param>
    /// <param name="v0">The same.</param>
    /// <param name="k1">Its radial distortion.</param>
    /// <param name="k2">The same.</param>
    /// <param name="x">The point in space.</param>
    /// <param name="y">The same.</param>
    /// <param name="z">The same.</param>
    /// <param name="weight">The weight of the observation.</param>
    /// <param name="featureX">Where the point was seen.</param>
    /// <param name="featureY">The same.</param>
    /// <param name="errorX">The weighted error of the projection.</param>
    /// <param name="errorY">The same.</param>
    [Differentiable(Derivatives.Jacobian)]
    public static void Error(
        double rx, double ry, double rz, double cx, double cy, double cz, double focal, double u0, double v0, double k1, double k2,
        double x, double y, double z, double weight, [NoGradient] double featureX, [NoGradient] double featureY, out double errorX, out double errorY)
    {
        double vx = x - cx, vy = y - cy, vz = z - cz;
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

        double right = px / pz, down = py / pz;
        double radius = right * right + down * down;
        double distortion = 1 + radius * (k1 + radius * k2);
        errorX = weight * (focal * right * distortion + u0 - featureX);
        errorY = weight * (focal * down * distortion + v0 - featureY);
    }

    /// <summary>1 − w², which keeps weights away from zero.</summary>
    [Differentiable]
    public static double WeightError(double weight) => 1 - weight * weight;
}
