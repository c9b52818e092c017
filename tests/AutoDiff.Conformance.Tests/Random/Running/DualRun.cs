using System.Reflection;
using AutoDiff.Conformance.Oracle;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>What the program computes over dual numbers, once in the direction of each input.</summary>
/// <param name="Inputs">The parameter of each number that goes in.</param>
/// <param name="Result">What is returned, in each direction.</param>
/// <param name="After">What the arguments hold afterwards, in each direction, by parameter.</param>
/// <param name="Peak">The greatest number on the way.</param>
/// <param name="Distance">How near a branch or a kink is.</param>
internal sealed record DualRun(int[] Inputs, Dual[][] Result, Dual[][][] After, double Peak, double Distance)
{
    public static DualRun Of(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        int[] inputs = [.. parameters.SelectMany(static (p, i) => Enumerable.Repeat(i, p.IsOut ? 0 : Flat.Count(p)))];
        Watch.Start();
        var result = new Dual[Math.Max(1, inputs.Length)][];
        var after = new Dual[result.Length][][];
        for (int direction = 0; direction < result.Length; direction++)
        {
            int next = 0;
            Dual Next() => new(Point.Input(next), next == direction ? 1 : 0, next++ == direction ? 1 : 0);
            object?[] arguments = [.. parameters.Select(p => p.IsOut ? null : Flat.Build(p, Next))];
            result[direction] = [.. Flat.Of(Invoker.Invoke(method, arguments))];
            after[direction] = [.. arguments.Select(static a => Flat.Of(a).ToArray())];
        }

        return new DualRun(inputs, result, after, Watch.Peak, Watch.Distance);
    }

    /// <summary>The numbers that come out when these parameters count as outputs.</summary>
    public Dual[] Outputs(int direction, IEnumerable<int> written) => [.. Result[direction], .. written.SelectMany(p => After[direction][p])];
}
