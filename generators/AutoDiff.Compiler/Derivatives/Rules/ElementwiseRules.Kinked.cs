using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class ElementwiseRules
{
    private static void AddKinked(Dictionary<ScalarOp, ElementwiseRule> table)
    {
        // z = |x|: dx = dz·sign(x), 0 at 0.
        table[ScalarOp.Abs] = new(r => (r.X > 0).Select(r.Seed, (r.X < 0).Select(-r.Seed, 0)));

        // z = |x| with the sign of y: dx = dz·sign(x)·sign(y), 0 where x is 0; the sign of y is its sign bit, so that of +0 is 1.
        table[ScalarOp.CopySign] = new(r => r.Seed * r.X.Apply(ScalarOp.Sign) * r.Y.Constant(1).Apply(ScalarOp.CopySign, r.Y), null);

        // z = max(x, y): to the larger; a tie is halved between active operands, and gives 0 against a constant.
        table[ScalarOp.Max] = new(r => Winner(r, r.X > r.Y), r => Winner(r, r.Y > r.X));

        // z = min(x, y): to the smaller, ties as for max.
        table[ScalarOp.Min] = new(r => Winner(r, r.X < r.Y), r => Winner(r, r.Y < r.X));

        // z = min(max(x, low), high): dx = dz strictly inside; outside, the bound in force receives dz.
        table[ScalarOp.Clamp] = new(
            r => ((r.X > r.Y) & (r.X < r.Z)).Select(r.Seed, Tie(r, 1, Tie(r, 2, r.Seed.Constant(0)))),
            r => (r.X < r.Y).Select(r.Seed, Tie(r, 1, r.Seed.Constant(0))),
            r => (r.X > r.Z).Select(r.Seed, Tie(r, 2, r.Seed.Constant(0))));

        // z = max(x, 0): dx = dz where x > 0.
        table[ScalarOp.Relu] = new(r => (r.X > 0).Select(r.Seed, 0));
    }

    private static Term Winner(RuleContext r, Term wins)
        => r.Active[0] && r.Active[1]
            ? wins.Select(r.Seed, r.X.EqualTo(r.Y).Select(0.5 * r.Seed, 0))
            : wins.Select(r.Seed, 0);

    /// <summary>Half of the seed where x meets a bound and both carry derivatives.</summary>
    private static Term Tie(RuleContext r, int bound, Term otherwise)
        => r.Active[0] && r.Active[bound] ? r.X.EqualTo(r.Operands[bound]).Select(0.5 * r.Seed, otherwise) : otherwise;
}
