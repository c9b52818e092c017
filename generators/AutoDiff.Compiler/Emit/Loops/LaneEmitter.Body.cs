using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class LaneEmitter
{
    /// <param name="region">What to write; its yields are the caller's business.</param>
    /// <param name="mask">The lanes whose iterations come here; null for all.</param>
    private void WriteRegion(Region region, string? mask)
    {
        foreach (Instruction instruction in region.Body) WriteInstruction(region, instruction, mask);
    }

    private void WriteInstruction(Region region, Instruction instruction, string? mask)
    {
        switch (instruction)
        {
            case Apply apply when _loop.KindOf(apply.Result) is LaneKind.Number or LaneKind.Mask:
                if (!IsNext(region, apply)) DefineLane(apply, apply.Result, ApplyText(apply), Operations(apply.Inputs));
                break;
            case Load load when _loop.KindOf(load.Result) == LaneKind.Number:
                DefineLane(load, load.Result, Expression.Atom(LoadText(load.Buffer, load.Index)), load.IsPure ? 1 : MaxInline + 1);
                break;
            case SliceBuffer slice:
                string view = _context.Names.Reserve(NameHints.Of(slice.Result, _context));
                Statement(slice, $"var {view} = {_context.View(slice, _context.Receiver(slice.Buffer))};");
                _context.Bind(slice.Result, view);
                _bound.Add(slice.Result.Id);
                break;
            case Constant or Apply or Load or BufferLength:
                DefineUniform(instruction.Results[0], instruction);
                break;
            case Store store:
                string stored = Lane(store.Operand).Text;
                bool isInteger = store.Operand.Type.Equals(IrType.Int32);
                if (mask is not null && !isInteger) stored = $"V.Select({mask}, {stored}, {LoadText(store.Buffer, store.Index)})";
                Statement(store, isInteger ? StoreIntegersText(stored, store.Buffer, store.Index, mask) : StoreText(stored, store.Buffer, store.Index));
                break;
            case Accumulate accumulate:
                WriteAccumulate(accumulate, mask);
                break;
            case If branch:
                WriteIf(branch, mask);
                break;
            case For loop:
                WriteFor(loop);
                break;
            default:
                throw new NotSupportedException($"{instruction.GetType().Name} has no lanes");
        }
    }

    // s + x as the next state of s is written as s += x where states move on.
    private bool IsNext(Region region, Apply apply)
    {
        for (int k = 0; k < region.Yields.Length && k + 1 < region.Parameters.Length; k++)
            if (region.Yields[k].Id == apply.Result.Id && _context.Plan.Layout.UsesOf(apply.Result).Count == 1 && AddedTo(region.Parameters[k + 1], apply.Result) is not null) return true;
        return false;
    }

    private void WriteAccumulate(Accumulate accumulate, string? mask)
    {
        Expression added = Lane(accumulate.Operand);
        if (_loop.KindOf(accumulate.Index) == LaneKind.Affine)
        {
            if (mask is not null) added = Expression.Atom($"V.Select({mask}, {added}, V.Zero)");
            Expression sum = Expression.Binary(Expression.Atom(LoadText(accumulate.Buffer, accumulate.Index)), "+", added, Precedence.Additive);
            Statement(accumulate, StoreText(sum.Text, accumulate.Buffer, accumulate.Index));
            return;
        }

        string[] masks = [.. new[] { mask, _restMask }.OfType<string>()];
        if (masks.Length > 0) added = Expression.Atom($"V.Select({(masks.Length == 2 ? $"V.And({mask}, {_restMask})" : masks[0])}, {added}, V.Zero)");
        if (_gathered.TryGetValue((accumulate.Buffer.Id, accumulate.Index.Id), out string? lanes)) Statement(accumulate, $"{lanes} += {added};");
        else Statement(accumulate, $"{_context.Element(accumulate.Buffer, accumulate.Index)} += V.Sum({added});");
    }

    /// <summary>Both sides are computed, in all lanes; what they write is masked, and each lane chooses its results.</summary>
    private void WriteIf(If branch, string? mask)
    {
        Expression condition = Lane(branch.Condition);
        string name = condition.Text;
        if (!name.All(IsPart))
        {
            name = _context.Names.Reserve("isTaken");
            Statement(branch, $"V {name} = {condition};");
        }

        WriteRegion(branch.Then, HasWrites(branch.Then) ? mask is null ? name : $"V.And({mask}, {name})" : mask);
        WriteRegion(branch.Else, HasWrites(branch.Else) ? mask is null ? $"V.Not({name})" : $"V.AndNot({mask}, {name})" : mask);
        for (int k = 0; k < branch.Defines.Length; k++)
        {
            Value then = branch.Then.Yields[k], otherwise = branch.Else.Yields[k];
            DefineLane(branch, branch.Defines[k], Expression.Atom($"V.Select({name}, {Lane(then)}, {Lane(otherwise)})"), Operations([then, otherwise]));
        }
    }

    private static bool HasWrites(Region region) => region.Body.Any(static i => i is Store or Accumulate || i.Regions.Any(HasWrites));

    /// <summary>A loop inside runs as often in all lanes; what it carries is a vector.</summary>
    private void WriteFor(For loop)
    {
        Value[] states = [.. loop.Body.Parameters.Skip(1)];
        string[] names = new string[states.Length];
        for (int k = 0; k < states.Length; k++)
        {
            Expression initial = Lane(loop.Initial[k]);
            names[k] = _context.Names.Reserve(NameHints.Of(states[k], _context));
            Statement(loop, $"V {names[k]} = {initial};");
        }

        var outer = new Dictionary<int, (Expression, int)>(_lanes);
        _context.Scope(() =>
        {
            string counter = _context.Names.Reserve(loop.Counter.Name.Length > 0 ? loop.Counter.Name : "i");
            (string header, string? inner) = LoopHeader.Of(loop, counter, _context);
            _context.Bind(loop.Counter, counter);
            Statement(loop, $"for ({header.Replace(LoopHeader.ConditionMark, "")})");
            _context.Block("", () =>
            {
                if (inner is not null) _context.Statement(inner);
                for (int k = 0; k < states.Length; k++) _lanes[states[k].Id] = (Expression.Atom(names[k]), 0);
                WriteRegion(loop.Body, null);
                MoveOn(loop, states, names);
            });
            _context.Unbind(loop.Counter);
        });
        _lanes = outer;
        for (int k = 0; k < states.Length; k++) _lanes[loop.Defines[k].Id] = (Expression.Atom(names[k]), 0);
    }

    private void MoveOn(For loop, Value[] states, string[] names)
    {
        // States move on as if at once: a next state that reads another one is computed before any of them moves.
        var moves = new List<string>();
        for (int k = 0; k < states.Length; k++)
        {
            Value next = loop.Body.Yields[k];
            if (next.Id == states[k].Id) continue;
            (Value Added, string Sign)? sum = AddedTo(states[k], next);
            string text = Lane(sum?.Added ?? next).Text;
            if (names.Where((_, m) => m < k).Any(other => Mentions(text, other)))
            {
                string copy = _context.Names.Reserve(CSharpNames.Unescape(names[k]) + "Next");
                Statement(loop, $"V {copy} = {text};");
                text = copy;
            }

            moves.Add($"{names[k]} {sum?.Sign}= {text};");
        }

        foreach (string move in moves) _context.Statement(move);
    }

    private static bool Mentions(string text, string name)
    {
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end]))) return true;
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '@';
}
