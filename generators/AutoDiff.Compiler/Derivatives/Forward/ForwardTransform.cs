using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Forward;

/// <summary>
/// Forward mode: walks a function from its first instruction to its last and puts, behind each, what takes the tangents of its operands to the tangent of its
/// result. Control flow carries tangents beside primal values, memory has a tangent buffer beside it, a tape of residuals a tape of tangents; so the transform takes
/// any function, also one that reverse mode made (forward over reverse). The partials are those of reverse mode: they are linear in their seed.
/// </summary>
public sealed partial class ForwardTransform
{
    private readonly Function _primal;
    private readonly Activity _activity;
    private readonly ValueFactory _values;
    private readonly BufferRoots _roots;
    private readonly Dictionary<int, Value> _tangents = [];

    private ForwardTransform(Function primal, DerivativeOptions options)
    {
        _primal = primal;
        _activity = Activity.Of(primal, everything: !options.UseActivity);
        _values = new ValueFactory(Numbering.NextId(primal));
        _roots = new BufferRoots(primal.Parameters, primal.Body);
    }

    /// <summary>
    /// The tangent function. Every parameter that is differentiable, and every buffer and number that comes out, gets a tangent among the parameters; every
    /// output that can carry a derivative gets one among the outputs.
    /// </summary>
    /// <exception cref="NotSupportedException">There is an instruction that forward mode does not know.</exception>
    public static TangentFunction Differentiate(Function primal, DerivativeOptions options) => new ForwardTransform(primal, options).Run();

    private TangentFunction Run()
    {
        var names = new UniqueNames(_primal.Parameters.Select(static p => p.Name));
        var tangents = new List<TangentParameter>();
        foreach (Parameter parameter in _primal.Parameters)
            if (TangentOf(parameter, names) is { } tangent) tangents.Add(new TangentParameter(parameter, tangent));

        var builder = new InstructionBuilder(_values);
        Run(_primal.Body, builder);
        var outputs = _primal.Outputs.ToList();
        var yields = _primal.Body.Yields.ToList();
        for (int k = 0; k < _primal.Outputs.Length; k++)
        {
            Output output = _primal.Outputs[k];
            if (output.Type is not (ScalarType { IsDifferentiable: true } or TensorType { IsDifferentiable: true })) continue;
            string name = output.Kind == OutputKind.Parameter ? tangents.First(t => t.Primal.Name == output.Name).Tangent.Name : DerivedNames.Tangent(output.Name);
            outputs.Add(new Output(output.Kind == OutputKind.Parameter ? OutputKind.Parameter : OutputKind.Tangent, name, output.Type));
            yields.Add(TangentOrZero(_primal.Body.Yields[k], builder));
        }

        Parameter[] parameters = [.. _primal.Parameters, .. tangents.Select(static t => t.Tangent)];
        Function function = _primal with
        {
            Name = _primal.Name + "Jvp",
            Parameters = parameters.ToEquatable(),
            Outputs = outputs.ToEquatable(),
            Body = builder.ToRegion(parameters.Select(static p => p.Value), yields),
        };
        return new TangentFunction(_primal, Definitions.Unify(function), tangents.ToEquatable());
    }

    private Parameter? TangentOf(Parameter parameter, UniqueNames names)
    {
        (IrType? type, PassingKind passing, string text) = parameter.Value.Type switch
        {
            ScalarType { IsDifferentiable: true } scalar when parameter.IsDifferentiable || parameter.Passing is PassingKind.Ref or PassingKind.Out
                => (scalar, Passing(parameter), scalar.Kind.CSharp()),
            BufferType { IsDifferentiable: true } buffer when parameter.IsDifferentiable => (
                buffer with { Kind = parameter.IsWritten ? BufferKind.Span : BufferKind.ReadOnlySpan }, PassingKind.ByValue,
                $"global::System.{(parameter.IsWritten ? "" : "ReadOnly")}Span<{buffer.ElementText}>"),
            TensorType { IsDifferentiable: true } tensor when parameter.IsDifferentiable => ((IrType?)tensor, PassingKind.ByValue, parameter.TypeText),
            _ => (null, PassingKind.ByValue, ""),
        };
        if (type is null) return null;
        string name = parameter.IsLeaf ? DerivedNames.Tangent(parameter.Name) : names.Reserve(DerivedNames.Tangent(parameter.Name));
        Value value = _values.New(type, DerivedNames.Tangent(parameter.Value.Name));
        if (parameter.IsDifferentiable && passing != PassingKind.Out) _tangents[parameter.Value.Id] = value;
        return new Parameter(value, name, passing, text, true, type is TensorType ? parameter.ShapeText : null, IsWritten: type is BufferType && parameter.IsWritten);
    }

    /// <summary>A number that is no input has a tangent that only comes out.</summary>
    private static PassingKind Passing(Parameter parameter) => parameter.Passing switch
    {
        PassingKind.Ref => parameter.IsDifferentiable ? PassingKind.Ref : PassingKind.Out,
        PassingKind.Out => PassingKind.Out,
        _ => PassingKind.ByValue,
    };

    /// <summary>Appends the instructions of a region, each with its tangents behind it.</summary>
    private void Run(Region region, InstructionBuilder builder)
    {
        foreach (Instruction instruction in region.Body)
        {
            builder.Step = instruction.Step;
            switch (instruction)
            {
                case If branch:
                    ForwardIf(branch, builder);
                    break;
                case For loop:
                    ForwardFor(loop, builder);
                    break;
                case While loop:
                    ForwardWhile(loop, builder);
                    break;
                case Apply apply:
                    builder.Append(apply);
                    ForwardApply(apply, builder);
                    break;
                case Constant or BufferLength or Throw:
                    builder.Append(instruction);
                    break;
                case Call call:
                    ForwardCall(call, builder);
                    break;
                default:
                    builder.Append(instruction);
                    ForwardMemory(instruction, builder);
                    break;
            }
        }
    }

    private Value? Tangent(Value primal) => _activity.IsActive(primal) && _tangents.TryGetValue(primal.Id, out Value? tangent) ? tangent : null;

    private Value TangentOrZero(Value primal, InstructionBuilder builder) => Tangent(primal) ?? builder.Zero(primal.Type);

    /// <summary>A value for the tangent of one that control flow or memory defines.</summary>
    private Value NewTangent(Value primal) => _tangents[primal.Id] = _values.New(primal.Type, DerivedNames.Tangent(primal.Name));
}
