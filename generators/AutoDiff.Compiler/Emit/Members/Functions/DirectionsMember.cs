using System.Globalization;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// Writes a member that fills a matrix in passes over several unit directions each: <c>FJacobian</c> by columns or by rows, <c>FHessian</c> by columns. Primal values
/// are computed once for a pass; tangents (or adjoints) are vectors, a lane for each direction.
/// </summary>
internal sealed class DirectionsMember
{
    private const string Helpers = "global::AutoDiff.Generated.Directions";

    private readonly MethodModel _model;
    private readonly DirectionsPlan _plan;
    private readonly MatrixSignature _signature;
    private readonly FunctionBody _body;
    private readonly FunctionCard _card;
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly Explain _explain;
    private string _residuals = "";

    private DirectionsMember(SourceWriter writer, MethodModel model, DirectionsPlan plan, MatrixSignature signature, Explain explain)
    {
        _writer = writer;
        _model = model;
        _plan = plan;
        _signature = signature;
        _explain = explain;
        _body = FunctionBody.Of(plan.Derived, keepsParameters: true);
        _card = new FunctionCard(_body);
        _context = new EmitContext(writer, signature.Names, _body.Plan, new StepNotes(explain, plan.Derived.Primal.Steps, _card.Adjoints, Recomputed.In(_body.Parts)));
    }

    public static void Write(SourceWriter writer, MethodModel model, DirectionsPlan plan, MatrixSignature signature, string summary, Explain explain)
        => new DirectionsMember(writer, model, plan, signature, explain).Write(summary);

    private DerivedFunction Derived => _plan.Derived;

    private bool IsReverse => _plan.Kind == DirectionsKind.Rows;

    private void Write(string summary)
    {
        if (_explain != Explain.None)
        {
            _writer.WriteLine($"/// <summary>{summary}</summary>");
            _card.Write(_writer);
            _signature.WriteParameters(_writer);
        }

        FunctionHead.Write(_writer, _signature.Modifiers, _model, _model.ReturnTypeText, _signature.Name, _signature.Parameters);
        using (_writer.Block()) WriteBody();
        if (_signature.HasChecks) MemoryOverload.Write(_writer, _model, summary, _model.ReturnTypeText, _signature.Name, _signature.Parameters, _explain);
    }

    private void WriteBody()
    {
        foreach (Parameter parameter in Derived.With(ParameterRole.Own)) _context.Declare(_body.Plan.VariableOf(parameter.Value), _signature.Own(parameter));
        if (_signature.HasChecks) _signature.WriteNotNull(_writer, Derived.Primal);
        string columns = Size("columns", _plan.Inputs), rows = _plan.Kind == DirectionsKind.Hessian ? columns : Size("rows", _plan.Outputs);
        if (_signature.HasChecks) _signature.WriteChecks(_writer, Derived.Primal, rows, columns);
        bool hasMemory = Derived.Function.Parameters.Where((p, k) => p.Value.Type is BufferType && (p.IsWritten || Derived.Roles[k].Role != ParameterRole.Own)).Any();
        bool rentsAgain = !IsOnePass && _body.All.Any(static i => i is AllocateBuffer);
        var resources = new FunctionResources(_context, _body.All, _explain, needsScratch: hasMemory, hasOwnResiduals: true, hasPasses: rentsAgain);
        _residuals = resources.Residuals;
        resources.Around(_ => WritePasses(resources, rows, columns));
    }

    private bool IsOnePass => (IsReverse ? _plan.Outputs : _plan.Inputs).Known <= _plan.Lanes;

    private string Size(string preferred, DirectionsSpace space)
    {
        if (space.Known is int known) return known.ToString(CultureInfo.InvariantCulture);
        string name = _context.NewName(preferred);
        _writer.WriteLine($"int {name} = {space.Total};");
        return name;
    }

    private void WritePasses(FunctionResources resources, string rows, string columns)
    {
        Parameter[] seeded = [.. Enumerable.Range(0, Derived.Roles.Length).Where(k => Derived.Roles[k].Role != ParameterRole.Own).Select(k => Derived.Function.Parameters[k])];
        foreach (Parameter buffer in seeded.Where(static p => p.Value.Type is BufferType)) Rent(buffer, resources.Scratch!);
        if (IsOnePass)
        {
            WritePass("0", columns, resources.Scratch!);
            Finish(DeclareResults(areKnown: true));
            return;
        }

        Dictionary<string, string> entries = KeepEntries(resources.Scratch!);
        Dictionary<int, string> results = DeclareResults(areKnown: false);
        string first = _context.NewName(IsReverse ? "row" : "column");
        if (_explain != Explain.None) _writer.BlankLine().WriteLine($"// {_plan.LanesText} {(IsReverse ? "rows" : "columns")} in each pass");
        _context.Block($"for (int {first} = 0; {first} == 0 || {first} < {(IsReverse ? rows : columns)}; {first} += {_plan.LanesText})", () =>
        {
            foreach (KeyValuePair<string, string> entry in entries) _writer.WriteLine($"{entry.Value}.CopyTo({entry.Key});");
            WritePass(first, columns, resources.Pass ?? resources.Scratch!);
            foreach (KeyValuePair<int, string> result in results) _writer.WriteLine($"{result.Value} = {_context.Use(_body.Yields[result.Key])};");
            if (resources.Pass is { } pass) _writer.WriteLine($"{pass}.Dispose();");
        });
        Finish(results);
    }

    private void WritePass(string first, string columns, string scratch)
    {
        for (int k = 0; k < Derived.Roles.Length; k++) Seed(Derived.Function.Parameters[k], Derived.Roles[k], first);
        WriteParts(scratch);
        Store(first, columns);
    }

    private void Rent(Parameter buffer, string scratch)
    {
        string of = _signature.OwnName(Derived.Roles[IndexOf(buffer)].Of), name = _context.NewName(buffer.Name);
        _context.Declare(_body.Plan.VariableOf(buffer.Value), name);
        // What directions go through has numbers for elements, also where the method has structs.
        int numbers = buffer.Value.Type is BufferType { Struct: null } ? Widening.NumbersOf((BufferType)Derived.Primal.Parameters.First(p => p.Name == Derived.Roles[IndexOf(buffer)].Of).Value.Type) : 1;
        _writer.WriteLine($"global::System.Span<{_context.ElementText(buffer.Value.Type)}> {name} = {scratch}.Rent<{_context.ElementText(buffer.Value.Type)}>({of}.Length{(numbers > 1 ? $" * {numbers.ToString(CultureInfo.InvariantCulture)}" : "")});");
    }

    private int IndexOf(Parameter parameter)
    {
        int k = 0;
        while (Derived.Function.Parameters[k].Value.Id != parameter.Value.Id) k++;
        return k;
    }

    /// <summary>Each pass runs the method again, on what its written spans held at entry.</summary>
    private Dictionary<string, string> KeepEntries(string scratch)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Parameter parameter in Derived.With(ParameterRole.Own).Where(static p => p.IsWritten))
        {
            string own = _signature.Own(parameter), element = _context.ElementText(parameter.Value.Type), name = _context.NewName(parameter.Name + "AtEntry");
            _writer.WriteLine($"global::System.Span<{element}> {name} = {scratch}.Rent<{element}>({own}.Length);");
            _writer.WriteLine($"{(IsArray(parameter) ? $"new global::System.ReadOnlySpan<{element}>({own})" : own)}.CopyTo({name});");
            entries[own] = name;
        }

        return entries;
    }

    private static bool IsArray(Parameter parameter) => parameter.Value.Type is BufferType { Kind: BufferKind.Array };

    /// <summary>What the method gives is the same in each pass.</summary>
    private Dictionary<int, string> DeclareResults(bool areKnown)
    {
        var results = new Dictionary<int, string>();
        for (int k = 0; k < Derived.Primal.Outputs.Length; k++)
        {
            Output output = Derived.Primal.Outputs[k];
            string name = _context.NewName(MemberNames.Leaf(output.Kind == OutputKind.Return ? "result" + output.Name : output.Name + "After"));
            _writer.WriteLine($"{_context.TypeText(output.Type)} {name} = {(areKnown ? _context.Use(_body.Yields[k]) : "default")};");
            results[k] = name;
        }

        return results;
    }

    /// <summary>The unit directions of a pass, and zeros in what it gathers.</summary>
    private void Seed(Parameter parameter, DerivedParameter role, string first)
    {
        DirectionsPart? part = role.Role switch
        {
            ParameterRole.Tangent => _plan.Inputs.Find(role.Of),
            ParameterRole.Cotangent => _plan.Outputs.Find(role.Of),
            _ => null,
        };
        if (role.Role == ParameterRole.Own || parameter.Passing == PassingKind.Out) return;
        string types = Types(parameter.Value.Type);
        if (parameter.Value.Type is BufferType)
        {
            string name = _context.Use(parameter.Value);
            _writer.WriteLine(part is null ? $"{name}.Clear();" : $"{Helpers}.Unit<{types}>({name}, {Minus(first, part.Start)});");
            return;
        }

        string seed = _context.NewName(MemberNames.Leaf(parameter.Name));
        _context.Declare(_body.Plan.VariableOf(parameter.Value), seed);
        _writer.WriteLine($"{_context.TypeText(parameter.Value.Type)} {seed} = {Helpers}.Unit<{types}>({Minus(part!.Start, first)});");
    }

    private string Types(IrType type) => $"{_context.ElementText(type)}, {Kind(type).CSharp()}";

    private static ElementKind Kind(IrType type) => type is BufferType buffer ? buffer.Element : ((ScalarType)type).Kind;

    private static string Minus(string left, string right)
        => right == "0" ? left : left == "0" && !right.Contains(' ') ? "-" + right : right.Contains(" + ") ? $"{left} - ({right})" : $"{left} - {right}";

    private void WriteParts(string scratch)
    {
        var emitter = new BodyEmitter(_context) { ScratchName = scratch, ResidualsName = _residuals };
        int forward = _body.Parts.Forward.Body.Length;
        emitter.EmitRange(0, forward);
        if (_plan.Kind != DirectionsKind.Columns) _context.Notes.BeginBackward();
        emitter.EmitRange(forward, _body.Parts.Backward.Body.Length);
    }

    private void Store(string first, string columns)
    {
        string matrix = _signature.Matrix, accumulate = _signature.Accumulate;
        DirectionsSpace space = _plan.Kind == DirectionsKind.Columns ? _plan.Outputs : _plan.Inputs;
        string one = IsReverse ? "StoreColumn" : "StoreRow", many = one + "s";
        for (int k = 0; k < Derived.Roles.Length; k++)
        {
            Parameter parameter = Derived.Function.Parameters[k];
            bool isResult = Derived.Roles[k].Role is ParameterRole.TangentDestination or ParameterRole.Gradient or ParameterRole.GradientTangent
                || Derived.Roles[k].Role == ParameterRole.Tangent && parameter.IsWritten;
            if (isResult && parameter.Value.Type is BufferType && space.Find(Derived.Roles[k].Of) is { } part) Write(many, parameter.Value, part);
        }

        for (int k = Derived.Primal.Outputs.Length; k < Derived.Function.Outputs.Length; k++)
            if (space.Find(Owner(Derived.Function.Outputs[k])) is { } part) Write(one, _body.Yields[k], part);

        void Write(string store, Value values, DirectionsPart part)
        {
            if (values.Type is ScalarType { Kind: ElementKind.Double or ElementKind.Single } && IsReverse && _plan is { Lanes: 4, Outputs.Known: int rows } && rows <= _plan.Lanes)
            {
                _writer.WriteLine($"{Helpers}.StoreColumn({_context.Use(values)}, {matrix}, {rows.ToString(CultureInfo.InvariantCulture)}, {columns}, {part.Start}, {accumulate});");
                return;
            }

            string at = IsReverse ? $"{first}, {columns}, {part.Start}" : $"{part.Start}, {columns}, {first}";
            _writer.WriteLine($"{Helpers}.{store}<{Types(values.Type)}>({_context.Use(values)}, {matrix}, {at}, {accumulate});");
        }
    }

    /// <summary>The input or output that an output of the derivative belongs to.</summary>
    private string Owner(Output output)
    {
        if (output.Kind == OutputKind.Parameter)
        {
            int k = 0;
            while (Derived.Function.Parameters[k].Name != output.Name) k++;
            return Derived.Roles[k].Of;
        }

        return output.Kind == OutputKind.Gradient ? output.Name
            : DerivedNames.PrimalOfTangent(output.Name);
    }

    private void Finish(Dictionary<int, string> results)
    {
        Function primal = Derived.Primal;
        FinalStates.Write(
            _writer, [.. SignatureParts.Parameters(primal).SelectMany(p => FinalStates.Of(p.Passing, p.Struct, _signature.OwnName(p.Name), [.. p.Leaves.Select(After)]))]);
        string[] returned = [.. SignatureParts.ReturnedOutputs(primal).Select(k => results[k])];
        if (SignatureParts.Result(primal) is { } type) _writer.WriteLine($"return {StructText.Build(type, k => returned[k])};");
        else if (returned.Length > 0) _writer.WriteLine($"return {returned[0]};");

        string After(Parameter leaf)
        {
            for (int k = 0; k < primal.Outputs.Length; k++)
                if (primal.Outputs[k].Kind == OutputKind.Parameter && primal.Outputs[k].Name == leaf.Name) return results[k];
            return _signature.Own(leaf);
        }
    }
}
