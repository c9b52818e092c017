using AutoDiff.Tests.Models;

namespace AutoDiff.Tests.Checking;

/// <summary>Gradients of models against central differences: what is compared, and what the report says.</summary>
public class ModelCheckTests
{
    // ½ Σ w², whose gradient is w.
    private static float Loss(Block model)
    {
        float sum = 0;
        foreach (float v in model.Parameters.Flat)
            sum += v * v;
        return 0.5f * sum;
    }

    private static (Block Model, Block.Gradients Gradients) Made()
    {
        var model = new Block(4);
        model.Parameters.Initialize(3);
        Block.Gradients gradients = model.CreateGradients();
        model.Parameters.Flat.CopyTo(gradients.Flat);
        return (model, gradients);
    }

    [Fact]
    public void Right_gradients_pass_and_parameters_are_as_before()
    {
        (Block model, Block.Gradients gradients) = Made();
        float[] before = model.Parameters.Flat.ToArray();
        GradientCheckReport report = GradientCheck.Verify(gradients, () => Loss(model));
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(model.Parameters.TotalLength, report.Count);
        Assert.Equal(before, model.Parameters.Flat.ToArray());
    }

    [Fact]
    public void A_wrong_entry_is_called_by_the_name_of_its_parameter()
    {
        (Block model, Block.Gradients gradients) = Made();
        gradients.Mlp.W[2, 5] += 1;
        GradientCheckReport report = GradientCheck.Verify(gradients, () => Loss(model));
        Assert.False(report.Passed);
        Assert.Equal(1, report.Failed);
        Assert.Equal("Mlp.W[2, 5]", report.WorstName);
        Assert.Contains("worst Mlp.W[2, 5]: gradient", report.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(report.ThrowIfFailed);
    }

    [Fact]
    public void Some_entries_of_each_parameter_are_enough_where_that_is_asked_for()
    {
        (Block model, Block.Gradients gradients) = Made();
        int calls = 0;
        GradientCheckReport report = GradientCheck.Verify(gradients, () =>
        {
            calls++;
            return Loss(model);
        }, entriesPerParameter: 2);
        Assert.True(report.Passed);
        Assert.Equal(2 * model.Parameters.Count, report.Count);
        Assert.Equal(2 * report.Count, calls);
    }

    [Fact]
    public void Parameters_are_as_before_where_the_loss_throws()
    {
        (Block model, Block.Gradients gradients) = Made();
        float[] before = model.Parameters.Flat.ToArray();
        Assert.Throws<NotSupportedException>(() => GradientCheck.Verify(gradients, () => throw new NotSupportedException()));
        Assert.Equal(before, model.Parameters.Flat.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Verify(gradients, () => Loss(model), entriesPerParameter: -1));
        Assert.Throws<ArgumentNullException>("loss", () => GradientCheck.Verify(gradients, null!));
    }
}
