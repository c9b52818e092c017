using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using OutputKind = AutoDiff.Compiler.IR.OutputKind;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>The receiver of the method.</summary>
    private Value? _this;

    public LoweringResult Run()
    {
        if (RulesOf(method) is { } rules) return RuleBody(rules);
        IMethodSymbol implementation = method.PartialImplementationPart ?? method;
        IBlockOperation? body = Body(implementation);
        if (body is null) return Failed();
        _builder = _root = new InstructionBuilder(_values);
        _frame = new Frame(method);
        List<Parameter> parameters;
        var outputs = new List<Output>();
        try
        {
            parameters = DeclareParameters(implementation);
            DeclareResult();
        }
        catch (UnsupportedException)
        {
            return FailedUnlessBroken();
        }

        RegisterLocalFunctions(body);
        Attempt(() => { Statements(body.Operations, JumpKinds.Return); return Nothing; });
        if (_waits && _diagnostics.Count == 0) return LoweringResult.Nothing;
        if (_failed is not null && _diagnostics.Count == 0)
            _diagnostics.Add(
                Diagnostic.Create(
                FrontEndDescriptors.UnsupportedStatement, _failed, "This statement", "write it with assignments, if, loops and calls"));
        if (_diagnostics.Count > 0) return FailedUnlessBroken();
        try
        {
            Region region = Finish(parameters, outputs);
            var written = new WrittenBuffers(parameters, region);
            parameters = parameters.ConvertAll(p => p.Value.Type is BufferType ? Written(p, IsWritten(p, written)) : p);
            var function = new Function(
                method.Name, parameters.ToEquatable(), outputs.ToEquatable(), region, UsedBindings(region), _constraints.ToEquatable(),
                    _steps.ToEquatable()) { Parts = _parts.ToEquatable(), Memories = _memories.ToEquatable() };
            return _diagnostics.Count > 0 ? FailedUnlessBroken() : new LoweringResult(function, []) { Locations = _locations, Callees = _callees, Captured = [.. _captured] };
        }
        catch (UnsupportedException)
        {
            return FailedUnlessBroken();
        }
    }

    /// <summary>Where the declaration alone is known to callers, it says which buffers are written: the spans.</summary>
    private bool IsWritten(Parameter parameter, WrittenBuffers written)
    {
        bool isWritten = written.IsWritten(parameter.Value);
        if (!method.IsDispatched()) return isWritten;
        bool isArray = ((BufferType)parameter.Value.Type).Kind == BufferKind.Array || _memories.Exists(m => m.Name == parameter.Name);
        if (isWritten && isArray)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedType, method.Parameters.First(p => p.Name == parameter.Name).Locations[0], $"'{parameter.Name}'", parameter.TypeText,
                "callers of a virtual method take arrays to be read only; write to a Span<T>");
        return !isArray && ((BufferType)parameter.Value.Type).Kind == BufferKind.Span;
    }

    private Parameter Written(Parameter parameter, bool isWritten) => parameter with { IsWritten = isWritten, HoldsInput = isWritten && method.IsDispatched() };

    private LoweringResult Failed() => new(null, _diagnostics.Distinct().ToImmutableArray()) { Locations = _locations };

    /// <summary>What is wrong with the method, unless it does not compile: then the compiler says it better.</summary>
    private LoweringResult FailedUnlessBroken()
    {
        if ((method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is not [var reference, ..]) return Failed();
        Diagnostic[] found = [.. _diagnostics];
        _diagnostics.Clear();
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        if (!ReportCompileErrors(compilation.ModelOf(syntax.SyntaxTree), syntax)) _diagnostics.AddRange(found);
        return Failed();
    }

    private IBlockOperation? Body(IMethodSymbol implementation)
    {
        if (implementation.DeclaringSyntaxReferences is not [var reference, ..]) return null;
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        SemanticModel model = compilation.ModelOf(syntax.SyntaxTree);
        var body = model.GetOperation(syntax, cancellation) as IMethodBodyOperation;
        if ((body is null || CompileErrors.MayBeIn(syntax, body)) && ReportCompileErrors(model, syntax)) return null;
        return body?.BlockBody ?? body?.ExpressionBody;
    }

    /// <summary>Whether the method has compile errors; those that come of members which only the generator writes are explained.</summary>
    private bool ReportCompileErrors(SemanticModel model, SyntaxNode syntax)
    {
        List<Diagnostic> errors = model.GetDiagnostics(syntax.Span, cancellation)
            .Where(static d => d.DefaultSeverity == DiagnosticSeverity.Error && !IsAboutGeneratedMembers(d)).ToList();
        foreach (Diagnostic error in errors) ReportGenerated(error);
        return errors.Count > 0;
    }

    /// <summary>Partial members without their other part are errors until the generator has run.</summary>
    private static bool IsAboutGeneratedMembers(Diagnostic diagnostic) => diagnostic.Id is "CS8795" or "CS9248";

    private List<Parameter> DeclareParameters(IMethodSymbol implementation)
    {
        var parameters = new List<Parameter>();
        CheckTypeParameters();
        if (!method.IsStatic && method.ContainingType.TypeKind == TypeKind.Struct) DeclareStructReceiver(parameters);
        else if (!method.IsStatic) parameters.Add(Receiver());
        foreach (IParameterSymbol number in method.Parameters)
            if (number.Type.SpecialType == SpecialType.System_Int32 && number.RefKind != RefKind.Out)
                Bind(new DimBinding(number.Name, number.Name, null, 0));
        foreach (IParameterSymbol parameter in implementation.Parameters)
        {
            string? shape = parameter.ShapeText() ?? method.Parameters[parameter.Ordinal].ShapeText();
            PassingKind passing = PassingOf(parameter);
            bool isInactive = parameter.HasNoGradient() || method.Parameters[parameter.Ordinal].HasNoGradient();
            if (DeclareMemory(parameter, passing, isInactive, parameters) is { } memory)
            {
                _places[parameter] = _places[method.Parameters[parameter.Ordinal]] = memory;
                continue;
            }

            if (TypeMap.ScalarOrBuffer(parameter.Type) is null && Components.Of(parameter.Type) is not null)
            {
                _places[parameter] = _places[method.Parameters[parameter.Ordinal]]
                    = DeclareStruct(parameter.Name, parameter.Type, passing, !isInactive, parameter.Locations[0], parameters);
                continue;
            }

            IrType type = ParameterType(parameter, shape);
            if (passing is PassingKind.Ref or PassingKind.Out && type is not ScalarType)
                throw Unsupported(
                    FrontEndDescriptors.UnsupportedType, parameter.Locations[0], $"'{parameter.Name}'", parameter.ToDisplayString(),
                    "pass it by value; ref and out are for numbers");
            if (passing is PassingKind.Ref or PassingKind.Out && UsesPair(method))
            {
                throw Unsupported(FrontEndDescriptors.UnsupportedType, parameter.Locations[0], $"'{parameter.Name}'", parameter.ToDisplayString(),
                    "a method with tensors or models returns a number or a tensor; write further results to spans");
            }

            Value value = _values.New(type, parameter.Name);
            if (type is BufferType) NoteMemory(value, parameter);
            bool differentiable = (
                type is ModelType or ModelListType ? HasGradients(ModelListElement(parameter.Type) ?? parameter.Type)
                : type.IsDifferentiable) && !isInactive;
            parameters.Add(new Parameter(value, parameter.Name, passing, ParameterText(parameter), differentiable, shape));
            IrType held = TypeMap.IsEnum(parameter.Type) ? new ScalarType(TypeMap.Element(parameter.Type)!.Value) : type;
            Variable variable = NewVariable(parameter.Name, held);
            _state[variable] = FromSignature(value, held);
            var place = new VariablePlace(variable);
            _places[parameter] = place;
            _places[method.Parameters[parameter.Ordinal]] = place;
            if (parameter.Locations is [var location, ..]) _locations.AddValue(value.Id, location);
            if (type is ScalarType { Kind: ElementKind.Int32 } && passing != PassingKind.Out) _dims[value.Id] = Dim.Symbol(parameter.Name);
            if (type is ModelType or ModelListType)
                WithScope(value,
                    new ModelScope(
                    (INamedTypeSymbol)(ModelListElement(parameter.Type) ?? parameter.Type), parameter.Name, parameter.Name + ".", null));
        }

        return parameters;
    }

    /// <summary>A generic method is written for one number type.</summary>
    private void CheckTypeParameters()
    {
        var numbers = new List<ITypeParameterSymbol>(method.TypeParameters.Where(TypeMap.IsNumber));
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType) numbers.AddRange(type.TypeParameters.Where(TypeMap.IsNumber));
        if (numbers.Count > 1)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedType, method.Locations[0], $"'{method.Name}'", $"{numbers[0].Name} and {numbers[1].Name}",
                "a method has one number type of its own; convert with T.CreateChecked in the caller");
    }

    private void DeclareResult()
    {
        if (method.ReturnsVoid) return;
        if (TypeMap.ScalarOrBuffer(method.ReturnType) is null && Components.Of(method.ReturnType) is not null)
        {
            DeclareStructResult();
            return;
        }

        if (TypeMap.ScalarOrBuffer(method.ReturnType) is not (ScalarType or BufferType { Kind: BufferKind.Array }) && TypeMap.Tensor(method.ReturnType) is null)
        {
            throw Unsupported(FrontEndDescriptors.UnsupportedType, method.Locations[0], "The result", method.ReturnType.ToDisplayString(),
                "return a number, an array, a tuple, a struct or a tensor, and write further results to spans");
        }

        if (TypeMap.ScalarOrBuffer(method.ReturnType) is BufferType && UsesPair(method))
        {
            throw Unsupported(FrontEndDescriptors.UnsupportedType, method.Locations[0], "The result", method.ReturnType.ToDisplayString(),
                "a method with tensors or models returns a number or a tensor; write further results to spans");
        }

        _frame.Result = new VariablePlace(new Variable("", _variableCount++, TypeMap.ScalarOrBuffer(method.ReturnType)));
    }

    /// <summary>The yields of the body: the result, then what <c>ref</c> and <c>out</c> parameters hold at the end.</summary>
    private Region Finish(List<Parameter> parameters, List<Output> outputs)
    {
        var yields = new List<Value>();
        ReturnResult(outputs, yields);
        ReturnReceiver(parameters, outputs, yields);
        foreach (IParameterSymbol parameter in method.Parameters.Where(static p => p.RefKind is RefKind.Ref or RefKind.Out))
            ReturnParameter(parameter, parameters, outputs, yields);
        return _builder.ToRegion(parameters.Select(static p => p.Value), yields);
    }
}
