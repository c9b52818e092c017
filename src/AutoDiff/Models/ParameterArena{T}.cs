namespace AutoDiff;

/// <summary>The one buffer in which all parameters of a root model live.</summary>
/// <param name="values">The elements of every slot, one slot behind the other.</param>
internal sealed class ParameterArena<T>(T[] values)
{
    public T[] Values { get; } = values;

    /// <summary>True once a slot has moved to another arena: whoever looks at this one must look again where its slots are.</summary>
    public bool IsSuperseded { get; set; }
}
