using System.Globalization;
using System.Runtime.CompilerServices;

namespace AutoDiff.Conformance;

/// <summary>Arguments and results as runs of doubles.</summary>
internal static class Numbers
{
    public static bool IsFloating(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(Half);

    /// <summary>Whether a value of this type can carry a derivative: a number, a run of numbers, or a struct or tuple of them.</summary>
    public static bool IsDifferentiable(Type type) => IsFloating(type) || (Buffers.Element(type) is { } element && IsFloating(element));

    /// <summary>The numbers of a value, in order.</summary>
    public static IEnumerable<double> Flatten(object? value) => value switch
    {
        null => [],
        double d => [d],
        float f => [f],
        Half h => [(double)h],
        Array array => array.Cast<object>().SelectMany(Flatten),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Flatten(tuple[i])),
        _ => [],
    };

    /// <summary>A value of the type that a parameter has.</summary>
    public static object Convert(object value, Type type)
    {
        if (value is Array array)
        {
            Type element = Buffers.Element(type)!;
            Array converted = Array.CreateInstance(element, array.Length);
            for (int i = 0; i < array.Length; i++) converted.SetValue(Convert(array.GetValue(i)!, element), i);
            return converted;
        }

        if (type.IsByRef) type = type.GetElementType()!;
        if (value is Half half) value = (double)half;
        return type == typeof(Half) ? (Half)System.Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    /// <summary>The value with its number at one place moved.</summary>
    public static object Moved(object value, int place, double step)
    {
        if (value is not Array array) return Convert(System.Convert.ToDouble(value, CultureInfo.InvariantCulture) + step, value.GetType());
        var copy = (Array)array.Clone();
        copy.SetValue(Moved(copy.GetValue(place)!, 0, step), place);
        return copy;
    }

    public static object? Copy(object? value) => value is Array array ? array.Clone() : value;
}
