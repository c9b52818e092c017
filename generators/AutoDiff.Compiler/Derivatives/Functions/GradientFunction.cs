using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>
/// The reverse-mode derivative of a method of scalars, spans and tensors as one function: the forward part, then the backward part. With a unit seed it is
/// <c>FGradient</c>, else <c>FVjp</c>. Gradient destinations of spans are added to; gradients of tensors are outputs, as those of numbers are.
/// </summary>
public static class GradientFunction
{
    /// <exception cref="NotSupportedException">The function has models.</exception>
    public static DerivedFunction Of(Function primal, DerivativeOptions options) => new Builder(primal, options).Build();

    private sealed class Builder
    {
        private readonly Derivative _derivative;
        private readonly bool _isGradient;
        private readonly bool _hasTensors;
        private readonly ValueFactory _values;
        private readonly UniqueNames _names;
        private readonly InstructionBuilder _start;
        private readonly InstructionBuilder _end;
        private readonly List<Parameter> _parameters;
        private readonly List<DerivedParameter> _roles;

        public Builder(Function primal, DerivativeOptions options)
        {
            if (primal.Parameters.Any(static p => p.Value.Type is ModelType or ModelListType)) throw new NotSupportedException("it has models");
            _hasTensors = primal.Parameters.Any(static p => p.Value.Type is TensorType) || primal.Outputs.Any(static o => o.Type is TensorType);
            _derivative = ReverseTransform.Differentiate(primal, options with { JoinsLoops = !_hasTensors });
            _isGradient = options.UnitSeed;
            _values = new ValueFactory(Next(_derivative));
            _names = new UniqueNames(primal.Parameters.Select(static p => p.Name));
            _start = new InstructionBuilder(_values);
            _end = new InstructionBuilder(_values);
            _parameters = [.. primal.Parameters];
            _roles = [.. primal.Parameters.Select(static p => new DerivedParameter(ParameterRole.Own, p.Name))];
        }

        public DerivedFunction Build()
        {
            Cotangents();
            Destinations();
            Function primal = _derivative.Primal;
            var yields = _derivative.Forward.Yields.ToList();
            var outputs = primal.Outputs.ToList();
            foreach (Gradient gradient in _derivative.Gradients)
            {
                yields.Add(gradient.Value ?? _end.Zero(gradient.Type));
                outputs.Add(new Output(OutputKind.Gradient, gradient.Parameter, gradient.Type));
            }

            var body = new Region(
                _parameters.Select(static p => p.Value).ToEquatable(),
                [.. _derivative.Forward.Body, .. _start.Body, .. _hasTensors ? _derivative.Backward.Body.Select(Transposed) : _derivative.Backward.Body, .. _end.Body],
                yields.ToEquatable());
            Function function = primal with
            {
                Name = primal.Name + (_isGradient ? "Gradient" : "Vjp"),
                Parameters = _parameters.ToEquatable(),
                Outputs = outputs.ToEquatable(),
                Body = body,
            };
            return new DerivedFunction(primal, function, _roles.ToEquatable());
        }

        /// <summary>The result's first, then those of <c>ref</c> and <c>out</c> numbers and written spans in the order of the parameters.</summary>
        private void Cotangents()
        {
            Function primal = _derivative.Primal;
            foreach (Cotangent cotangent in _derivative.Cotangents)
                if (primal.Outputs[cotangent.Output] is { Kind: OutputKind.Return } result) Add(cotangent, "dResult", result.Name);
            foreach (Parameter parameter in primal.Parameters)
            {
                foreach (Cotangent cotangent in _derivative.Cotangents)
                    if (primal.Outputs[cotangent.Output] is { Kind: OutputKind.Parameter } output && output.Name == parameter.Name)
                        Add(cotangent, DerivedNames.Adjoint(parameter.Name), parameter.Name);
                if (_derivative.Shadows.FirstOrDefault(s => s.Parameter == parameter.Name) is { Kind: ShadowKind.Cotangent } shadow) Work(shadow);
            }

            void Add(Cotangent cotangent, string name, string of)
                => AddParameter(new Parameter(cotangent.Value, name, PassingKind.ByValue, TypeText(cotangent.Value.Type), true), ParameterRole.Cotangent, of);
        }

        /// <summary>The adjoint of a written span is a working copy of its cotangent.</summary>
        private void Work(Shadow shadow)
        {
            Value length = _values.New(IrType.Int32);
            _start.Append(new BufferLength(length, shadow.Primal));
            _start.Append(new AllocateBuffer(shadow.Value, length));
            if (_isGradient) return;
            Value cotangent = _values.New((BufferType)shadow.Primal.Type with { Kind = BufferKind.ReadOnlySpan }, shadow.Value.Name);
            AddParameter(
                new Parameter(cotangent, DerivedNames.Adjoint(shadow.Parameter), PassingKind.ByValue, TypeText(cotangent.Type), true),
                ParameterRole.Cotangent, shadow.Parameter);
            _start.Append(new CopyBuffer(shadow.Value, cotangent));
        }

        private void Destinations()
        {
            foreach (Shadow shadow in _derivative.Shadows)
            {
                if (shadow.Kind == ShadowKind.Destination)
                {
                    AddParameter(
                        new Parameter(shadow.Value, DerivedNames.Adjoint(shadow.Parameter), PassingKind.ByValue, TypeText(shadow.Value.Type), true, IsWritten: true),
                        ParameterRole.Gradient, shadow.Parameter);
                }
                else if (shadow.ReadsEntry)
                {
                    Value destination = _values.New(shadow.Value.Type, shadow.Value.Name + "AtEntry");
                    AddParameter(
                        new Parameter(destination, DerivedNames.Adjoint(shadow.Parameter) + "AtEntry", PassingKind.ByValue, TypeText(destination.Type), true, IsWritten: true),
                        ParameterRole.Gradient, shadow.Parameter);
                    HandOn(shadow.Value, destination);
                }
            }
        }

        /// <summary>Passes over tensors move instructions of both parts among each other; the sign of its step tells which part one is of.</summary>
        private static Instruction Transposed(Instruction instruction)
        {
            Instruction moved = instruction with { Step = -instruction.Step };
            return moved switch
            {
                If branch => branch with { Then = Transposed(branch.Then), Else = Transposed(branch.Else) },
                For loop => loop with { Body = Transposed(loop.Body) },
                While loop => loop with { Body = Transposed(loop.Body) },
                _ => moved,
            };
        }

        private static Region Transposed(Region region) => region with { Body = region.Body.Select(Transposed).ToEquatable() };

        /// <summary>destination[k] += source[k].</summary>
        private void HandOn(Value source, Value destination)
        {
            Value length = _values.New(IrType.Int32), counter = _values.New(IrType.Int32, "k");
            _end.Append(new BufferLength(length, source));
            InstructionBuilder body = _end.Nested();
            foreach (StructLeaf leaf in ((BufferType)source.Type).Leaves.Where(static l => l.IsDifferentiable))
                body.Append(new Accumulate(destination, counter, body.Load(source, counter, path: leaf.Path)) { Path = leaf.Path });
            _end.Append(new For([], _end.Int(0), length, 1, [], body.ToRegion([counter], [])));
        }

        private void AddParameter(Parameter parameter, ParameterRole role, string of)
        {
            _parameters.Add(parameter with { Name = _names.Reserve(parameter.Name) });
            _roles.Add(new DerivedParameter(role, of));
        }

        private static string TypeText(IrType type) => type switch
        {
            ScalarType scalar => scalar.Kind.CSharp(),
            BufferType { Kind: BufferKind.ReadOnlySpan } buffer => $"global::System.ReadOnlySpan<{buffer.ElementText}>",
            _ => $"global::System.Span<{((BufferType)type).ElementText}>",
        };

        private static int Next(Derivative derivative)
        {
            int next = Math.Max(Numbering.NextId(derivative.Primal), Math.Max(Numbering.NextId(derivative.Forward), Numbering.NextId(derivative.Backward)));
            foreach (Cotangent cotangent in derivative.Cotangents) next = Math.Max(next, cotangent.Value.Id + 1);
            foreach (Shadow shadow in derivative.Shadows) next = Math.Max(next, shadow.Value.Id + 1);
            return next;
        }
    }
}
