namespace AutoDiff.Conformance.Oracle;

/// <summary><see cref="Ops"/> over dual numbers.</summary>
public static class DualOps
{
    public static DualTensor Tanh(DualTensor x) => x.Map(DualMath.Tanh);

    public static DualTensor Exp(DualTensor x) => x.Map(DualMath.Exp);

    public static DualTensor Sigmoid(DualTensor x) => x.Map(static a => 1 / (1 + DualMath.Exp(-a)));

    public static DualTensor Softmax(DualTensor x)
    {
        Dual[] weights = [.. x.Items.Select(DualMath.Exp)];
        Dual sum = weights.Sum();
        return new([.. weights.Select(w => w / sum)]);
    }

    public static Dual Sum(DualTensor x) => x.Items.Sum();

    public static Dual Mean(DualTensor x) => x.Items.Sum() / x.Items.Length;
}
