using GradBench.Protocol;

namespace GradBench.Evals;

internal static class HelloModule
{
    public static readonly Module Module = new(
        "hello",
        "1.0",
        new Function("square", static input =>
        {
            double x = input.GetDouble();
            return Workload.Number(() => Square.Of(x));
        }),
        new Function("double", static input =>
        {
            double x = input.GetDouble();
            return Workload.Number(() => Square.OfGradient(x).DX);
        }));
}
