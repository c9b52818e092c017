using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace AutoDiff.Tests.Models;

[Differentiable]
public sealed partial class Dense(int inputs, int outputs)
{
    [Parameter("inputs outputs")]
    public partial Tensor<float> W { get; }

    [Parameter("outputs")]
    public partial Tensor<float> B { get; }
}

[Differentiable]
public sealed partial class Attention(int width, int heads)
{
    [Parameter("width 3*width")]
    public partial Tensor<float> Wqkv { get; }

    [Parameter("heads width/heads width", Initial = Initial.Normal, Scale = 0.02f)]
    public partial Tensor<float> Wo { get; }
}

[Differentiable]
public sealed partial class Block(int width)
{
    public Attention Attention { get; } = new(width, 2);

    public Dense Mlp { get; } = new(width, 4 * width);

    [Parameter("width", Initial = Initial.Ones)]
    public partial Tensor<float> Gain { get; }
}

[Differentiable]
public sealed partial class Embedding(int tokens, int width)
{
    [Parameter("tokens width", Initial = Initial.Uniform)]
    public partial Tensor<float> Table { get; }
}

/// <summary>Projects with the table of an embedding that is used elsewhere too: tied weights.</summary>
[Differentiable]
public sealed partial class Head(Embedding embedding, int width)
{
    [Parameter("width")]
    public partial Tensor<float> Norm { get; }

    public Embedding Embedding { get; } = embedding;
}

[Differentiable]
public sealed partial class Gpt
{
    private readonly List<Block> _blocks = [];

    public Gpt(int tokens, int width, int layers)
    {
        Tokens = new(tokens, width);
        for (int i = 0; i < layers; i++)
            _blocks.Add(new(width));
        Head = new(Tokens, width);
    }

    public Embedding Tokens { get; }

    public IReadOnlyList<Block> Blocks => _blocks;

    public Head Head { get; }

    public void AddBlock(Block block) => _blocks.Add(block);
}

/// <summary>A wrapper that holds a model and a part of its own, in an immutable array.</summary>
[Differentiable]
public sealed partial class Finetuned(Gpt model, int width)
{
    public Gpt Model { get; } = model;

    public ImmutableArray<Dense> Adapters { get; } = [new(width, 1), new(1, width)];
}

/// <summary>Holds nothing but a sub-model that may be absent.</summary>
[Differentiable]
public sealed partial class Optional(Dense? first)
{
    public Dense? First { get; } = first;

    public Dense Second { get; } = new(1, 1);
}

[Differentiable]
public sealed partial class DoubleModel
{
    private const int Rows = 2;

    private readonly int _columns;

    public DoubleModel(int columns) => _columns = columns;

    [Parameter("Rows columns", Initial = Initial.XavierUniform)]
    public partial Tensor<double> A { get; }
}
