using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>Functions of the last axis: the softmax family, cross-entropy and the norms, composed of dual arithmetic.</summary>
internal static class RowFunctions
{
    public static InterpretedTensor Softmax(InterpretedTensor x) => EachRow(x, static row =>
    {
        Number[] exponentials = Shift(row).Select(DualFunctions.Exponential).ToArray();
        Number sum = Sum(exponentials);
        return exponentials.Select(e => e / sum);
    });

    public static InterpretedTensor LogSoftmax(InterpretedTensor x) => EachRow(x, static row =>
    {
        Number[] shifted = Shift(row);
        Number logarithm = DualFunctions.Logarithm(Sum(shifted.Select(DualFunctions.Exponential)));
        return shifted.Select(s => s - logarithm);
    });

    public static InterpretedTensor LogSumExp(InterpretedTensor x) => EachRow(x, static row => [LogSumExp(row)]);

    /// <summary>The mean of −log softmax(logits)[target] over rows that are not ignored; NaN where all are.</summary>
    public static Number CrossEntropy(int ignoreIndex, InterpretedTensor logits, InterpretedTensor targets)
    {
        int classes = logits.Shape[logits.Shape.Length - 1], count = 0;
        Number sum = Number.Of(0.0);
        for (int row = 0; row < targets.Elements.Length; row++)
        {
            int target = Target(targets.Elements[row], ignoreIndex, classes);
            if (target < 0) continue;
            Number[] shifted = Shift(logits.Elements.Skip(row * classes).Take(classes).ToArray());
            sum += DualFunctions.Logarithm(Sum(shifted.Select(DualFunctions.Exponential))) - shifted[target];
            count++;
        }

        return sum / Number.Of((double)count);
    }

    /// <summary>dLoss · (softmax(logits) − onehot(targets)) ÷ count, 0 in ignored rows.</summary>
    public static InterpretedTensor CrossEntropyGradient(int ignoreIndex, InterpretedTensor logits, InterpretedTensor targets, Number dLoss)
    {
        int classes = logits.Shape[logits.Shape.Length - 1];
        int count = targets.Elements.Count(t => t.Integer != ignoreIndex);
        Number scale = dLoss / Number.Of((double)count);
        Number[] gradient = Softmax(logits).Elements;
        for (int i = 0; i < gradient.Length; i++)
        {
            int target = Target(targets.Elements[i / classes], ignoreIndex, classes);
            gradient[i] = target < 0 ? Number.Of(0.0) : scale * (gradient[i] - Number.Of(target == i % classes ? 1.0 : 0.0));
        }

        return new InterpretedTensor(logits.Shape, gradient);
    }

    public static InterpretedTensor OneHot(InterpretedTensor targets, int[] shape)
    {
        int classes = shape[shape.Length - 1];
        var elements = new Number[targets.Elements.Length * classes];
        for (int i = 0; i < elements.Length; i++) elements[i] = Number.Of(targets.Elements[i / classes].Integer == i % classes ? 1.0 : 0.0);
        return new InterpretedTensor(shape, elements);
    }

    /// <summary>The element at the target of each row; 0 in ignored rows.</summary>
    public static InterpretedTensor Pick(int ignoreIndex, InterpretedTensor x, InterpretedTensor targets)
    {
        int classes = x.Shape[x.Shape.Length - 1], next = 0;
        return EachRow(x, row => Target(targets.Elements[next++], ignoreIndex, classes) is >= 0 and var target ? [row[target]]
            : [Number.Of(0.0)]);
    }

    /// <summary>The operand, and 0 in ignored rows.</summary>
    public static InterpretedTensor Mask(int ignoreIndex, InterpretedTensor x, InterpretedTensor targets)
    {
        int next = 0;
        return EachRow(x, row => targets.Elements[next++].Integer == ignoreIndex ? row.Select(static _ => Number.Of(0.0)) : row);
    }

    /// <summary>How many targets are not ignored.</summary>
    public static int CountTargets(int ignoreIndex, int classes, InterpretedTensor targets)
        => targets.Elements.Count(t => Target(t, ignoreIndex, classes) >= 0);

    public static InterpretedTensor LayerNorm(InterpretedTensor x, InterpretedTensor weight, InterpretedTensor? bias, Number epsilon)
        => EachRow(x, row =>
    {
        Number mean = Mean(row);
        Number[] centered = row.Select(r => r - mean).ToArray();
        Number deviation = DualFunctions.SquareRoot(Mean(centered.Select(static c => c * c)) + epsilon);
        return centered.Select((c, k) => c / deviation * Cyclic(weight, k) + (bias is null ? Number.Of(0.0) : Cyclic(bias, k)));
    });

    public static InterpretedTensor RmsNorm(InterpretedTensor x, InterpretedTensor weight, Number epsilon) => EachRow(x, row =>
    {
        Number root = DualFunctions.SquareRoot(Mean(row.Select(static r => r * r)) + epsilon);
        return row.Select((r, k) => r / root * Cyclic(weight, k));
    });

    private static Number LogSumExp(Number[] row)
    {
        double max = row.Max(static r => r.Real);
        Number logarithm = DualFunctions.Logarithm(Sum(Shift(row).Select(DualFunctions.Exponential)));
        return logarithm with { Real = max + logarithm.Real };
    }

    /// <summary>x − max(x), where the difference of equal infinities is 0. The maximum is a constant: it cancels in everything made from
    /// this.</summary>
    private static Number[] Shift(Number[] row)
    {
        double max = row.Length == 0 ? 0 : row.Select(static r => r.Real).Aggregate(static (a, b) => Math.Max(a, b));
        return row.Select(r => r with { Real = r.Real == max ? 0 : r.Real - max }).ToArray();
    }

    private static InterpretedTensor EachRow(InterpretedTensor x, Func<Number[], IEnumerable<Number>> function)
    {
        int length = x.Shape[x.Shape.Length - 1], rows = TensorIndex.Count(x.Shape.Take(x.Shape.Length - 1)), width = length;
        var elements = new List<Number>();
        for (int row = 0; row < rows; row++)
        {
            Number[] result = function(x.Elements.Skip(row * length).Take(length).ToArray()).ToArray();
            width = result.Length;
            elements.AddRange(result);
        }

        return new InterpretedTensor([.. x.Shape.Take(x.Shape.Length - 1), width], elements.ToArray());
    }

    private static int Target(Number target, int ignoreIndex, int classes)
        => target.Integer == ignoreIndex ? -1
            : target.Integer >= 0 && target.Integer < classes ? (int)target.Integer
            : throw new InterpretationException($"class {target.Integer} of {classes}");

    private static Number Cyclic(InterpretedTensor tensor, int k) => tensor.Elements[tensor.Elements.Length == 1 ? 0 : k];

    private static Number Sum(IEnumerable<Number> numbers) => numbers.Aggregate(Number.Of(0.0), static (a, b) => a + b);

    private static Number Mean(IEnumerable<Number> numbers)
    {
        Number[] all = numbers.ToArray();
        return Sum(all) / Number.Of((double)all.Length);
    }
}
