using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// A tensor method as a paper writes it: each operation that has a line of its own, under the statement that it is a part of, with its adjoint equation. Taken
/// from the method before any of its operations is expanded, fused or moved, so that it reads as the user wrote it.
/// </summary>
internal sealed class TensorSteps
{
    private readonly Dictionary<int, Instruction> _definitions = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<int> _varied = [];
    private readonly UniqueNames _unique;
    private readonly Function _primal;

    private TensorSteps(Function primal)
    {
        _primal = primal;
        _unique = new UniqueNames(primal.Parameters.Select(static p => p.Name).Concat(
            DerivativeBody.All(primal.Body).SelectMany(static i => i.Results).Select(static v => v.Name).Where(static n => n.Length > 0).Distinct()));
        foreach (Parameter parameter in primal.Parameters)
        {
            _names[parameter.Value.Id] = parameter.Name;
            if (parameter.IsDifferentiable) _varied.Add(parameter.Value.Id);
        }
    }

    public static EquatableArray<TensorStep> Of(Function primal) => new TensorSteps(primal).Run();

    private EquatableArray<TensorStep> Run()
    {
        Instruction[] all = [.. DerivativeBody.All(_primal.Body)];
        foreach (Instruction instruction in all)
        {
            foreach (Value result in instruction.Results) _definitions[result.Id] = instruction;
            foreach (Region region in instruction.Regions)
                foreach (Value state in region.Parameters)
                    if (state.Type.IsDifferentiable) _varied.Add(state.Id);
            bool isVaried = instruction is not Apply { Operation: Elementwise { Op: ScalarOp.Detach } }
                && (instruction.Operands.Any(v => _varied.Contains(v.Id)) || instruction.Regions.Any());
            foreach (Value result in instruction.Results)
                if (isVaried && result.Type.IsDifferentiable) _varied.Add(result.Id);
        }

        var lines = new List<TensorStep>();
        for (int step = 1; step <= _primal.Steps.Length; step++)
        {
            Instruction[] operations = [.. all.Where(i => i.Step == step && HasLine(i))];
            bool isSplit = operations.Length > 1;
            if (isSplit || operations.Length == 0) lines.Add(new TensorStep(step, _primal.Steps[step - 1], false, "", []));
            foreach (Instruction operation in operations)
            {
                Value result = operation.Results[0];
                Name(operation, result);
                string text = isSplit ? $"{_names[result.Id]} = {new TensorText(_definitions, _names).RightSide(operation)}" : _primal.Steps[step - 1];
                string shape = result.Type is TensorType tensor ? tensor.Shape.ToString() : "";
                lines.Add(new TensorStep(step, text, isSplit, shape, TensorAdjoints.Of(operation, _definitions, _names, _varied)));
            }
        }

        return Accumulated(lines).ToEquatable();
    }

    /// <summary>Going backward, the first equation of an adjoint sets it and the later ones add to it.</summary>
    private static List<TensorStep> Accumulated(List<TensorStep> lines)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        for (int k = lines.Count - 1; k >= 0; k--)
        {
            AdjointEquation[] equations = [.. lines[k].Adjoints];
            for (int i = 0; i < equations.Length; i++)
            {
                (string text, string target) = (equations[i].Text, equations[i].Target);
                // A variable that is assigned again is another value of the same name: dq = dq, laid out as before.
                if (target.Length == 0 || set.Add(target) || text.StartsWith($"{target} = {target},", StringComparison.Ordinal)) continue;
                int end = text.IndexOf(" = ", StringComparison.Ordinal);
                equations[i] = equations[i] with { Text = text.Substring(0, end) + " += " + text.Substring(end + 3) };
            }

            lines[k] = lines[k] with { Adjoints = equations.ToEquatable() };
        }

        return lines;
    }

    private void Name(Instruction operation, Value result)
    {
        if (_names.ContainsKey(result.Id)) return;
        bool isResult = _primal.Body.Yields.Any(v => v.Id == result.Id);
        _names[result.Id] = result.Name.Length > 0 ? result.Name : isResult && result.Type is TensorType ? _unique.Reserve("Y")
            : isResult ? _unique.Reserve("result")
            : _unique.Reserve(operation switch
            {
                Apply { Operation: MatMul } => "product",
                Apply { Operation: CausalFill } => "masked",
                Apply { Operation: Reduce reduce } => reduce.Kind == ReduceKind.Sum ? "total" : CSharpNames.Camel(reduce.Kind.ToString()),
                Call { Inputs: [{ Type: ModelType } model, ..] } when _definitions.TryGetValue(model.Id, out Instruction? held)
                    && held is Apply { Operation: GetMember member } => CSharpNames.Camel(member.Shown),
                _ => NameHints.Of(operation, result, v => _definitions.TryGetValue(v.Id, out Instruction? i) ? i : null),
            });
    }

    /// <summary>Views and sizes are part of the line of what reads them.</summary>
    private bool HasLine(Instruction instruction) => instruction switch
    {
        Apply { Operation: Reshape or BroadcastTo or Permute or SliceAxis, Result.Name.Length: > 0 } => true,
        Apply { Operation: Reshape or BroadcastTo or Permute or GetParameter or GetMember or ElementAt or ModelCount or DimensionValue or SliceAxis } => false,
        Apply { Operation: Elementwise { Op: ScalarOp.Convert } } => false,
        Apply apply => apply.Result.Type is TensorType || apply.Inputs.Any(static v => v.Type is TensorType) || _varied.Contains(apply.Result.Id),
        Call call => call.Results.Length > 0 && call.Results[0].Type.IsDifferentiable,
        _ => false,
    };
}
