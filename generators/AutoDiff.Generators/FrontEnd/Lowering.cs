using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Lowers one method. The state of all parts: they are files of this class by family (expressions, statements, loops, calls, memory,
/// tensors, models).
/// </summary>
internal sealed partial class Lowering(
    IMethodSymbol method, Compilation compilation, CancellationToken cancellation, SummaryChain? chain = null)
{
    private readonly SummaryChain _summaries = chain ?? new SummaryChain(compilation, cancellation);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly LocationTable _locations = new();
    private readonly List<string> _steps = [];
    private readonly Dictionary<ISymbol, Place> _places = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ILocalFunctionOperation> _localFunctions = new(SymbolEqualityComparer.Default);
    private readonly ValueFactory _values = new();
    private readonly Dictionary<Callee, IMethodSymbol> _callees = [];

    /// <summary>The derivatives of other methods that this one calls; null where it calls none.</summary>
    public NestedDerivatives? Nested { get; init; }

    private InstructionBuilder _builder = new(new ValueFactory());

    /// <summary>What builds the method's own body, outside of branches and loops.</summary>
    private InstructionBuilder _root = new(new ValueFactory());

    private VariableState _state = new();
    private Frame _frame = new(null);
    private int _variableCount;

    /// <summary>Where lowering first failed. There is a diagnostic then, or one is made: nothing is left out silently.</summary>
    private Location? _failed;

    /// <summary>Whether the method calls one that has no members: then it is not the method that is wrong.</summary>
    private bool _waits;

    private IOperation? _current;

    /// <summary>Reports at the span of an operation and ends its statement.</summary>
    private UnsupportedException Unsupported(DiagnosticDescriptor descriptor, IOperation at, params object[] arguments)
        => Unsupported(descriptor, at.Syntax.GetLocation(), arguments);

    private UnsupportedException Unsupported(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        _diagnostics.Add(Diagnostic.Create(descriptor, _locations.Instead ?? location, arguments));
        return new UnsupportedException();
    }

    private UnsupportedException UnsupportedExpression(IOperation at, string what, string instead)
        => Unsupported(FrontEndDescriptors.UnsupportedExpression, at, what, instead);

    private UnsupportedException UnsupportedStatement(IOperation at, string what, string instead)
        => Unsupported(FrontEndDescriptors.UnsupportedStatement, at, what, instead);

    /// <summary>Appends an instruction that defines nothing, and remembers where it is.</summary>
    private void Effect(Instruction instruction)
    {
        _builder.Append(instruction);
        if (_current is not null) _locations.AddEffect(_builder.Body[_builder.Body.Count - 1], _current.Syntax.GetLocation());
    }
}

/// <summary>The method, or inlined callee, that is being lowered: where its <c>return</c> goes.</summary>
internal sealed class Frame(IMethodSymbol? method)
{
    public IMethodSymbol? Method { get; } = method;

    /// <summary>Null for <c>void</c>.</summary>
    public Place? Result { get; set; }

    /// <summary>Set by a <c>return</c> that statements follow; made where the first such <c>return</c> is.</summary>
    public Variable? Returned { get; set; }

    public bool IsInlined { get; set; }

    /// <summary>Whether a jump to a label was taken, for those jumps that statements follow.</summary>
    public Dictionary<ISymbol, Variable> Jumped { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The fields of the struct that an inlined instance method works on.</summary>
    public Place? This { get; set; }
}
