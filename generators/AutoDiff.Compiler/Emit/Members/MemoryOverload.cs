using AutoDiff.Compiler.Emit.Members.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// The overload of a member that takes rectangular and jagged arrays and lists as the user wrote them. The member itself is private, and takes their elements. A
/// rectangular array and a list lie in one piece and are handed on where they are; the rows of a jagged array are copied one behind the other, and back.
/// </summary>
internal sealed class MemoryOverload
{
    private const string Helpers = "global::AutoDiff.Generated.";

    private readonly MethodModel _model;
    private readonly SourceWriter _writer;
    private readonly EquatableArray<SignatureParameter> _parameters;
    private readonly UniqueNames _names;
    private readonly Dictionary<string, string> _rows = [];
    private string _scratch = "";

    private MemoryOverload(SourceWriter writer, MethodModel model, EquatableArray<SignatureParameter> parameters)
    {
        (_writer, _model, _parameters) = (writer, model, parameters);
        _names = new UniqueNames(parameters.Select(static p => CSharpNames.Unescape(p.Name)));
    }

    /// <summary>The model whose members are the private ones; the model itself where no overloads are needed.</summary>
    public static MethodModel Inner(MethodModel model)
    {
        if (model.Function.Memories.IsEmpty) return model;
        string rest = string.Join(" ", model.Modifiers.Split(' ').Where(static m => m is "static" or "readonly").Prepend("private"));
        return model with { Modifiers = rest, OverloadModifiers = model.Modifiers };
    }

    /// <summary>The model of those members that calls go to: of rectangular arrays they have the elements and the lengths, so that the member that takes these is not private.</summary>
    public static MethodModel Called(MethodModel model)
        => model.Function.Memories.IsEmpty || model.Function.Memories.Any(static m => m.Form != MemoryForm.Rectangular) ? model
            : model with { Modifiers = model.OverloadModifiers, IsCalled = true };

    /// <summary>Writes the overload of a member that has just been written, where there is one.</summary>
    public static void Write(
        SourceWriter writer, MethodModel model, string summary, string returnType, string name, EquatableArray<SignatureParameter> parameters, Explain explain)
    {
        if (model.OverloadModifiers.Length > 0) new MemoryOverload(writer, model, parameters).Write(summary, returnType, name, explain);
    }

    private void Write(string summary, string returnType, string name, Explain explain)
    {
        SignatureParameter[] declared = [.. _parameters.Where(p => !IsLayout(p)).Select(p => p with { Declaration = Declaration(p) })];
        _writer.BlankLine();
        if (explain != Explain.None)
        {
            _writer.WriteLine($"/// <summary>{summary}</summary>");
            foreach (SignatureParameter parameter in declared)
                _writer.WriteLine($"/// <param name=\"{CSharpNames.Unescape(parameter.Name)}\">{parameter.Documentation}</param>");
        }

        FunctionHead.Write(_writer, _model.OverloadModifiers, _model.IsAbstract ? _model with { Constraints = _model.Constraints + ";" } : _model, returnType, name, declared);
        if (_model.IsAbstract) return;
        using (_writer.Block()) WriteBody(returnType, name);
    }

    private void WriteBody(string returnType, string name)
    {
        foreach (SignatureParameter other in _parameters.Where(p => Owner(p)?.Form == MemoryForm.Rectangular && !IsOwn(p)))
            _writer.WriteLine($"{Helpers}Rectangular.SameShape({other.Name}, {CSharpNames.Escape(other.Of)});");
        foreach (SignatureParameter sequence in _parameters.Where(p => Owner(p)?.Form == MemoryForm.Sequence)) Enumerate(sequence);
        if (_model.Function.Memories.All(static m => m.Form != MemoryForm.Jagged))
        {
            _writer.WriteLine($"{(returnType == "void" ? "" : "return ")}{Call(name)};");
            return;
        }

        foreach (SignatureParameter destination in _parameters.Where(p => IsJagged(p) && IsWritten(p))) CheckRows(destination);
        _scratch = _names.Reserve("scratch");
        _writer.WriteLine($"{Helpers}ScratchBuffers {_scratch} = default;");
        using (_writer.Block("try"))
        {
            foreach (SignatureParameter rows in _parameters.Where(p => IsJagged(p) && !IsLayout(p))) Flatten(rows);
            string result = returnType == "void" ? "" : _names.Reserve("result");
            _writer.WriteLine($"{(result.Length == 0 ? "" : $"{returnType} {result} = ")}{Call(name)};");
            foreach (SignatureParameter rows in _parameters.Where(p => IsJagged(p) && IsWritten(p)))
                _writer.WriteLine($"{_rows[rows.Name]}.CopyTo({rows.Name});");
            if (result.Length > 0) _writer.WriteLine($"return {result};");
        }

        using (_writer.Block("finally")) _writer.WriteLine($"{_scratch}.Dispose();");
    }

    /// <summary>A sequence may compute its elements, and other ones each time: it is gone through once.</summary>
    private void Enumerate(SignatureParameter sequence)
    {
        string name = _rows[sequence.Name] = _names.Reserve(CSharpNames.Unescape(sequence.Name) + "Items");
        _writer.WriteLine($"global::System.ReadOnlySpan<{Element(sequence.Of)}> {name} = {Helpers}Sequences.Elements<{Element(sequence.Of)}>({sequence.Name});");
    }

    private void Flatten(SignatureParameter rows)
    {
        string type = $"{Helpers}JaggedRows<{Element(rows.Of)}>", name = _rows[rows.Name] = _names.Reserve(CSharpNames.Unescape(rows.Name) + "Rows");
        string shape = IsOwn(rows) ? "" : $", {CSharpNames.Escape(rows.Of)}";
        _writer.WriteLine($"{type} {name} = {type}.Of({rows.Name}{shape}, ref {_scratch});");
    }

    /// <summary>A row that is written shares no memory with anything else.</summary>
    private void CheckRows(SignatureParameter destination)
    {
        foreach (SignatureParameter other in _parameters)
        {
            bool isMemory = IsJagged(other) ? !IsLayout(other) : !IsLayout(other) && (other.Declaration.Contains("Span<") || other.Declaration.Contains("[] "));
            string text = Owner(other) is { Form: not MemoryForm.Jagged } ? Argument(other) : other.Name;
            if (isMemory) _writer.WriteLine($"{Helpers}JaggedRows<{Element(destination.Of)}>.NoOverlap({destination.Name}, {text}, nameof({destination.Name}), nameof({other.Name}));");
        }
    }

    private string Call(string name) => $"{name}{_model.TypeParameters}({string.Join(", ", _parameters.Select(Argument))})";

    private string Argument(SignatureParameter parameter)
    {
        if (Owner(parameter) is not { } memory) return parameter.Argument;
        string own = CSharpNames.Escape(memory.Name);
        return memory.Form switch
        {
            MemoryForm.Rectangular when IsLayout(parameter) => $"{own}.GetLength({LayoutIndex(parameter)})",
            MemoryForm.Rectangular => $"{Helpers}Rectangular.Elements<{Element(memory.Name)}>({parameter.Name})",
            MemoryForm.Jagged when IsLayout(parameter) => $"{_rows[own]}.{(LayoutIndex(parameter) == "0" ? "Starts" : "Lengths")}",
            MemoryForm.Jagged => $"{_rows[parameter.Name]}.Elements",
            MemoryForm.Sequence => _rows[parameter.Name],
            _ when IsOwn(parameter) => $"global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan({own})",
            _ => parameter.Argument,
        };
    }

    private string Declaration(SignatureParameter parameter)
        => Owner(parameter) is { } memory && (memory.Form != MemoryForm.List || IsOwn(parameter)) ? $"{memory.TypeText} {parameter.Name}" : parameter.Declaration;

    /// <summary>The part that a parameter is of, or belongs to: its elements, what says where they are, gradients, cotangents and tangents.</summary>
    private MemoryPart? Owner(SignatureParameter parameter)
    {
        int index = IndexOf(parameter.Of);
        foreach (MemoryPart memory in _model.Function.Memories)
            if (index >= IndexOf(memory.Name) && index < IndexOf(memory.Name) + memory.Count) return memory;
        return null;
    }

    private int IndexOf(string parameter)
    {
        for (int k = 0; k < _model.Function.Parameters.Length; k++)
            if (_model.Function.Parameters[k].Name == parameter) return k;
        return -1;
    }

    private string LayoutIndex(SignatureParameter parameter)
        => (IndexOf(parameter.Of) - IndexOf(Owner(parameter)!.Name) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private bool IsLayout(SignatureParameter parameter) => Owner(parameter) is { } memory && parameter.Of != memory.Name;

    private bool IsJagged(SignatureParameter parameter) => Owner(parameter)?.Form == MemoryForm.Jagged;

    private static bool IsOwn(SignatureParameter parameter) => CSharpNames.Unescape(parameter.Name) == parameter.Of;

    /// <summary>Whether the member writes it: a destination, or memory that the method itself writes.</summary>
    private bool IsWritten(SignatureParameter parameter)
        => !IsLayout(parameter) && (IsOwn(parameter) ? _model.Function.Parameters[IndexOf(parameter.Of)].IsWritten
            : parameter.Declaration.StartsWith("global::System.Span<", StringComparison.Ordinal));

    private string Element(string parameter) => ((BufferType)_model.Function.Parameters[IndexOf(parameter)].Value.Type).ElementText;
}
