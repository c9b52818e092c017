using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    private void EmitFor(Site site, For loop)
    {
        bool hasExpression = loop.HasCondition && Plan.Folding.HasLoopCondition(loop);
        Enter(loop, loop.Initial, hasExpression);
        if (loop.InLanes)
        {
            EmitLanes(loop);
            return;
        }

        if (loop.Serial.Length > 0 && context.Notes.Level != Explain.None) context.Statement($"// one iteration after the other: {loop.Serial}");
        context.Scope(() =>
        {
            string counter = context.Names.Reserve(loop.Counter.Name.Length > 0 ? loop.Counter.Name : "i");
            (string header, string? inner) = LoopHeader.Of(loop, counter, context);
            if (loop.HasCondition)
            {
                string condition = hasExpression ? Condition(loop, loop.Body.Yields) : context.Use(loop.Body.Parameters[1]);
                header = header.Replace(LoopHeader.ConditionMark, $" && {condition}");
            }

            context.Bind(loop.Counter, counter);
            context.Statement(loop, $"for ({header.Replace(LoopHeader.ConditionMark, "")})");
            context.Block("", () =>
            {
                if (inner is not null) context.Statement(inner);
                Iterate(loop, site.Region.Nested(site.Index)[0], hasExpression);
            });
        });
    }

    private void EmitWhile(Site site, While loop)
    {
        bool hasExpression = Plan.Folding.HasLoopCondition(loop);
        Enter(loop, loop.Initial, hasExpression);
        string condition = hasExpression ? Condition(loop, loop.Body.Yields) : context.Use(loop.Body.Parameters[0]);
        context.Statement(loop, $"while ({condition})");
        context.Block("", () => Iterate(loop, site.Region.Nested(site.Index)[0], hasExpression));
    }

    private void Enter(Instruction loop, EquatableArray<Value> initial, bool hasExpression)
        => Moves(loop, Affinity.Carried(loop).Zip(initial, static (to, from) => (to, from)).Skip(hasExpression ? 1 : 0));

    private void Iterate(Instruction loop, RegionSite body, bool hasExpression)
    {
        EmitRegion(body);
        Moves(loop, Affinity.Carried(loop).Zip(body.Region.Yields, static (to, from) => (to, from)).Skip(hasExpression ? 1 : 0));
    }

    // The condition over the yields is the condition over the carried values of the next iteration.
    private string Condition(Instruction loop, EquatableArray<Value> yields)
    {
        Value[] carried = Affinity.Carried(loop).ToArray();
        IReadOnlyDictionary<int, int> positions = Plan.Folding.LoopCondition(loop);

        // All at once: the values of a swap stand for each other.
        (Value Yield, Expression Next, Expression? Now)[] bound =
            [.. positions.Values.Select(k => (yields[k], context.Expr(carried[k]), context.IsBound(yields[k]) ? context.Expr(yields[k]) : (Expression?)null))];
        foreach ((Value yield, Expression next, _) in bound) context.Bind(yield, next);
        string text = context.Use(yields[0]);
        foreach ((Value yield, _, Expression? now) in bound)
        {
            if (now is { } expression) context.Bind(yield, expression);
            else context.Unbind(yield);
        }

        return text;
    }
}
