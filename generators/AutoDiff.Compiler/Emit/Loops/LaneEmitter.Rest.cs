using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

// What whole vectors leave: the same iterations under a mask, behind the loop, or in a method of their own.
internal sealed partial class LaneEmitter
{
    private void WriteRest(Frame frame)
    {
        string isLeft = RunsDown ? $"if ({frame.Counter} + V.Count > {frame.First})" : $"if ({frame.Counter} < {frame.Last})";
        if (_outOfLine is null)
        {
            _context.Statement(isLeft);
            _context.Block("", () => WriteRestIterations(frame));
            return;
        }

        string[] gathered = [.. frame.Results.Where(s => _loop.Reductions.ContainsKey(s.Id)).Select(s => frame.Lanes[s.Id].Text.Text)];
        string[] changed = [.. gathered, .. _gathered.Values, .. HandedBehind()];
        string[] numbers = [.. new[] { frame.Counter, frame.First, frame.Last }.Distinct().Where(_locals.Contains)];
        _context.Statement($"{isLeft} {_outOfLine.Call(numbers, [.. changed.Union(_handedOn.Values)], changed)}");
        _context.Into(_outOfLine.Body, () =>
        {
            WriteRestIterations(frame);
            if (changed.Length > 0) _context.Statement($"return {LaneRest.Tuple(changed)};");
        });
    }

    private void WriteRestIterations(Frame frame)
    {
        (string counter, string first) = (frame.Counter, frame.First);
        _rest = _context.Names.Reserve("rest");
        _restMask = $"V.FirstLanes({_rest})";
        _context.Statement(RunsDown ? $"int {_rest} = {counter} + V.Count{(first == "0" ? "" : " - " + first)};" : $"int {_rest} = {frame.Last} - {counter};");
        if (RunsDown) _context.Statement($"{counter} = {first};");
        WriteIterations(frame.Lanes);
    }
}
