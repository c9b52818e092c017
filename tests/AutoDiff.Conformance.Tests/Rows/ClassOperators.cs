namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: operators that a class of the project declares.</summary>
public static partial class ClassOperators
{
    public sealed class Matrix(int rows, int columns)
    {
        private readonly double[] _elements = new double[rows * columns];

        public int Rows { get; } = rows;

        public int Columns { get; } = columns;

        public double this[int i, int j]
        {
            get => _elements[i * Columns + j];
            set => _elements[i * Columns + j] = value;
        }

        public static Matrix operator *(Matrix a, Matrix b)
        {
            var product = new Matrix(a.Rows, b.Columns);
            for (int i = 0; i < a.Rows; i++)
            {
                for (int j = 0; j < b.Columns; j++)
                {
                    for (int k = 0; k < a.Columns; k++) product[i, j] += a[i, k] * b[k, j];
                }
            }

            return product;
        }

        public static Matrix operator -(Matrix a)
        {
            var negative = new Matrix(a.Rows, a.Columns);
            for (int i = 0; i < a.Rows; i++)
            {
                for (int j = 0; j < a.Columns; j++) negative[i, j] = -a[i, j];
            }

            return negative;
        }

        public static explicit operator double(Matrix a) => a[0, 0];

        public static implicit operator Matrix(double x)
        {
            var one = new Matrix(1, 1);
            one[0, 0] = x;
            return one;
        }
    }

    [Row("operators_of_a_class", 1.5, 2.0)]
    [Differentiable]
    public static double Once(double x, double y)
    {
        var a = new Matrix(2, 2);
        (a[0, 0], a[0, 1], a[1, 0], a[1, 1]) = (x, y, x * y, 1);
        Matrix square = a * a;
        square *= a;
        Matrix scalar = x * y;
        return square[0, 1] * (-square)[1, 0] + (double)(scalar * y) * (double)square;
    }

    [Row("operators_of_a_class_in_a_loop", new double[] { 1.5, 1, 0.5 }, new double[] { 0.5, 0.25 }, 3)]
    [Differentiable]
    public static double Growth(double[] fertility, double[] survival, int years)
    {
        int n = fertility.Length;
        var step = new Matrix(n, n);
        for (int j = 0; j < n; j++) step[0, j] = fertility[j];
        for (int j = 1; j < n; j++) step[j, j - 1] = survival[j - 1];
        var population = new Matrix(n, 1);
        for (int j = 0; j < n; j++) population[j, 0] = 1;
        double before = 0, after = 0;
        for (int year = 0; year < years; year++)
        {
            before = Total(population);
            population = step * population;
            after = Total(population);
        }

        return Math.Log(after / before);
    }

    private static double Total(Matrix p)
    {
        double sum = 0;
        for (int i = 0; i < p.Rows; i++) sum += p[i, 0];
        return sum;
    }
}
