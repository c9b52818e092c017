using System.Numerics.Tensors;
using System.Reflection;
using AutoDiff.Conformance.Oracle;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>The members that were generated for a program, called with flat numbers.</summary>
internal sealed class Derivatives
{
    private readonly MethodInfo _method;
    private readonly ParameterInfo[] _parameters;
    private readonly MethodInfo[] _members;

    public Derivatives(Type type)
    {
        _method = type.GetMethod("F")!;
        _parameters = _method.GetParameters();
        _members = [.. type.GetMethods().Where(static m => m.Name is "FGradient" or "FVjp" or "FJvp" or "FForward")];
        // The form with the fewest parameters is the one that people call.
        ParameterInfo[] cotangents = Member("FVjp")!.GetParameters()[_parameters.Length..];
        Written = [.. Enumerable.Range(0, _parameters.Length).Where(i => IsReference(i) || cotangents.Any(c => Buffers.IsReadOnly(c.ParameterType) && Names(c, i)))];
    }

    /// <summary>The parameters that the method changes, as its members tell.</summary>
    public int[] Written { get; }

    /// <summary>The loops that run in lanes.</summary>
    public HashSet<string> Kernels => [.. _method.DeclaringType!.GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Select(static m => m.Name).Where(static n => n.StartsWith("FVjpLoop", StringComparison.Ordinal))];

    public MethodInfo? Member(string name) => _members.Where(m => m.Name == name).MinBy(static m => m.GetParameters().Length);

    /// <summary>Whether <c>FVjp</c> has a destination for the gradient of a parameter.</summary>
    public bool HasGradient(int parameter) => Element(_parameters[parameter].ParameterType) is null
        || Member("FVjp")!.GetParameters()[_parameters.Length..].Any(p => Element(p.ParameterType) is not null && !Buffers.IsReadOnly(p.ParameterType) && Names(p, parameter));

    /// <summary>What the method returns, then what it leaves in its arguments.</summary>
    public double[] Run() => Run(_method);

    /// <summary>The same of <c>FForward</c>.</summary>
    public double[] Run(MethodInfo member)
    {
        object?[] arguments = Arguments();
        object? result = Invoker.Invoke(member, arguments);
        return [.. Flat.Of(result).Concat(Written.SelectMany(i => Flat.Of(arguments[i]))).Select(static d => d.Value)];
    }

    /// <summary>Calls <c>FVjp</c> or <c>FGradient</c>: the values as <see cref="Run"/>, and the gradient of each number that goes in.</summary>
    /// <remarks>A buffer whose elements at entry nobody reads has no destination for them.</remarks>
    public (double[] Outputs, double[] Gradient) Reverse(MethodInfo member, int results)
    {
        var all = new List<object?>(Arguments());
        var destinations = new Dictionary<int, Array>();
        int seeds = 0;
        foreach (ParameterInfo parameter in member.GetParameters()[_parameters.Length..])
        {
            Type type = parameter.ParameterType;
            if (type == typeof(bool))
            {
                all.Add(false);
            }
            else if (Element(type) is { } element)
            {
                int of = Enumerable.Range(0, _parameters.Length).Single(i => Names(parameter, i));
                bool isCotangent = Buffers.IsReadOnly(type);
                Array buffer = Array.CreateInstance(element, Flat.Digits(_parameters[of].Name!));
                // A destination that is not overwritten would show.
                for (int k = 0; k < buffer.Length; k++) buffer.SetValue(Flat.Build(element, "", () => isCotangent ? Point.Seed(seeds++) : double.NaN), k);
                if (!isCotangent) destinations.Add(of, buffer);
                all.Add(Passed(buffer, type));
            }
            else
            {
                all.Add(Flat.Build(type, "", () => Point.Seed(seeds++)));
            }
        }

        object?[] passed = [.. all];
        Dual[] returned = [.. Flat.Of(Invoker.Invoke(member, passed))];
        double[] outputs = [.. returned.Take(results).Concat(Written.SelectMany(i => Flat.Of(passed[i]))).Select(static d => d.Value)];
        var scalars = new Queue<double>(returned.Skip(results).Select(static d => d.Value));
        var gradient = new List<double>();
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].IsOut) continue;
            for (int k = 0, count = Flat.Count(_parameters[i]); k < count; k++)
            {
                // A buffer without a destination has no gradient.
                gradient.Add(Element(_parameters[i].ParameterType) is null ? scalars.Dequeue()
                    : destinations.TryGetValue(i, out Array? buffer) ? Convert.ToDouble(buffer.GetValue(k), null) : 0);
            }
        }

        if (scalars.Count > 0) throw new InvalidOperationException($"{member.Name} returns {scalars.Count} numbers too many");
        return (outputs, [.. gradient]);
    }

    /// <summary>Calls <c>FJvp</c>: the tangents of what comes out, in the order of <see cref="Run"/>.</summary>
    public double[] Forward(MethodInfo member)
    {
        object?[] own = Arguments();
        var all = new List<object?>(own);
        var tangents = new Dictionary<int, int>();
        int direction = 0;
        foreach (ParameterInfo parameter in member.GetParameters()[_parameters.Length..])
        {
            int of = Array.FindIndex(_parameters, p => p.Name == parameter.Name![..^3]);
            tangents.Add(of, all.Count);
            int start = _parameters.Take(of).Sum(static p => p.IsOut ? 0 : Flat.Count(p));
            direction = start;
            Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
            if (parameter.IsOut)
            {
                all.Add(null);
            }
            else if (Element(type) is { } element)
            {
                Array buffer = Array.CreateInstance(element, Flat.Digits(_parameters[of].Name!));
                for (int k = 0; k < buffer.Length; k++) buffer.SetValue(Flat.Build(buffer.GetType().GetElementType()!, "", () => Point.Direction(direction++)), k);
                all.Add(Passed(buffer, type));
            }
            else
            {
                all.Add(Flat.Build(type, "", () => Point.Direction(direction++)));
            }
        }

        object?[] passed = [.. all];
        double[] returned = [.. Flat.Of(Invoker.Invoke(member, passed)).Select(static d => d.Value)];
        return [.. returned[(returned.Length / 2)..], .. Written.SelectMany(i => tangents.TryGetValue(i, out int at) ? Flat.Of(passed[at]).Select(static d => d.Value) : Flat.Of(own[i]).Select(static _ => 0.0))];
    }

    /// <summary>What memory of that type holds: of a buffer, or of a tensor.</summary>
    private static Type? Element(Type type) => type == typeof(Tensor<double>) ? typeof(double) : Buffers.Element(type);

    /// <summary>An array as what a parameter of that type takes: a tensor is a view of it.</summary>
    private static object Passed(Array buffer, Type type) => type == typeof(Tensor<double>) ? Tensor.Create((double[])buffer) : buffer;

    private object?[] Arguments()
    {
        int next = 0;
        return [.. _parameters.Select(p => p.IsOut ? null : Flat.Build(p, () => Point.Input(next++)))];
    }

    private bool IsReference(int parameter) => _parameters[parameter].ParameterType.IsByRef && !_parameters[parameter].IsIn;

    private bool Names(ParameterInfo member, int parameter)
        => string.Equals(member.Name, "d" + _parameters[parameter].Name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(member.Name, "d" + _parameters[parameter].Name + "AtEntry", StringComparison.OrdinalIgnoreCase);
}
