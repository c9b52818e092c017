using System.IO;

namespace AutoDiff.Conformance;

/// <summary>What is disposed where its block ends, whatever leaves that.</summary>
public static partial class UsingStatements
{
    private sealed class Log
    {
        public double Sum { get; set; }
    }

    private sealed class Entry(Log log, double x) : IDisposable
    {
        private readonly Log _log = log;
        private readonly double _x = x;

        public double Twice => 2 * _x;

        public void Dispose() => _log.Sum = _log.Sum * 0.5 + _x * _x;
    }

    [Row("using_declaration", 1.5, 2.5)]
    [Differentiable]
    public static double Declared(double x, double y)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(3);
        double s = x * stream.Length;
        if (s > 100) return s * y;
        using var reader = new StringReader("ab");
        return s * s * y + reader.Peek();
    }

    [Row("using_statement", 1.5, 2.5, 1)]
    [Row("using_statement", 1.5, 2.5, 9)]
    [Differentiable]
    public static double Leaving(double x, double y, int last)
    {
        double s = 0;
        for (int i = 0; i < 4; i++)
        {
            using (var stream = new MemoryStream(16))
            {
                stream.WriteByte(1);
                if (i == last) return s * y;
                s += Math.Sin(x * i) * stream.Length;
                if (i == 2) continue;
            }

            s *= y;
        }

        return s;
    }

    [Row("using_of_objects_of_the_method", 1.5, 2.5)]
    [Differentiable]
    public static double Own(double x, double y)
    {
        var log = new Log();
        {
            using var first = new Entry(log, x);
            using var second = new Entry(log, y * first.Twice);
            log.Sum += second.Twice;
        }

        using (new Entry(log, x * log.Sum)) log.Sum += 1;
        return log.Sum * y;
    }

    [Differentiable]
    public static double Given(double x, MemoryStream stream, IDisposable? nothing)
    {
        using (nothing)
        using (stream)
        {
            return x * x * stream.Length;
        }
    }
}
