using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Operations that can run block by block: products that make matrices of one <see cref="BlockShape"/>, what is done to their rows, and products that use them up. Worth
/// it where a matrix is read by nobody else: it need not be in memory as a whole then.
/// </summary>
internal sealed class BlockGroup(BlockShape shape)
{
    private readonly HashSet<int> _locals = [];

    public BlockShape Shape => shape;

    /// <summary>In the order of the region.</summary>
    public List<Apply> Operations { get; } = [];

    /// <summary>Whether a value is one of the matrices in between, or a number for each of their rows.</summary>
    public bool IsLocal(Value value) => _locals.Contains(value.Id);

    public bool Defines(Value value) => Operations.Any(apply => apply.Result.Id == value.Id);

    /// <summary>The groups of a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="isRead">Whether somebody outside the region reads a value.</param>
    public static List<BlockGroup> Find(Region region, Func<Value, bool> isRead)
    {
        var groups = new List<BlockGroup>();
        foreach (BlockShape shape in region.Body.OfType<Apply>().Select(BlockShape.Of).OfType<BlockShape>().Distinct().Where(static shape => !shape.Columns.IsOne))
            foreach (BlockGroup group in Connected(region, shape))
                if (group.HoldsSomething(region, isRead) && group.IsConvex(region)) groups.Add(group);
        // An operation that fits into two groups runs in the first.
        var taken = new HashSet<int>();
        return [.. groups.Where(group => group.Operations.All(apply => taken.Add(apply.Result.Id)))];
    }

    /// <summary>Everything of one shape, cut into parts that share no value of it.</summary>
    private static IEnumerable<BlockGroup> Connected(Region region, BlockShape shape)
    {
        var groups = new List<BlockGroup>();
        foreach (Apply apply in region.Body.OfType<Apply>())
        {
            BlockGroup[] sharing = [.. groups.Where(group => apply.Inputs.Any(group.IsLocal))];
            bool multiplies = shape.Multiplies(apply, value => sharing.Any(group => group.IsLocal(value)));
            bool makes = !multiplies && BlockShape.Of(apply) == shape && sharing.Length == 0;
            if (!makes && !multiplies && !(sharing.Length > 0 && shape.IsRowwise(apply))) continue;
            var joined = new BlockGroup(shape);
            foreach (BlockGroup group in sharing)
            {
                joined.Operations.AddRange(group.Operations);
                joined._locals.UnionWith(group._locals);
                groups.Remove(group);
            }

            joined.Operations.Add(apply);
            if (!multiplies) joined._locals.Add(apply.Result.Id);
            groups.Add(joined);
        }

        foreach (BlockGroup group in groups)
        {
            HashSet<int> members = [.. group.Operations.Select(static apply => apply.Result.Id)];
            group.Operations.Clear();
            group.Operations.AddRange(region.Body.OfType<Apply>().Where(apply => members.Contains(apply.Result.Id)));
        }

        return groups;
    }

    private bool HoldsSomething(Region region, Func<Value, bool> isRead)
        => Operations.Count > 1 && Operations.Any(apply => shape.IsMatrix(apply.Result) && IsLocal(apply.Result) && IsUsed(apply.Result) && !Escapes(apply.Result, region, isRead));

    private bool IsUsed(Value value) => Operations.Any(apply => apply.Inputs.Contains(value));

    /// <summary>Whether somebody outside the group reads a value of it.</summary>
    public bool Escapes(Value value, Region region, Func<Value, bool> isRead) => isRead(value) || region.Yields.Contains(value)
        || region.Body.Any(instruction => !(instruction is Apply apply && Operations.Contains(apply)) && Uses.Read(instruction).Contains(value));

    /// <summary>Whether nothing outside needs a result of the group and is needed by it.</summary>
    private bool IsConvex(Region region)
    {
        HashSet<int> after = [.. Operations.Select(static apply => apply.Result.Id)];
        var outside = new HashSet<int>();
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is Apply apply && Operations.Contains(apply))
            {
                if (apply.Inputs.Any(input => outside.Contains(input.Id))) return false;
                continue;
            }

            if (!Uses.Read(instruction).Any(value => after.Contains(value.Id))) continue;
            foreach (Value result in instruction.Results)
            {
                after.Add(result.Id);
                outside.Add(result.Id);
            }
        }

        return true;
    }
}
