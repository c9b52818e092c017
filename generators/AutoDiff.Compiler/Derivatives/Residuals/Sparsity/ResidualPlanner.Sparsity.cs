using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

// Of all that a minimum was taken of, only what it came from has a backward loop that does anything.
internal sealed partial class ResidualPlanner
{
    /// <summary>Puts the adjoint loop at the seam under the condition that a seed of it is not zero, where there is one that decides alone.</summary>
    private void Guard(Seam seam)
    {
        if (seam.Adjoint is not For { HasCondition: false } loop || TakesResiduals(loop.Body)) return;
        foreach (Value seed in FreeValues.Of(loop.Body).Concat(loop.Initial).Where(static v => v.Type is ScalarType { IsDifferentiable: true }))
        {
            var builder = new InstructionBuilder(values) { Step = loop.Step };
            if (new SeedConditions(seam.Own, builder).Of(seed) is not { } condition || !ZeroSeeds.Silence(loop, seed)) continue;
            EquatableArray<Value> defines = loop.Defines.Select(v => values.New(v.Type, v.Name)).ToEquatable();
            builder.Append(new If(
                loop.Defines, condition, new Region([], [loop with { Defines = defines }], defines), new Region([], [], loop.Initial)) { Step = loop.Step });
            seam.ReplaceAdjoint(builder.Body);
            return;
        }
    }

    // What was saved has to be taken back, whether it is needed or not.
    private static bool TakesResiduals(Region region)
        => region.Body.Any(static i => i is Pop or CallPullback { Callee.UsesPair: true } || i.Regions.Any(TakesResiduals));
}
