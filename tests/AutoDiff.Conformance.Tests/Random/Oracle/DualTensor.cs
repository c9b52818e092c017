namespace AutoDiff.Conformance.Oracle;

/// <summary>A tensor of one axis over dual numbers: it stands where a program says <c>Tensor&lt;double&gt;</c>.</summary>
/// <param name="Items">Its elements.</param>
public sealed record DualTensor(Dual[] Items)
{
    public static DualTensor operator +(DualTensor x, DualTensor y) => x.Zip(y, static (a, b) => a + b);

    public static DualTensor operator -(DualTensor x, DualTensor y) => x.Zip(y, static (a, b) => a - b);

    public static DualTensor operator *(DualTensor x, DualTensor y) => x.Zip(y, static (a, b) => a * b);

    public static DualTensor operator +(DualTensor x, Dual y) => x.Map(a => a + y);

    public static DualTensor operator -(Dual x, DualTensor y) => y.Map(a => x - a);

    public static DualTensor operator *(DualTensor x, Dual y) => x.Map(a => a * y);

    public static DualTensor operator *(Dual x, DualTensor y) => y.Map(a => x * a);

    public static DualTensor operator /(DualTensor x, Dual y) => x.Map(a => a / y);

    public static DualTensor operator -(DualTensor x) => x.Map(static a => -a);

    public DualTensor Map(Func<Dual, Dual> of) => new([.. Items.Select(of)]);

    private DualTensor Zip(DualTensor other, Func<Dual, Dual, Dual> of) => new([.. Items.Zip(other.Items, of)]);
}
