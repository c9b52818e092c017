using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    // Results that had what an arm yields before the branch.
    private readonly HashSet<(int Result, int Yield)> _preset = [];

    private void EmitIf(Site site, If branch, string prefix = "")
    {
        for (int k = 0; k < branch.Defines.Length; k++)
        {
            Value result = branch.Defines[k];
            Variable variable = Plan.VariableOf(result);
            if (!Declares(variable, site)) continue;
            string declaration = $"{context.TypeText(result.Type)} {context.Declare(variable, result)}";
            Value otherwise = branch.Else.Yields[k];
            if (context.ConstantOf(otherwise) is null || context.IsBound(otherwise))
            {
                context.Statement($"{declaration};");
                continue;
            }

            // int k = 0; if (…) k = 5;
            context.InitialState(branch, result, $"{declaration} = {context.Brief(otherwise)};");
            _preset.Add((result.Id, otherwise.Id));
        }

        RegionSite then = site.Region.Nested(site.Index)[0], other = site.Region.Nested(site.Index)[1];
        bool thenIsEmpty = IsEmpty(then, branch), elseIsEmpty = IsEmpty(other, branch);
        if (thenIsEmpty && elseIsEmpty) return;
        Expression condition = context.Expr(branch.Condition);
        string text = thenIsEmpty ? Negation(branch.Condition, condition) : condition.Text;
        RegionSite first = thenIsEmpty ? other : then;
        context.Statement(branch, $"{prefix}if ({text})");
        context.Block("", () => Arm(first, branch));
        if (thenIsEmpty || elseIsEmpty) return;
        if (ElseIf(other, branch) is int chained)
        {
            EmitIf(new Site(other, chained), (If)other.Body[chained], "else ");
            return;
        }

        context.Statement("else");
        context.Block("", () => Arm(other, branch));
    }

    // An else that consists of one if, whose results are already in place.
    private int? ElseIf(RegionSite region, If branch)
    {
        int[] statements = [.. Enumerable.Range(0, region.Body.Length).Where(i => region.Body[i].Results.Length != 1 || !Plan.Folding.IsFolded(region.Body[i].Results[0]))];
        return statements.Length == 1 && region.Body[statements[0]] is If inner && !Plan.Folding.IsTernary(inner) && context.Tensors is null
            && inner.Defines.All(v => context.IsDeclared(Plan.VariableOf(v)))
            && branch.Defines.Zip(region.Region.Yields, (to, from) => IsInPlace(to, from)).All(static inPlace => inPlace)
            ? statements[0]
            : null;
    }

    private void Arm(RegionSite region, If branch)
    {
        EmitRegion(region);
        Moves(branch, branch.Defines.Zip(region.Region.Yields, static (to, from) => (to, from)));
    }

    private bool IsEmpty(RegionSite region, If branch)
        => region.Body.All(i => i.Results.Length == 1 && Plan.Folding.IsFolded(i.Results[0]))
            && branch.Defines.Zip(region.Region.Yields, (to, from) => IsInPlace(to, from)).All(static inPlace => inPlace);

    private bool IsInPlace(Value target, Value source) => _preset.Contains((target.Id, source.Id)) || !Plan.Folding.IsFolded(source) && !context.IsBound(source) && Plan.AreOne(target, source);

    // Comparisons of integers have an opposite; those of floating-point numbers have none (NaN).
    private string Negation(Value condition, Expression text)
    {
        if (Plan.Folding.IsFolded(condition) && Plan.Layout.InstructionOf(condition) is Apply { Operation: Elementwise { Op: var op } } apply)
        {
            if (op == ScalarOp.Not) return context.Use(apply.Inputs[0]);
            string? opposite = op switch
            {
                ScalarOp.Equal => "!=",
                ScalarOp.NotEqual => "==",
                _ when !apply.Inputs[0].Element.IsInteger() => null,
                ScalarOp.Less => ">=",
                ScalarOp.LessOrEqual => ">",
                ScalarOp.Greater => "<=",
                ScalarOp.GreaterOrEqual => "<",
                _ => null,
            };
            if (opposite is not null)
                return $"{context.Brief(apply.Inputs[0]).Within(Precedence.Shift)} {opposite} {context.Brief(apply.Inputs[1]).Within(Precedence.Shift)}";
        }

        return Expression.Prefix("!", text).Text;
    }
}
