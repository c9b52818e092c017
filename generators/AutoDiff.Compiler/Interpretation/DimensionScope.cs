using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>The sizes of the dimension names of a function that runs.</summary>
internal sealed class DimensionScope
{
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    public long this[string symbol] { set => _sizes[symbol] = value; }

    public bool Contains(string symbol) => _sizes.ContainsKey(symbol);

    /// <summary>The size of a dimension; an exact fraction on the way, an integer at the end.</summary>
    public long Evaluate(Dim dim)
    {
        (long n, long d) = (0, 1);
        foreach (DimTerm term in dim.Terms)
        {
            (long numerator, long denominator) = (term.Numerator, term.Denominator);
            foreach (DimPower power in term.Powers)
            {
                if (!_sizes.TryGetValue(power.Symbol, out long size))
                    throw new InterpretationException($"the dimension {power.Symbol} is not bound");
                for (int i = 0; i < power.Exponent; i++) numerator = checked(numerator * size);
                for (int i = 0; i > power.Exponent; i--) denominator = checked(denominator * size);
            }

            (n, d) = checked((n * denominator + numerator * d, d * denominator));
        }

        return d != 0 && n % d == 0 ? n / d : throw new InterpretationException($"the dimension {dim} is not an integer: {n}/{d}");
    }

    public int[] Evaluate(Shape shape) => shape.Dims.Select(dim => checked((int)Evaluate(dim))).ToArray();

    /// <summary>Binds the names of a function from its arguments; names in <paramref name="given"/> are taken from there.</summary>
    public static DimensionScope Bind(
        Function function, IReadOnlyDictionary<string, InterpretedValue> arguments, IReadOnlyDictionary<string, long>? given)
    {
        var scope = new DimensionScope();
        foreach (DimBinding binding in function.Dimensions)
        {
            if (given is not null && given.TryGetValue(binding.Symbol, out long size)) scope[binding.Symbol] = size;
            else scope[binding.Symbol] = binding.Parameter is { } parameter ? Length(arguments[parameter], binding)
                : Member(binding, arguments);
        }

        foreach (DimConstraint constraint in function.Constraints)
        {
            (long left, long right) = (scope.Evaluate(constraint.Left), scope.Evaluate(constraint.Right));
            if (left != right) throw new InterpretationException(
                $"{constraint.Where}: {constraint.Left} is {left} and {constraint.Right} is {right}");
        }

        return scope;
    }

    private static long Length(InterpretedValue argument, DimBinding binding)
    {
        if (argument is InterpretedBuffer buffer) return buffer.Length;
        int[] shape = ((InterpretedTensor)argument).Shape;

        // The rest dimension is the first of a shape whose leading axes are joined already.
        return binding.Axis == int.MinValue ? shape[0] : shape[binding.Axis < 0 ? binding.Axis + shape.Length : binding.Axis];
    }

    /// <summary>An expression such as <c>this.Width</c> or <c>this.__Dim_width</c>: the number of that name in the model.</summary>
    private static long Member(DimBinding binding, IReadOnlyDictionary<string, InterpretedValue> arguments)
    {
        string[] path = (binding.Expression ?? "").Split('.');
        if (arguments.TryGetValue(path[0], out InterpretedValue? value))
        {
            foreach (string name in path.Skip(1))
            {
                string plain = name.StartsWith("__Dim_", StringComparison.Ordinal) ? name.Substring(6) : name;
                InterpretedValue? member = null;
                if (value is InterpretedModel model && !model.Members.TryGetValue(plain, out member))
                    model.Members.TryGetValue(name, out member);
                value = member;
            }
        }

        return value is InterpretedScalar scalar
            ? scalar.Number.Integer
            : throw new InterpretationException($"the dimension {binding.Symbol} = {binding.Expression} is not known");
    }
}
