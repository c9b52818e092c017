using System.Runtime.CompilerServices;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Incremental;

/// <summary>What is computed again after an edit, and what is not.</summary>
public class CachingTests
{
    private const string Source = """
        public static partial class Functions
        {
            [Differentiable]
            public static double First(double x) => Math.Sin(x) * 2.0;

            [Differentiable]
            public static double Second(double x, double y) => x * y;
        }
        """;

    [Fact]
    public void The_same_compilation_again_computes_nothing()
    {
        GeneratorRun run = GeneratorHarness.Run(Source);
        GeneratorRun again = run.RunAgain(run.Input);
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], again.Reasons(TrackingNames.Files));
        Assert.All(again.OutputReasons, static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData("// A comment, and the lines below move.\n\n", "")]
    [InlineData("", "\n// A comment behind everything.\n")]
    public void A_comment_or_a_move_leaves_the_models_equal(string before, string after)
    {
        GeneratorRun run = GeneratorHarness.Run(Source).Edit(0, before + Source + after);
        Assert.Equal(2, run.Reasons(TrackingNames.Methods).Count(static r => r is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Files));
    }

    [Fact]
    public void White_space_inside_a_body_leaves_its_model_equal()
    {
        GeneratorRun run = GeneratorHarness.Run(Source).Edit(0, Source.Replace("Math.Sin(x) * 2.0", "Math.Sin(x)   /* twice */ * 2.0", StringComparison.Ordinal));
        Assert.Equal(2, run.Reasons(TrackingNames.Methods).Count(static r => r is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void A_literal_modifies_the_file_of_its_method_alone()
    {
        GeneratorRun run = GeneratorHarness.Run(Source).Edit(0, Source.Replace("2.0", "2.5", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Files));
        Assert.Contains("2.5", run.Generated("First.Derivatives.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_of_another_file_regenerates_nothing()
    {
        GeneratorRun run = GeneratorHarness.Run([Source, "internal static class Other;"]).Edit(1, "internal static class Another;");
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], run.Reasons(TrackingNames.Files));
    }

    [Fact]
    public void A_type_that_changes_in_another_file_modifies_the_method_that_uses_it()
    {
        GeneratorRun run = GeneratorHarness.Run(["""
            public static partial class Functions
            {
                [Differentiable]
                public static double First(double x) => x * Constants.Factor;
            }
            """, "public static class Constants { public const double Factor = 2.0; }"]);
        GeneratorRun edited = run.Edit(1, "public static class Constants { public const double Factor = 4.0; }");
        Assert.Equal([IncrementalStepRunReason.Modified], edited.Reasons(TrackingNames.Files));
        edited.Compile();
    }

    [Fact]
    public void A_callee_whose_signature_stays_leaves_its_caller_cached()
    {
        const string Caller = """
            public static partial class Functions
            {
                [Differentiable]
                public static double Caller(double x) => Callees.Callee(x) * x;
            }
            """;
        const string Callee = """
            public static partial class Callees
            {
                [Differentiable]
                public static double Callee(double x) { double s = 0; for (int i = 0; i < 3; i++) s += x; return s; }
            }
            """;
        GeneratorRun run = GeneratorHarness.Run([Caller, Callee]).Edit(1, Callee.Replace("i < 3", "i < 4", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], run.Reasons(TrackingNames.Files));
        run.Compile();
    }

    [Fact]
    public void An_old_compilation_can_be_collected()
    {
        (WeakReference old, GeneratorRun next) = RunTwice();
        for (int i = 0; i < 10 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        Assert.NotEmpty(next.GeneratedSources);
    }

    // A frame of its own: nothing of it may keep the first compilation alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Old, GeneratorRun Next) RunTwice()
    {
        GeneratorRun run = GeneratorHarness.Run(Source);
        GeneratorRun next = run.Edit(0, Source.Replace("2.0", "2.5", StringComparison.Ordinal));
        return (new WeakReference(run.Input), next);
    }
}
