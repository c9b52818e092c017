using System.Text;
using AutoDiff.Compiler.Derivatives;

namespace AutoDiff.Compiler.IR;

/// <summary>
/// The textual form of the IR: one instruction a line, nested regions indented, the type and the name of a value at its definition, and
/// the user's expression behind <c>;</c>. The same value gives the same text, and <see cref="IrParser"/> reads it back.
/// </summary>
public sealed partial class IrPrinter
{
    private readonly StringBuilder _text = new();
    private readonly List<Callee> _callees = [];
    private EquatableArray<string> _steps = [];
    private int _indent;

    private IrPrinter()
    {
    }

    public static string Print(Function function)
    {
        var printer = new IrPrinter();
        printer.PrintFunction(function);
        return printer._text.ToString();
    }

    /// <summary>The text of a region alone; values of the regions around it that it reads are declared first, by <c>sees</c>.</summary>
    public static string Print(Region region)
    {
        var printer = new IrPrinter();
        printer.PrintCallees(region);
        foreach (Value value in FreeValues.Of(region)) printer.Line("sees " + Define(value));
        printer.PrintBlock("region" + Parameters(region.Parameters) + " {", region, step: 0);
        return printer._text.ToString();
    }

    public static string Print(Derivative derivative)
    {
        var printer = new IrPrinter();
        printer.PrintDerivative(derivative);
        return printer._text.ToString();
    }

    private void PrintFunction(Function function)
    {
        _steps = function.Steps;
        Open($"function {IrText.Word(function.Name)} {{");
        PrintCallees(function.Body);
        foreach (SignaturePart part in function.Parts) Line($"part {IrText.Word(part.Name)}: {part.Type}");
        foreach (MemoryPart memory in function.Memories)
            Line($"memory {IrText.Word(memory.Name)} {memory.Form.ToString().ToLowerInvariant()} {IrText.Quote(memory.TypeText)} {memory.Count}");
        foreach (Parameter parameter in function.Parameters) Line(Describe(parameter));
        foreach (Output output in function.Outputs) Line(Describe(output));
        foreach (DimBinding binding in function.Dimensions) Line(Describe(binding));
        foreach (DimConstraint constraint in function.Constraints)
            Line($"constraint {constraint.Left} == {constraint.Right} {IrText.Quote(constraint.Where)}");
        for (int k = 0; k < function.Steps.Length; k++) Line($"step {k + 1} {IrText.Quote(function.Steps[k])}");
        bool isUsual = function.Body.Parameters == function.Parameters.Select(static p => p.Value).ToEquatable();
        PrintBlock(isUsual ? "body {" : $"body ({Definitions(function.Body.Parameters)}) {{", function.Body, step: 0);
        Close();
    }

    private void PrintDerivative(Derivative derivative)
    {
        Open("derivative {");
        PrintFunction(derivative.Primal);
        _callees.Clear();
        PrintCallees(derivative.Forward, derivative.Backward);
        foreach (Cotangent cotangent in derivative.Cotangents)
            Line($"cotangent {IrText.Word(cotangent.Name)} = {Define(cotangent.Value)} of {cotangent.Output}");
        PrintBlock($"forward{Parameters(derivative.Forward.Parameters)} {{", derivative.Forward, step: 0);
        foreach (Shadow shadow in derivative.Shadows)
        {
            string kind = shadow.Kind == ShadowKind.Destination ? "destination" : "cotangent";
            Line($"shadow {IrText.Word(shadow.Parameter)} {IrText.Word(shadow.Name)} = {Define(shadow.Value)} of {shadow.Primal} {kind}"
                + (shadow.ReadsEntry ? " readsEntry" : ""));
        }

        PrintBlock($"backward{Parameters(derivative.Backward.Parameters)} {{", derivative.Backward, step: 0);
        foreach (Gradient gradient in derivative.Gradients)
        {
            string value = gradient.Value?.ToString() ?? "zero";
            Line($"gradient {IrText.Word(gradient.Parameter)} {IrText.Word(gradient.Name)}: {gradient.Type} = {value}");
        }

        Line("residuals (" + Uses(derivative.Residuals) + ")");
        Close();
    }

    private void PrintCallees(params Region[] regions)
    {
        foreach (Region region in regions) CollectCallees(region);
        for (int k = 0; k < _callees.Count; k++)
        {
            Callee callee = _callees[k];
            string flags = (callee.IsInstance ? " instance" : "") + (callee.IsDifferentiable ? " differentiable" : "")
                + (callee.HasSideEffects ? " effects" : "") + (callee.UsesPair ? " pair" : "") + (callee.ChangesState ? " state" : "") + (callee.TakesElements ? " elements" : "") + Describe(callee.Rule)
                + (callee.TypeArguments.Length == 0 ? "" : " of " + IrText.Quote(callee.TypeArguments))
                + (callee.Tangent is null ? "" : $" tangent @{_callees.IndexOf(callee.Tangent)}");
            string dims = callee.DimensionNames.IsEmpty ? "" : $" dims ({string.Join(", ", callee.DimensionNames)})";
            string method = IrText.Quote(callee.ContainingType) + " " + IrText.Word(callee.Method);
            Open($"callee @{k} {method}{flags}{dims} -> {callee.Result?.ToString() ?? "void"} {{");
            foreach (SignaturePart part in callee.Parts) Line($"part {IrText.Word(part.Name)}: {part.Type}");
            foreach (CalleeParameter parameter in callee.Parameters)
            {
                Line($"parameter {IrText.Word(parameter.Name)}: {parameter.Type} {IrText.PassingText(parameter.Passing)}"
                    + (parameter.IsDifferentiable ? " differentiable" : "") + (parameter.IsWritten ? " written" : "")
                    + (parameter.IsNeeded ? "" : " ignored") + " " + IrText.Quote(parameter.TypeText));
            }

            Close();
        }
    }

    private static string Describe(CalleeRule? rule) => rule is null ? ""
        : $" rule {IrText.Quote(rule.Record)} {IrText.Quote(rule.Pullback)} {IrText.Quote(rule.ResidualType)}"
            + (rule.IsStatic ? " static" : "") + (rule.Accumulates ? " accumulates" : "");

    private void CollectCallees(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            Callee? callee = instruction switch { Call call => call.Callee, CallPullback pullback => pullback.Callee, _ => null };
            if (callee?.Tangent is { } tangent && !_callees.Contains(tangent)) _callees.Add(tangent);
            if (callee is not null && !_callees.Contains(callee)) _callees.Add(callee);
            foreach (Region nested in instruction.Regions) CollectCallees(nested);
        }
    }

    private static string Describe(Parameter parameter)
        => $"parameter {IrText.Word(parameter.Name)} = {Define(parameter.Value)} {IrText.PassingText(parameter.Passing)}"
            + (parameter.IsDifferentiable ? " differentiable" : "") + (parameter.IsWritten ? " written" : "") + (parameter.HoldsInput ? " input" : "")
            + " " + IrText.Quote(parameter.TypeText) + (parameter.ShapeText is { } shape ? " shape " + IrText.Quote(shape) : "");

    private static string Describe(Output output)
    {
        string kind = output.Kind switch
        {
            OutputKind.Return => "return",
            OutputKind.Parameter => "parameter",
            OutputKind.Gradient => "gradient",
            _ => "tangent",
        };
        return $"output {kind} {IrText.Word(output.Name)}: {output.Type}";
    }

    private static string Describe(DimBinding binding)
    {
        string source = binding.Expression is { } expression ? " = " + IrText.Quote(expression) : "";
        string axis = binding.Axis == int.MinValue ? "rest" : IrText.Integer(binding.Axis);
        return $"dim {binding.Symbol}{source}" + (binding.Parameter is { } parameter ? $" of {IrText.Word(parameter)}" : "")
            + $" axis {axis}";
    }

    private static string Define(Value value) => value + (value.Name.Length == 0 ? "" : " " + IrText.Word(value.Name)) + ": " + value.Type;

    private static string Definitions(IEnumerable<Value> values) => string.Join(", ", values.Select(Define));

    private static string Uses(IEnumerable<Value> values) => string.Join(", ", values);

    private static string Parameters(EquatableArray<Value> parameters) => parameters.IsEmpty ? "" : $" ({Definitions(parameters)})";

    private void PrintBlock(string header, Region region, int step)
    {
        Open(header, step);
        PrintContents(region);
        Close();
    }

    private void PrintContents(Region region)
    {
        foreach (Instruction instruction in region.Body) PrintInstruction(instruction);
        Line(region.Yields.IsEmpty ? "yield" : "yield " + Uses(region.Yields));
    }

    private void Open(string header, int step = 0)
    {
        Line(header, step);
        _indent++;
    }

    private void Close()
    {
        _indent--;
        Line("}");
    }

    private void Line(string text, int step = 0)
    {
        _text.Append(' ', 2 * _indent).Append(text);
        if (step != 0) _text.Append(" ; [").Append(IrText.Integer(step)).Append(']').Append(StepText(step));
        _text.Append('\n');
    }

    private string StepText(int step)
        => step >= 1 && step <= _steps.Length ? " " + _steps[step - 1].Replace("\r", "").Replace('\n', ' ') : "";
}
