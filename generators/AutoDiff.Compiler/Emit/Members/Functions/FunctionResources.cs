using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>What a body holds on to while it runs (tapes, pooled memory), and the <c>try</c> around it that gives it back.</summary>
internal sealed class FunctionResources
{
    private readonly EmitContext _context;
    private readonly List<string> _disposables = [];
    private readonly List<string> _declarations = [];

    public FunctionResources(EmitContext context, IEnumerable<Instruction> body, Explain explain, bool needsScratch = false, bool hasOwnResiduals = false, bool hasPasses = false)
    {
        _context = context;
        Instruction[] instructions = [.. body];
        ILookup<int, Push> pushes = instructions.OfType<Push>().ToLookup(static p => p.Tape.Id);
        foreach (NewTape tape in instructions.OfType<NewTape>())
        {
            Value stored = tape.Result;
            string name = context.Declare(stored, context.Plan.NameOf(stored) is { Length: > 0 } own ? own : "saved");
            string reason = pushes[stored.Id].Select(static p => p.Reason).FirstOrDefault() ?? "";
            string note = explain == Explain.None || reason.Length == 0 ? "" : $"  // saved: {reason}";
            _declarations.Add($"{context.TypeText(stored.Type)} {name} = default;{note}");
            _disposables.Add(name);
        }

        if (hasOwnResiduals && instructions.Any(static i => i is Call { IsRecording: true } or CallPullback { Callee.UsesPair: true }))
        {
            Residuals = context.NewName("residuals");
            string note = explain == Explain.None ? "" : "  // what calls leave for their pullbacks";
            _declarations.Add($"global::AutoDiff.Generated.ResidualStack {Residuals} = default;{note}");
            _disposables.Add(Residuals);
        }

        if (hasPasses) Pass = Pool("pass");
        if (!needsScratch && !DerivativeBody.NeedsScratch(instructions)) return;
        Scratch = Pool("scratch");
    }

    /// <summary>The pooled memory, where the body has local buffers.</summary>
    public string? Scratch { get; }

    /// <summary>The pooled memory of one pass, where the body runs several times.</summary>
    public string? Pass { get; }

    /// <summary>The stack on which calls leave what their pullbacks need, where the body has both.</summary>
    public string Residuals { get; } = "";

    public void Around(Action<FunctionResources> body)
    {
        SourceWriter writer = _context.Writer;
        foreach (string declaration in _declarations) writer.WriteLine(declaration);
        if (_disposables.Count == 0)
        {
            body(this);
            return;
        }

        writer.BlankLine();
        using (writer.Block("try")) body(this);
        using (writer.Block("finally"))
            foreach (string resource in _disposables) writer.WriteLine($"{resource}.Dispose();");
    }

    private string Pool(string preferred)
    {
        string name = _context.NewName(preferred);
        _declarations.Add($"global::AutoDiff.Generated.ScratchBuffers {name} = default;");
        _disposables.Add(name);
        return name;
    }
}
