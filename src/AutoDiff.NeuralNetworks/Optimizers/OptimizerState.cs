using System.Collections.Immutable;

namespace AutoDiff.NeuralNetworks;

/// <summary>What an optimizer keeps from step to step.</summary>
/// <param name="Kind">The name of the optimizer.</param>
/// <param name="Step">The number of steps taken.</param>
/// <param name="Buffers">Its buffers, in its own order.</param>
public sealed record OptimizerState(string Kind, long Step, ImmutableArray<OptimizerBuffer> Buffers);

/// <summary>One buffer of an optimizer, laid out as the flat buffer of the parameters.</summary>
/// <param name="Name">Its name within the optimizer.</param>
/// <param name="Values">One value per element of the parameters.</param>
public sealed record OptimizerBuffer(string Name, ReadOnlyMemory<float> Values);
