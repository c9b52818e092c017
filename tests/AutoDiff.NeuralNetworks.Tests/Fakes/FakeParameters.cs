using AutoDiff.Generated;

namespace AutoDiff.NeuralNetworks.Tests;

/// <summary>Parameters without a model around them.</summary>
internal sealed class FakeParameters : IModel<float>
{
    private readonly List<ParameterSlot<float>> _slots = [];
    private ParameterSet<float>? _set;

    public FakeParameters(params (string Name, int[] Shape)[] parameters)
    {
        foreach (var (name, shape) in parameters)
        {
            ParameterSlot<float>? slot = null;
            _slots.Add(ParameterSlot<float>.Create(ref slot, ParameterSet, name, Initial.Zeros, 1, shape));
        }
    }

    public ParameterSet<float> ParameterSet => ParameterSet<float>.Of(ref _set, this);

    public ParameterSet<float> Parameters => ParameterSet.Current();

    public static ParameterSet<float> Vector(params float[] values)
    {
        var parameters = new FakeParameters(("w", [values.Length])).Parameters;
        values.CopyTo(parameters.Flat);
        return parameters;
    }

    public static ParameterSet<float> Matrix(params float[] values)
    {
        var parameters = new FakeParameters(("w", [1, values.Length])).Parameters;
        values.CopyTo(parameters.Flat);
        return parameters;
    }

    public GradientSet<float> CreateGradients(GradientBuffer<float> buffer) => new(Parameters, buffer);

    public void VisitParameters(ParameterWalk<float> walk)
    {
        foreach (var slot in _slots) walk.Parameter(slot);
    }
}
