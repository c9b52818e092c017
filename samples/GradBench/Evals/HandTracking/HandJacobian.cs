using System.Text.Json;
using GradBench.Protocol;

namespace GradBench.Evals;

/// <summary>
/// The Jacobian in blocks: dense in the pose, and compressed in the places on triangles, since an error depends on those of its own point alone: one direction moves the
/// first coordinates of all points, another one the second ones.
/// </summary>
internal sealed class HandJacobian(HandData data)
{
    private readonly double[] _errors = new double[data.Points.Length], _pose = new double[data.Points.Length * data.Pose.Length];
    private readonly double[] _first = new double[data.Points.Length], _second = new double[data.Points.Length];
    private readonly double[] _alongFirst = Direction(data.Barycentric.Length, 0), _alongSecond = Direction(data.Barycentric.Length, 1);
    private readonly double[] _positions = new double[data.Vertices.Length / 4 * 3], _still = new double[data.Vertices.Length / 4 * 3];

    public void Compute()
    {
        Hand.ErrorsJacobian(
            data.Pose, data.Barycentric, data.Parents, data.Relatives, data.Inverses, data.Vertices, data.Starts, data.Influences, data.Weights, data.Side, data.Corners,
            data.Points, _errors, _pose);
        if (!data.HasTriangles) return;
        Hand.Positions(data.Pose, data.Parents, data.Relatives, data.Inverses, data.Vertices, data.Starts, data.Influences, data.Weights, data.Side, _positions);
        Hand.CompareJvp(data.Barycentric, _positions, data.Corners, data.Points, _errors, _alongFirst, _still, _first);
        Hand.CompareJvp(data.Barycentric, _positions, data.Corners, data.Points, _errors, _alongSecond, _still, _second);
    }

    public void Write(Utf8JsonWriter output)
    {
        int columns = data.Pose.Length;
        output.WriteStartArray();
        for (int row = 0; row < _errors.Length; row++)
        {
            output.WriteStartArray();
            if (data.HasTriangles)
            {
                output.WriteFinite(_first[row]);
                output.WriteFinite(_second[row]);
            }

            foreach (double value in _pose.AsSpan(row * columns, columns)) output.WriteFinite(value);
            output.WriteEndArray();
        }

        output.WriteEndArray();
    }

    private static double[] Direction(int length, int parity)
    {
        double[] result = new double[length];
        for (int i = parity; i < length; i += 2) result[i] = 1;
        return result;
    }
}
