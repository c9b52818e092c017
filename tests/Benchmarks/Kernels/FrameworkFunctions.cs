using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>The framework's elementary functions of vectors.</summary>
internal static class FrameworkFunctions
{
    /// <summary>Billions of elements a second; 0 where the framework has no such function.</summary>
    public static double Rate<T>(string name, T[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        T[] magnitudes = [.. x.Select(T.Abs)];
        Action? action = name switch
        {
            "Exp" => () => TensorPrimitives.Exp<T>(x, y),
            "Expm1" => () => TensorPrimitives.ExpM1<T>(x, y),
            "Log" => () => TensorPrimitives.Log<T>(magnitudes, y),
            "Log1p" => () => TensorPrimitives.LogP1<T>(x, y),
            "Tanh" => () => TensorPrimitives.Tanh<T>(x, y),
            "Sigmoid" => () => TensorPrimitives.Sigmoid<T>(x, y),
            "Sin" => () => TensorPrimitives.Sin<T>(x, y),
            "Cos" => () => TensorPrimitives.Cos<T>(x, y),
            "Tan" => () => TensorPrimitives.Tan<T>(x, y),
            "Atan" => () => TensorPrimitives.Atan<T>(x, y),
            "Pow" => () => TensorPrimitives.Pow<T>(magnitudes, x, y),
            _ => null,
        };
        return action is null ? 0 : x.Length / 1e9 / Measure.Seconds(action);
    }
}
