using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>A differentiable method with its generated members, called with plain arguments: the same in every assembly that it is compiled into.</summary>
internal sealed class Members
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private readonly MethodInfo _method;
    private readonly MethodInfo? _gradient;
    private readonly MethodInfo _vjp;
    private readonly ParameterInfo[] _parameters;

    public Members(Assembly assembly, string type, string method)
    {
        Type container = assembly.GetType(type, throwOnError: true)!;
        _method = container.GetMethod(method, Any)!;
        _parameters = _method.GetParameters();
        _gradient = container.GetMethods(Any).SingleOrDefault(m => m.Name == method + "Gradient");
        // The form with the fewest parameters is the one that people call.
        _vjp = container.GetMethods(Any).Where(m => m.Name == method + "Vjp").MinBy(static m => m.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type}.{method} has no derivative");
    }

    public IReadOnlyList<ParameterInfo> Parameters => _parameters;

    public bool HasGradient => _gradient is not null;

    /// <summary>The arguments of a row, in the types of the parameters; <c>out</c> parameters have none.</summary>
    public object?[] Arguments(RowAttribute row)
    {
        int next = 0;
        return [.. _parameters.Select(p => p.IsOut ? null : Numbers.Convert(row.At[next++], p.ParameterType))];
    }

    /// <summary>The parameters that a gradient belongs to.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, _parameters.Length).Where(i => IsInput(_parameters[i]));

    /// <summary>Runs the method: the result, then what <c>ref</c> and <c>out</c> numbers and written spans hold, flat.</summary>
    public double[] Run(object?[] arguments)
    {
        object?[] own = Copies(arguments);
        object? result = Invoker.Invoke(_method, own);
        return [.. Numbers.Flatten(result), .. Outputs().SelectMany(i => Numbers.Flatten(own[i]))];
    }

    /// <summary>Runs the method on these very arguments.</summary>
    public void RunInPlace(object?[] arguments) => Invoker.Invoke(_method, arguments);

    /// <summary>Calls <c>FVjp</c>.</summary>
    public Pulled Vjp(object?[] arguments, double[]? seed, bool accumulateTwice = false)
        => Call(_vjp, arguments, seed ?? [.. Enumerable.Repeat(1.0, Run(arguments).Length)], accumulateTwice);

    /// <summary>Calls <c>FGradient</c>.</summary>
    public Pulled Gradient(object?[] arguments) => Call(_gradient!, arguments, [], false);

    /// <summary>Calls <c>FJvp</c> with directions of these parameters, flat: the tangents of the outputs, in the order of <see cref="Run"/>.</summary>
    public double[] Jvp(object?[] arguments, int[] inputs, double[] direction)
    {
        MethodInfo member = _method.DeclaringType!.GetMethods(Any).Single(m => m.Name == _method.Name + "Jvp");
        object?[] own = Copies(arguments);
        var parts = new Dictionary<int, Queue<double>>();
        var left = new Queue<double>(direction);
        foreach (int input in inputs) parts[input] = new([.. Numbers.Flatten(own[input]).Select(_ => left.Dequeue())]);
        var all = new List<object?>(own);
        var places = new Dictionary<int, int>();
        foreach (ParameterInfo parameter in member.GetParameters().Skip(own.Length))
        {
            int of = Array.FindIndex(_parameters, p => p.Name == parameter.Name![..^3]);
            places[of] = all.Count;
            all.Add(parameter.IsOut ? null : Direction(parameter.ParameterType, own[of], parts.GetValueOrDefault(of)));
        }

        object?[] passed = [.. all];
        double[] returned = [.. Numbers.Flatten(Invoker.Invoke(member, passed))];
        return [.. returned[(returned.Length / 2)..], .. Outputs().SelectMany(i => Numbers.Flatten(passed[places[i]]))];
    }

    // What is no input only receives: what it held before must not count.
    private static object Direction(Type type, object? primal, Queue<double>? direction)
    {
        if (Buffers.Element(type) is not { } element) return Numbers.Convert(direction!.Dequeue(), type);
        Array buffer = Array.CreateInstance(element, ((Array)primal!).Length);
        for (int k = 0; k < buffer.Length; k++) buffer.SetValue(Numbers.Convert(direction?.Dequeue() ?? double.NaN, element), k);
        return buffer;
    }

    private Pulled Call(MethodInfo member, object?[] arguments, double[] seed, bool accumulateTwice)
    {
        object?[] own = Copies(arguments);
        var cotangents = new Queue<double>(seed);
        var destinations = new Dictionary<string, Array>(StringComparer.OrdinalIgnoreCase);
        var all = new List<object?>(own);
        foreach (ParameterInfo parameter in member.GetParameters().Skip(own.Length))
        {
            Type type = parameter.ParameterType;
            if (type == typeof(bool))
            {
                all.Add(false);
            }
            else if (Buffers.Element(type) is not { } element)
            {
                all.Add(Numbers.Convert(cotangents.Dequeue(), type));
            }
            else
            {
                string primal = parameter.Name![1..];
                bool isEntry = primal.EndsWith("AtEntry", StringComparison.Ordinal);
                if (isEntry) primal = primal[..^7];
                int index = Array.FindIndex(_parameters, p => string.Equals(p.Name, primal, StringComparison.OrdinalIgnoreCase));
                int length = index < 0 ? ReturnedCount(arguments) : ((Array)own[index]!).Length;
                Array buffer = Array.CreateInstance(element, length);
                bool isCotangent = Buffers.IsReadOnly(type);
                // A destination that is not cleared first would show.
                for (int k = 0; k < length; k++) buffer.SetValue(Numbers.Convert(isCotangent ? cotangents.Dequeue() : double.NaN, element), k);
                if (!isCotangent) destinations.Add(primal, buffer);
                all.Add(buffer);
            }
        }

        Assert.Empty(cotangents);
        object?[] passed = [.. all];
        object? result = Invoker.Invoke(member, passed);
        if (accumulateTwice && passed.Length > 0 && passed[^1] is false)
        {
            for (int i = 0; i < own.Length; i++) passed[i] = Numbers.Copy(arguments[i]);
            passed[^1] = true;
            Invoker.Invoke(member, passed);
        }

        var scalars = new Queue<double>(Numbers.Flatten(result));
        double[] value = [.. Enumerable.Range(0, ReturnedCount(arguments)).Select(_ => scalars.Dequeue())];
        var gradient = new List<double>();
        var known = new List<int>();
        foreach (int input in Inputs)
        {
            bool isBuffer = Buffers.Element(_parameters[input].ParameterType) is not null;
            if (isBuffer && !destinations.ContainsKey(_parameters[input].Name!)) continue;
            known.Add(input);
            if (isBuffer) gradient.AddRange(Numbers.Flatten(destinations[_parameters[input].Name!]));
            else gradient.Add(scalars.Dequeue());
        }

        Assert.Empty(scalars);
        return new Pulled(value, [.. gradient], [.. known], [.. own.Select((_, i) => passed[i])]);
    }

    private int ReturnedCount(object?[] arguments)
        => _method.ReturnType == typeof(void) ? 0 : Numbers.Flatten(Invoker.Invoke(_method, Copies(arguments))).Count();

    private IEnumerable<int> Outputs()
    {
        ParameterInfo[] pulled = _vjp.GetParameters();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Type type = _parameters[i].ParameterType;
            bool isReference = type.IsByRef && !_parameters[i].IsIn && Numbers.IsFloating(type.GetElementType()!);
            bool isWritten = Buffers.Element(type) is not null && pulled.Skip(_parameters.Length)
                .Any(p => Buffers.IsReadOnly(p.ParameterType) && string.Equals(p.Name, "d" + _parameters[i].Name, StringComparison.OrdinalIgnoreCase));
            if (isReference || isWritten) yield return i;
        }
    }

    private static bool IsInput(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return !parameter.IsOut && Numbers.IsDifferentiable(type) && parameter.GetCustomAttribute<NoGradientAttribute>() is null;
    }

    private static object?[] Copies(object?[] arguments) => [.. arguments.Select(Numbers.Copy)];
}

/// <summary>What a generated member gave.</summary>
/// <param name="Value">The returned value.</param>
/// <param name="Gradient">The gradients, flat, in the order of the parameters.</param>
/// <param name="Inputs">The parameters that they belong to.</param>
/// <param name="After">What the method's own arguments hold afterwards.</param>
internal sealed record Pulled(double[] Value, double[] Gradient, int[] Inputs, object?[] After);
