using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// What <c>ref</c> and <c>out</c> parameters are given at the end of a member, as if all at once: whatever reads what such a parameter held before is kept
/// aside first.
/// </summary>
internal sealed class ReferenceEnds
{
    private readonly EmitContext _context;
    private readonly List<(string Own, Value State)> _moves = [];
    private readonly HashSet<int> _changing = [];

    public ReferenceEnds(EmitContext context, Derivative derivative, ScalarSignature signature)
    {
        _context = context;
        Function primal = derivative.Primal;
        for (int k = 0; k < primal.Outputs.Length; k++)
        {
            if (primal.Outputs[k] is not { Kind: OutputKind.Parameter } output) continue;
            string own = signature.Own(output.Name);
            if (own == context.Use(derivative.Forward.Yields[k])) continue;
            _moves.Add((own, derivative.Forward.Yields[k]));
            _changing.Add(primal.Parameters.First(p => p.Name == output.Name).Value.Id);
        }
    }

    /// <summary>The text of a value that is read after the parameters have changed: a local that holds it now, where it mentions one of them.</summary>
    public string Kept(Value value, string name) => Reads(value, _changing) ? Keep(value, name) : _context.Use(value);

    /// <summary>Writes the assignments.</summary>
    public void Write()
    {
        string[] states = [.. _moves.Select((move, k) => k > 0 && Reads(move.State, _changing) ? Keep(move.State, CSharpNames.Unescape(move.Own) + "After") : "")];
        for (int k = 0; k < _moves.Count; k++)
            _context.Statement($"{_moves[k].Own} = {(states[k].Length > 0 ? states[k] : _context.Use(_moves[k].State))};");
    }

    private bool Reads(Value value, HashSet<int> changing)
        => _moves.Count > 0 && _context.Plan.Folding.Leaves(value).Any(leaf => changing.Contains(leaf.Id));

    private string Keep(Value value, string preferred)
    {
        string name = _context.NewName(preferred);
        _context.Statement($"{_context.TypeText(value.Type)} {name} = {_context.Use(value)};");
        return name;
    }
}
