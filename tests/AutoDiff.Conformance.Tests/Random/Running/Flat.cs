using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using AutoDiff.Conformance.Oracle;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Arguments and results as runs of numbers, whether a program computes with numbers or with duals.</summary>
internal static class Flat
{
    /// <summary>The length of a buffer, or the value of an integer: what the digits of the parameter's name say.</summary>
    public static int Digits(string name)
        => int.Parse(name.AsSpan(name.AsSpan().IndexOfAnyInRange('0', '9')), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>How many numbers an argument of that parameter consists of.</summary>
    public static int Count(ParameterInfo parameter)
    {
        int count = 0;
        Build(parameter, () =>
        {
            count++;
            return 0.0;
        });
        return count;
    }

    /// <summary>An argument, from the numbers that it consists of; an array stands for a span.</summary>
    public static object Build(ParameterInfo parameter, Func<Dual> next)
    {
        Type type = parameter.ParameterType;
        if (type.IsByRef) type = type.GetElementType()!;
        if (type == typeof(Tensor<double>)) return Tensor.Create<double>([.. Enumerable.Range(0, Digits(parameter.Name!)).Select(_ => next().Value)]);
        if (type == typeof(DualTensor)) return new DualTensor([.. Enumerable.Range(0, Digits(parameter.Name!)).Select(_ => next())]);
        if (Buffers.Element(type) is not { } element) return Build(type, parameter.Name!, next);
        Array array = Array.CreateInstance(element, Digits(parameter.Name!));
        for (int i = 0; i < array.Length; i++) array.SetValue(Build(element, "", next), i);
        return array;
    }

    /// <summary>A value, from the numbers that it consists of.</summary>
    public static object Build(Type type, string name, Func<Dual> next)
    {
        if (type == typeof(double)) return next().Value;
        if (type == typeof(float)) return (float)next().Value;
        if (type == typeof(Dual)) return next();
        if (type == typeof(DualF)) return (DualF)next();
        if (type == typeof(int)) return Digits(name);
        if (type == typeof(bool)) return Digits(name) % 2 == 1;
        object value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (FieldInfo field in Fields(type)) field.SetValue(value, Build(field.FieldType, name, next));
        return value;
    }

    /// <summary>The numbers of a value, in order.</summary>
    public static IEnumerable<Dual> Of(object? value) => value switch
    {
        null or int or bool => [],
        double d => [d],
        float f => [f],
        Dual d => [d],
        DualF d => [d],
        Tensor<double> tensor => tensor.Select(static d => (Dual)d),
        DualTensor tensor => tensor.Items,
        Array array => array.Cast<object>().SelectMany(Of),
        _ => Fields(value.GetType()).SelectMany(field => Of(field.GetValue(value))),
    };

    private static IEnumerable<FieldInfo> Fields(Type type)
        => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(static f => f.MetadataToken);
}
