using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>What a piece of emission needs: the text so far, the names in scope, and how each value is written in C#.</summary>
internal sealed partial class EmitContext
{
    private readonly Dictionary<int, Expression> _bound = [];
    private readonly Dictionary<int, string> _variableNames = [];

    public EmitContext(SourceWriter writer, UniqueNames names, VariablePlan plan, StepNotes notes, ITensorEmitter? tensors = null)
    {
        Writer = writer;
        Names = names;
        Plan = plan;
        Notes = notes;
        Tensors = tensors;
    }

    /// <summary>The same body written somewhere else, as a method of its own: nothing is declared there yet.</summary>
    public EmitContext For(SourceWriter writer, UniqueNames names) => new(writer, names, Plan, Notes.ForMember(), Tensors) { SpellDimension = SpellDimension };

    public SourceWriter Writer { get; private set; }

    /// <summary>The names of the innermost scope.</summary>
    public UniqueNames Names { get; private set; }

    /// <summary>Which values share variables, and which have none.</summary>
    public VariablePlan Plan { get; }

    public StepNotes Notes { get; }

    public ITensorEmitter? Tensors { get; }

    /// <summary>How the names of dimensions are written: <c>batch</c> → an expression of type <c>int</c>. By default the name itself.</summary>
    public Func<string, string> SpellDimension { get; set; } = static name => CSharpNames.Escape(CSharpNames.ToIdentifier(name));

    /// <summary>A dimension as an expression of type <c>int</c>.</summary>
    public Expression Dim(Dim dim)
    {
        string text = dim.ToString(SpellDimension);
        return dim.Literal is >= 0 || dim.Name is not null ? Expression.Atom(text) : new Expression(text, Precedence.Additive);
    }

    /// <summary>Writes a statement, with the note of its step behind it where the step begins.</summary>
    public void Statement(Instruction origin, string text) => Writer.WriteLine(Notes.Annotate(origin, text, Writer.Indentation));

    /// <summary>Writes the assignment of an initial state, with the note of the step (up to that of <paramref name="before"/>) in which the user wrote it.</summary>
    public void InitialState(Instruction before, Value state, string text)
        => Writer.WriteLine(Notes.AnnotateAssignment(Plan.NameOf(state), before.Step == 0 ? int.MaxValue : before.Step, text, Writer.Indentation));

    /// <summary>Writes a statement that belongs to no step.</summary>
    public void Statement(string text) => Writer.WriteLine(text);

    /// <summary>From now on <paramref name="value"/> is written as <paramref name="expression"/>, wherever it is used.</summary>
    public void Bind(Value value, Expression expression) => _bound[value.Id] = expression;

    public void Bind(Value value, string name) => Bind(value, Expression.Atom(name));

    public void Unbind(Value value) => _bound.Remove(value.Id);

    public bool IsBound(Value value) => _bound.ContainsKey(value.Id);

    /// <summary>Reserves a name in the innermost scope for <paramref name="value"/> alone and binds it; the caller writes the declaration.</summary>
    public string Declare(Value value, string? preferredName = null)
    {
        string name = Names.Reserve(preferredName ?? NameHints.Of(value, this));
        Bind(value, name);
        return name;
    }

    /// <summary>A new name in the innermost scope.</summary>
    public string NewName(string preferred) => Names.Reserve(preferred);

    /// <summary>Runs <paramref name="body"/> within <c>header { … }</c>, in a scope of names of its own.</summary>
    public void Block(string header, Action body)
    {
        using (Writer.Block(header)) Scope(body);
    }

    /// <summary>Runs <paramref name="body"/> in a scope of names of its own.</summary>
    public void Scope(Action body)
    {
        UniqueNames outer = Names;
        Names = outer.Nested();
        body();
        Names = outer;
    }

    /// <summary>Runs <paramref name="body"/>, whose text goes to another writer, in a scope of names of its own.</summary>
    public void Into(SourceWriter writer, Action body)
    {
        SourceWriter outer = Writer;
        Writer = writer;
        Scope(body);
        Writer = outer;
    }

    /// <summary>The C# type of a variable that holds a value of <paramref name="type"/>.</summary>
    public string TypeText(IrType type) => Tensors?.TypeText(type) ?? type switch
    {
        ScalarType => ElementText(type),
        BufferType { Kind: BufferKind.Array } => $"{ElementText(type)}[]",
        BufferType { Kind: BufferKind.Span } => $"global::System.Span<{ElementText(type)}>",
        BufferType => $"global::System.ReadOnlySpan<{ElementText(type)}>",
        TensorType tensor => $"global::System.ReadOnlySpan<{tensor.Element.CSharp()}>",
        ModelType model => model.Name,
        OpaqueType opaque => opaque.Name,
        ModelListType list => $"{list.Element.Name}[]",
        TapeType tape => $"global::AutoDiff.Generated.ResidualStack<{TypeText(tape.Element)}>",
        _ => throw new InvalidOperationException($"no C# type for {type}"),
    };

    /// <summary>The C# type of a number, or of the elements of a buffer; of several directions, a vector.</summary>
    public string ElementText(IrType type) => type switch
    {
        ScalarType { Lanes: 1 } scalar => scalar.Kind.CSharp(),
        BufferType { Lanes: 1 } buffer => buffer.ElementText,
        ScalarType scalar => LaneText.Vector(scalar.Kind, scalar.Lanes),
        BufferType buffer => LaneText.Vector(buffer.Element, buffer.Lanes),
        _ => throw new InvalidOperationException($"{type} has no elements"),
    };
}
