namespace AutoDiff.Generators.Tests.Models;

/// <summary>Generated models compile without a warning whatever things are called and wherever they stand.</summary>
public sealed class ModelNamesTests
{
    [Theory]
    [InlineData("namespace System", """
        namespace My.System.AutoDiff.Tensor
        {
            public class GradientSet;
            [Differentiable]
            public sealed partial class Model(int n) { [Parameter("n")] public partial Tensor<float> W { get; } }
        }
        """)]
    [InlineData("no namespace", """
        [Differentiable]
        public sealed partial class Model(int n) { [Parameter("n 2")] internal partial Tensor<float> W { get; } }
        """)]
    [InlineData("keywords", """
        namespace @namespace.@class;
        [Differentiable]
        public sealed partial class @object(int @int)
        {
            [Parameter("int 2")] public partial Tensor<float> @event { get; }
            private @object? @base { get; } = null;
            public @object? Base => @base;
        }
        """)]
    [InlineData("nested in generic containers of every kind", """
        namespace N;
        public partial interface IOuter<T>
        {
            public readonly partial record struct Middle<TKey>(int A) where TKey : notnull
            {
                internal partial record Inner
                {
                    [Differentiable]
                    private sealed partial class Model<TValue>(int n)
                    {
                        [Parameter("n")] private partial Tensor<double> W { get; }
                        public override string ToString() => W.ToString() + typeof(TValue) + typeof(TKey);
                    }
                    public object Create() => new Model<string>(3);
                }
            }
        }
        """)]
    [InlineData("record", """
        [Differentiable]
        public sealed partial record Model(int Width, Model? Next = null)
        {
            [Parameter("Width 4*width")] public partial Tensor<float> W { get; }
        }
        """)]
    [InlineData("members of GradientSet", """
        [Differentiable]
        public sealed partial class Model(int n)
        {
            [Parameter("n")] public partial Tensor<float> Flat { get; }
            [Parameter("n")] public partial Tensor<float> Clear { get; }
            [Parameter("n")] public partial Tensor<float> For { get; }
            [Parameter("n")] public partial Tensor<float> View { get; }
            [Parameter("n")] public partial Tensor<float> value { get; }
            [Parameter("n")] public partial Tensor<float> model { get; }
            [Parameter("n")] public partial Tensor<float> buffer { get; }
            [Parameter("n")] public partial Tensor<float> walk { get; }
        }
        """)]
    [InlineData("names that differ in case only", """
        namespace A
        {
            [Differentiable] public sealed partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } }
            [Differentiable] public sealed partial class MODEL { [Parameter("1")] public partial Tensor<float> w { get; } }
        }
        namespace a
        {
            [Differentiable] public sealed partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } }
        }
        """)]
    [InlineData("a captured, a stored and an unread constructor parameter", """
        [Differentiable]
        public sealed partial class Model(int captured, int stored, int unread)
        {
            private readonly int _stored = stored;
            [Parameter("captured stored unread")] public partial Tensor<float> W { get; }
            public int Both => captured + _stored;
        }
        """)]
    [InlineData("a protected virtual parameter, and fields of models", """
        [Differentiable]
        public partial class Model(int n)
        {
            [Parameter("n")] protected virtual partial Tensor<float> W { get; }
            private readonly Part[] _parts = [new(2), new(3)];
            private readonly Part part = new(1);
            internal readonly List<Part?> Gradients_ = [null];
            public int Count => _parts.Length + (part is null ? 0 : 1);
        }
        [Differentiable]
        internal sealed partial class Part(int n) { [Parameter("n")] public partial Tensor<float> W { get; } }
        """)]
    [InlineData("odd numbers", """
        [Differentiable]
        public sealed partial class Model
        {
            [Parameter("12345", Initial = (Initial)(-3), Scale = -0.25f)] public partial Tensor<float> W { get; }
            [Parameter("1", Scale = float.NaN)] public partial Tensor<float> V { get; }
        }
        """)]
    [InlineData("obsolete", """
        [Differentiable, Obsolete("old")]
        public sealed partial class Part(int n) { [Parameter("n")] public partial Tensor<float> W { get; } }
        [Differentiable]
        public sealed partial class Model
        {
            #pragma warning disable CS0618
            public Part Part { get; } = new(1);
            #pragma warning restore CS0618
        }
        """)]
    public void Compiles_without_a_warning(string what, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        run.Compile();
        Assert.True(run.GeneratedSources.Count > 0, what);
    }

    [Fact]
    public void Files_of_types_that_differ_in_case_only_have_different_names()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            namespace A
            {
                [Differentiable] public sealed partial class Model { [Parameter("1")] public partial Tensor<float> W { get; } }
                [Differentiable] public sealed partial class MODEL { [Parameter("1")] public partial Tensor<float> W { get; } }
                [Differentiable] public sealed partial class Model<T> { [Parameter("1")] public partial Tensor<float> W { get; } }
            }
            """);
        run.Compile();
        Assert.Equal(3, run.GeneratedSources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("A.Model`1.Parameters.g.cs", run.GeneratedSources.Keys);
    }

    [Fact]
    public void Each_member_name_is_found_by_its_rule()
    {
        dynamic model = GeneratorHarness.Run("""
            [Differentiable]
            public sealed partial class Model(int width, Options options)
            {
                public const int Heads = 2;
                private readonly int _depth = 5;
                public static int Static => 7;
                [Parameter("width heads depth Static options.Width 2*(width+1)-1")] public partial Tensor<float> W { get; }
                public int Depth() => _depth;
                [return: Shape("batch width")]
                public Tensor<float> F([Shape("batch Heads")] Tensor<float> x) => x;
            }
            public sealed record Options(int Width);
            public static class Factory { public static object Create() => new Model(3, new Options(11)); }
            """).Load().Call("Factory", "Create")!;
        Assert.Equal([3, 2, 5, 7, 11, 7], ((ReadOnlySpan<int>)((ParameterSlot<float>)model.__W).Shape).ToArray());
        Assert.Equal(3, model.__Dim_width);
        Assert.Equal(2, model.__Dim_Heads);
        Assert.Equal(5, model.__Dim_depth);
        Assert.Equal(11, model.__Dim_options_Width);
    }
}
