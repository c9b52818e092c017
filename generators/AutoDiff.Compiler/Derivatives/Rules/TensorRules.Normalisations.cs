using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

public static partial class TensorRules
{
    private static void AddNormalisations(Dictionary<Type, Pullback<Operation>> table)
    {
        // y = softmax(x): dx = y·(dy − Σ dy·y).
        Add<Softmax>(table, static (_, c, _) => (c.Y * (c.DY - SumOfRow(c.DY * c.Y))).Value);

        // y = x − ln Σ eˣ: dx = dy − eʸ·Σ dy.
        Add<LogSoftmax>(table, static (_, c, _) => (c.DY - c.Y.Apply(ScalarOp.Exp) * SumOfRow(c.DY)).Value);

        // y = ln Σ eˣ: dx = dy·softmax(x).
        Add<LogSumExp>(table, static (_, c, _) => (c.DY * c.X.Apply(new Softmax())).Value);

        // y = x̂·w + b, x̂ = (x − μ)·r, r = 1/√(σ² + ε), g = dy·w: dx = r·(g − mean g − x̂·mean(g·x̂)), dw = Σ dy·x̂, db = Σ dy (Ba, Kiros, Hinton 2016).
        Add<LayerNorm>(table, static (norm, c, operand) =>
        {
            if (norm.HasBias && operand == 2) return Unbroadcast.To(c.Builder, c.Seed, c.Inputs[2].Type);
            if (operand > 1) return null;
            Term centred = c.X - MeanOfRow(c.X);
            Term r = 1 / (MeanOfRow(centred * centred) + c.Term(c.Inputs[norm.HasBias ? 3 : 2])).Apply(ScalarOp.Sqrt);
            return Normalised(c, operand, centred * r, r, centre: true);
        });

        // y = x̂·w, x̂ = x·r, r = 1/√(mean x² + ε), g = dy·w: dx = r·(g − x̂·mean(g·x̂)), dw = Σ dy·x̂ (Zhang, Sennrich 2019).
        Add<RmsNorm>(table, static (_, c, operand) =>
        {
            if (operand > 1) return null;
            Term r = 1 / (MeanOfRow(c.X * c.X) + c.Term(c.Inputs[2])).Apply(ScalarOp.Sqrt);
            return Normalised(c, operand, c.X * r, r, centre: false);
        });
    }

    private static Value Normalised(PullbackContext c, int operand, Term normalised, Term r, bool centre)
    {
        if (operand == 1) return Unbroadcast.To(c.Builder, (c.DY * normalised).Value, c.Inputs[1].Type);
        Term g = c.DY * c.Term(c.Inputs[1]);
        Term rest = centre ? g - MeanOfRow(g) : g;
        return (r * (rest - normalised * MeanOfRow(g * normalised))).Value;
    }
}
