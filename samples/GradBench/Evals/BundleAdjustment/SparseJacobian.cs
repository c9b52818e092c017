namespace GradBench.Evals;

/// <summary>
/// The Jacobian of all observations in compressed rows: two rows of fifteen elements for each observation (camera, point, weight), then one row of one element
/// for each weight.
/// </summary>
internal sealed class SparseJacobian(int cameras, int points, int observations)
{
    private const int CameraSize = 11, PointSize = 3, RowSize = CameraSize + PointSize + 1;

    public int[] Rows { get; } = new int[3 * observations + 1];

    public int[] Columns { get; } = new int[(2 * RowSize + 1) * observations];

    public double[] Values { get; } = new double[(2 * RowSize + 1) * observations];

    /// <summary>Fills all three arrays; observation i is of camera i mod n and point i mod m.</summary>
    public void Fill(double[] allCameras, double[] allPoints, double[] weights, double[] features)
    {
        int row = 0, at = 0;
        Rows[0] = 0;
        for (int i = 0, camera = 0, point = 0; i < observations; i++)
        {
            ReadOnlySpan<double> cameraOf = allCameras.AsSpan(camera * CameraSize, CameraSize), pointOf = allPoints.AsSpan(point * PointSize, PointSize);
            // Both rows at once: their columns are the parameters in order.
            Reprojection.ErrorJacobian(
                cameraOf[0], cameraOf[1], cameraOf[2], cameraOf[3], cameraOf[4], cameraOf[5], cameraOf[6], cameraOf[7], cameraOf[8], cameraOf[9], cameraOf[10],
                pointOf[0], pointOf[1], pointOf[2], weights[i], features[2 * i], features[2 * i + 1], out _, out _, Values.AsSpan(at, 2 * RowSize));
            for (int k = 0; k < 2; k++)
            {
                Span<int> columns = Columns.AsSpan(at, RowSize);
                for (int j = 0; j < CameraSize; j++) columns[j] = CameraSize * camera + j;
                for (int j = 0; j < PointSize; j++) columns[CameraSize + j] = CameraSize * cameras + PointSize * point + j;
                columns[RowSize - 1] = WeightColumn(i);
                Rows[++row] = at += RowSize;
            }

            if (++camera == cameras) camera = 0;
            if (++point == points) point = 0;
        }

        for (int i = 0; i < observations; i++)
        {
            Columns[at] = WeightColumn(i);
            Values[at] = Reprojection.WeightErrorGradient(weights[i]).DWeight;
            Rows[++row] = ++at;
        }
    }

    private int WeightColumn(int observation) => CameraSize * cameras + PointSize * points + observation;
}
