namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    /// <summary>Whether the method has tensors: beside those there are numbers and memory of numbers, and nothing else.</summary>
    private bool _hasTensors;

    /// <summary>A tensor as long as this one.</summary>
    private Node Tensor(Scope scope, int length, int depth)
    {
        Node Sub() => Tensor(scope, length, depth - 1);
        Node Text(Code code) => new(Kind.Tensor, code);
        Variable[] all = [.. scope.Of(Sort.Tensor).Where(v => v.Length == length)];
        if (depth <= 0) return Text($"{Any(all).Name}");
        return Pick(
            (4, () => Text($"{Any(all).Name}")),
            (2, () => Text($"({Sub()} + {Sub()})")),
            (2, () => Text($"({Sub()} - {Sub()})")),
            (2, () => Text($"({Sub()} * {Sub()})")),
            (3, () => Text($"({Sub()} * {Number(scope, 1)})")),
            (1, () => Text($"({Number(scope, 1)} * {Sub()})")),
            (1, () => Text($"({Sub()} + {Number(scope, 1)})")),
            (1, () => Text($"({Number(scope, 1)} - {Sub()})")),
            (1, () => Text($"({Sub()} / (2 + Math.Sin({Number(scope, 0)})))")),
            (1, () => Text($"(-({Sub()}))")),
            (3, () => Text($"Ops.Tanh({Sub()})")),
            (1, () => Text($"Ops.Exp(Ops.Tanh({Sub()}))")),
            (1, () => Text($"Ops.Sigmoid({Sub()})")),
            (1, () => Text($"Ops.Softmax({Sub()})")));
    }

    private Variable? AnyTensor(Scope scope) => scope.Of(Sort.Tensor).ToArray() is { Length: > 0 } all ? Any(all) : null;

    /// <summary>A number from a tensor.</summary>
    private Node? Reduction(Scope scope) => AnyTensor(scope) is { } t ? new(Kind.Number, $"Ops.{(Rarely(2) ? "Sum" : "Mean")}({Tensor(scope, t.Length, 2)})") : null;

    /// <summary>A tensor of the method's own, or another value for one.</summary>
    private Node? TensorStatement(Scope scope)
    {
        if (AnyTensor(scope) is not { } like) return null;
        if (Rarely(2) && like.IsWritable) return new(Kind.Statement, $"{like.Name} = {Tensor(scope, like.Length, 2)};");
        string name = Name("z");
        Node value = Tensor(scope, like.Length, 2);
        scope.Add(new(name, Sort.Tensor, like.Length) { IsCaptured = false });
        return new(Kind.Statement, $"Tensor<double> {name} = {value};");
    }
}
