namespace AutoDiff.Compiler.IR;

public sealed partial class IrPrinter
{
    private void PrintInstruction(Instruction instruction)
    {
        string results = instruction.Results.IsEmpty ? "" : Definitions(instruction.Results) + " = ";
        switch (instruction)
        {
            case If branch:
                Open($"{results}if {branch.Condition}{PairText(branch.Pair)} {{", branch.Step);
                PrintContents(branch.Then);
                _indent--;
                Open("} else {");
                PrintContents(branch.Else);
                Close();
                break;
            case For loop:
                string flags = (loop.HasCondition ? " conditional" : "") + (loop.IsReversed ? " reversed" : "") + (loop.InLanes ? " lanes" : "")
                    + (loop.Serial.Length > 0 ? " serial " + IrText.Quote(loop.Serial) : "") + PairText(loop.Pair);
                string counter = loop.Body.Parameters.IsEmpty ? "?" : Define(loop.Counter);
                PrintBlock(
                    $"{results}for {counter} = {loop.Start} to {loop.End} step {IrText.Integer(loop.Stride)}{flags}"
                        + Carried(loop.Body.Parameters.Skip(1), loop.Initial) + " {",
                    loop.Body, loop.Step);
                break;
            case While loop:
                PrintBlock($"{results}while{PairText(loop.Pair)}{Carried(loop.Body.Parameters, loop.Initial)} {{", loop.Body, loop.Step);
                break;
            case RowKernel kernel:
                PrintKernel($"{results}rows {kernel.Space}", kernel, kernel.Body);
                break;
            case ProductKernel kernel:
                PrintKernel($"{results}product", kernel, [kernel.Product, .. kernel.Epilogue]);
                break;
            case BlockLoop loop:
                PrintBlock($"{results}blocks {IrText.Integer(loop.Id)} {loop.Batch} rows {loop.RowCount} columns {loop.ColumnCount}{(loop.IsCausal ? " causal" : "")}"
                    + $" reads ({string.Join(", ", loop.Reads.Select(static tile => $"{Define(tile.Inner)} = {tile.Outer} {Parts(tile)}"))})"
                    + $" scalars ({Uses(loop.Scalars)}) writes ({string.Join(", ", loop.Writes.Select(Parts))})"
                    + $" memos ({string.Join(", ", loop.Memos.Select(static memo => IrText.Integer(memo.Key) + " " + memo.Inner))}) {{", loop.Again with { Yields = [] }, loop.Step);
                PrintBlock("then {", loop.Body, 0);
                break;
            default:
                Line(results + Describe(instruction), instruction.Step);
                break;
        }
    }

    private void PrintKernel(string header, Instruction kernel, EquatableArray<Apply> body)
    {
        Open($"{header} reads ({Uses(kernel.Operands)}) {{", kernel.Step);
        foreach (Apply apply in body) PrintInstruction(apply);
        Close();
    }

    private static string Parts(Tile tile)
        => $"{tile.RowTiling.ToString().ToLowerInvariant()} {tile.ColumnTiling.ToString().ToLowerInvariant()}{(tile.Accumulates ? " accumulates" : "")}";

    private static string PairText(int pair) => pair == 0 ? "" : " pair " + IrText.Integer(pair);

    private static string Carried(IEnumerable<Value> parameters, EquatableArray<Value> initial)
    {
        Value[] states = parameters.ToArray();
        if (states.Length == 0 && initial.IsEmpty) return "";
        // A count that does not match is for the verifier to report; the text shows it.
        IEnumerable<string> pairs = Enumerable.Range(0, Math.Max(states.Length, initial.Length))
            .Select(k => (k < states.Length ? Define(states[k]) : "?") + " = " + (k < initial.Length ? initial[k].ToString() : "?"));
        return $" carry ({string.Join(", ", pairs)})";
    }

    private string Describe(Instruction instruction) => instruction switch
    {
        Constant constant => "const " + (constant.Result.Type is ScalarType scalar ? IrText.Literal(scalar.Kind, constant.Bits)
            : IrText.Integer(constant.Bits)),
        Apply apply => apply.Inputs.IsEmpty ? apply.Operation.ToString() : $"{apply.Operation} {Uses(apply.Inputs)}",
        ScalarKernel kernel => $"scalar {kernel.Operation} {Uses(kernel.Inputs)}",
        Load load => $"load {load.Buffer}[{load.Index}]{At(load.Path)}",
        Store store => $"store {store.Buffer}[{store.Index}]{At(store.Path)} = {store.Operand}",
        Accumulate accumulate => $"accumulate {accumulate.Buffer}[{accumulate.Index}]{At(accumulate.Path)} += {accumulate.Operand}",
        AllocateBuffer allocate => $"allocate {(allocate.IsOnStack ? "stack " : "")}{(allocate.IsEarly ? "early " : "")}{allocate.Length}",
        SliceBuffer slice => $"{(slice.IsRow ? "row" : "view")} {slice.Buffer}[{slice.Start}, {slice.Length}]",
        BufferLength length => $"length {length.Buffer}",
        CopyBuffer copy => $"copy {copy.Destination} = {copy.Source}",
        Throw exception => "throw " + IrText.Quote(exception.Text[0]) + string.Concat(exception.Inputs.Select((v, k) => $" {v} {IrText.Quote(exception.Text[k + 1])}")),
        FillBuffer fill => $"fill {fill.Buffer} = {fill.Operand}",
        AccumulateParameter accumulate
            => $"accumulateParameter {accumulate.Model} {IrText.Word(accumulate.Parameter)} += {accumulate.Operand}",
        NewTape => "newTape",
        Push push => $"push {push.Tape}, {push.Operand} {IrText.Quote(push.Reason)}",
        Pop pop => $"pop {pop.Tape}",
        ReserveTape reserve => $"reserve {reserve.Tape}, {reserve.First} to {reserve.End}",
        ReleaseTape release => $"release {release.Tape}, {release.First} to {release.End}",
        Call call => $"call{(call.IsRecording ? " recording" : "")} {Target(call.Callee)}({Uses(call.Inputs)}){Dims(call.Dimensions)}",
        CallPullback pullback => $"pullback {Target(pullback.Callee)}({Uses(pullback.Inputs)}){Dims(pullback.Dimensions)}"
            + $" cotangents ({Uses(pullback.Cotangents)}) shadows ({Uses(pullback.Shadows)})",
        _ => $"{instruction.GetType().Name} {Uses(instruction.Operands)}",
    };

    private string Target(Callee callee) => $"@{_callees.IndexOf(callee)}:{IrText.Word(callee.Method)}";

    private static string Dims(EquatableArray<Dim> dims) => dims.IsEmpty ? "" : $" dims ({string.Join(", ", dims)})";

    private static string At(string path) => path.Length == 0 ? "" : " at " + IrText.Quote(path);
}
