using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Fields, properties and indexers; objects that are made.
internal sealed partial class ShapeEvaluator
{
    private ShapeValue Property(IPropertyReferenceOperation property)
    {
        if (property.Property.IsIndexer) return Indexer(property);
        if (property.Instance is { } instance and not IInstanceReferenceOperation
            && Held(property.Property.Name, Evaluate(instance)) is not UnknownValue and var held)
            return held;
        if (property.Instance is { } tensor && IsExtension(property.Property) && Evaluate(tensor) is TensorValue extended)
            return FollowedGetter(property, extended) ?? ShapeValue.Unknown;
        ShapeValue value = Member(property.Instance, property.Property, property);
        if (value is UnknownValue && Made(property.Type) is ModelValue part) return part;
        return value is UnknownValue && _findings is not null && !MemberValues.IsAutomatic(property.Property) && property.Instance is { } holder && Evaluate(holder) is ModelValue { IsThis: false } model
            ? FollowedGetter(property, model) ?? value : value;
    }

    /// <summary>What a getter whose source is here gives for one object.</summary>
    private ShapeValue? FollowedGetter(IPropertyReferenceOperation property, ShapeValue holder)
    {
        if (property.Property.OriginalDefinition.GetMethod is not { } getter || IsDispatched(getter) || holder is ModelValue model && !Declares(model.Type, getter)) return null;
        var arguments = new ShapeValue[getter.Parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = property.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == i) is { } given ? Evaluate(given.Value) : ShapeValue.Unknown;
        if (_callees.Run(getter, holder, new(arguments)) is not { } outcome) return null;
        ReportInside(property, property.Property.IsIndexer ? "this[]" : property.Property.Name, outcome);
        return outcome.Result;
    }

    /// <summary>Whether a member stands in an <c>extension</c> block, whose type has no name.</summary>
    private static bool IsExtension(ISymbol member) => member.ContainingType is { IsStatic: false, Name: "" };

    /// <summary>What a value that is no object of the project says of itself under a name.</summary>
    private static ShapeValue Held(string name, ShapeValue holder) => (name, holder) switch
    {
        ("Lengths", TensorValue { Shape: var shape }) => new LengthsValue(shape),
        ("Rank", TensorValue { Shape: { HasRest: false } shape }) => Numbers.Of(shape.Rank),
        ("FlattenedLength", TensorValue { Shape: { HasRest: false } shape })
            => new NumberValue(shape.Dims.Any(static d => d.IsUnknown()) ? SizeComparison.Unknown : shape.Count),
        ("Length" or "Count", SequenceValue sequence) => new NumberValue(sequence.Length),
        ("Length", LengthsValue { Shape: { HasRest: false } shape }) => Numbers.Of(shape.Rank),
        ("Current", EnumeratorValue enumerator) => enumerator.Current,
        ("Value" or "Result", TensorValue or NumberValue or TupleValue) => holder,
        _ => ShapeValue.Unknown,
    };

    private ShapeValue Indexer(IPropertyReferenceOperation property)
    {
        ShapeValue holder = Evaluate(property.Instance);
        if (holder is TensorValue tensor)
        {
            if (property.Arguments.Length != 1) return Others(property);
            if (TypeMap.Tensor(property.Type) is not null) return Sliced(property, tensor, property.Arguments[0].Value);
            CheckElement(property, tensor, property.Arguments[0].Value);
            return ShapeValue.Unknown;
        }

        if (holder is HandleValue { Kind: HandleKind.Parameters } parameters) return parameters with { Kind = HandleKind.Parameter };
        if (holder is ModelValue model && FollowedGetter(property, model) is { } got) return got;
        if (holder is MapValue map) return property.Arguments is [var entry] && Key(entry.Value) is { } key ? map[key] : Others(property);
        return property.Arguments.Length == 1
            ? At(holder, Evaluate(property.Arguments[0].Value), property, property.Arguments[0].Value)
            : Others(property);
    }

    /// <summary>What a member holds: over the names of this type, or in the sizes of the object that holds it.</summary>
    private ShapeValue Member(IOperation? instance, ISymbol member, IOperation at)
    {
        ShapeValue holder = instance is null ? ShapeValue.Unknown : Evaluate(instance);
        if (holder is TupleValue tuple && member is IFieldSymbol item) return Item(tuple, item);
        if (IsOwn(instance) && State[member] is not UnknownValue and var stored) return stored;
        if (holder is HandleValue { Kind: HandleKind.Gradients } gradients && TypeMap.Tensor(MemberValues.TypeOf(member)) is not null)
        {
            ISymbol? parameter = gradients.Model.Type.GetMembers(member.Name).FirstOrDefault();
            return parameter is null ? ShapeValue.Unknown : InModel(gradients.Model, parameter, MemberValues.Of(_scope, parameter));
        }

        ITypeSymbol? type = MemberValues.TypeOf(member);
        if (type is INamedTypeSymbol { Name: "ParameterSet" } && type.IsIn(KnownAttributes.Namespace))
            return holder is ModelValue owner ? new HandleValue(HandleKind.Parameters, owner) : ShapeValue.Unknown;
        ShapeValue value = MemberValues.Of(_scope, member);
        if (holder is ModelValue { IsThis: true } self)
        {
            if (!Declares(self.Type, member)) return Inheritance.In(_scope, self.Type, member.ContainingType, value);
            return value is UnknownValue && type is not null && IsInteger(type)
                && TypeNames.Of(_scope, self.Type).Resolve(member.Name) is { } own && !_names.Reassigned.Contains(member)
                ? new NumberValue(own) : value;
        }

        if (member.IsStatic) return value;
        return holder is ModelValue model ? InModel(model, member, value) : Substitution.In(value, static _ => null);
    }

    private static bool Declares(INamedTypeSymbol type, ISymbol member)
        => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType.OriginalDefinition);

    private ShapeValue InModel(ModelValue model, ISymbol member, ShapeValue value)
    {
        if (model.IsThis) return value;
        if (!Declares(model.Type, member))
            return Substitution.In(Inheritance.In(_scope, model.Type, member.ContainingType, value), name => model.Argument(name) ?? SizeIn(model, name));
        if (model.IsTracked && model.Value(ModelValue.Left + member.Name) is not UnknownValue and var held) return held;
        if (MemberValues.Settled(_scope, model, member) is { } settled) return settled;
        if (IsVague(value) && MemberValues.In(_scope, model, member) is not UnknownValue and var made) return made;
        if (value is UnknownValue && MemberValues.TypeOf(member) is { } type && IsInteger(type))
            return new NumberValue(SizeIn(model, member.Name));
        return Substitution.In(value, name => model.Argument(name) ?? SizeIn(model, name));
    }

    /// <summary>Whether one object may say more than its type does.</summary>
    private static bool IsVague(ShapeValue value) => value is UnknownValue || value is TensorValue { Shape: var shape } && shape.Dims.Any(static d => d.IsUnknown());

    /// <summary>A number of a model whose source is not here: what it was made with under that name.</summary>
    private Dim SizeIn(ModelValue model, string name)
    {
        foreach (ModelArgument argument in model.Arguments)
            if ((string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase) || argument.Name == ModelValue.Left + name) && argument.Value is NumberValue number) return number.Size;
        ISymbol? member = model.Type.GetMembers(name).FirstOrDefault(static m => MemberValues.TypeOf(m) is { } type && IsInteger(type));
        return member is not null && MemberValues.In(_scope, model, member) is NumberValue { Size: var size } ? size : SizeComparison.Unknown;
    }

    private ShapeValue Creation(IObjectCreationOperation creation)
    {
        ShapeValue[] arguments = creation.Arguments.Select(a => Evaluate(a.Value)).ToArray();
        if (creation.Type is not INamedTypeSymbol type) return ShapeValue.Unknown;
        if (NewCollection(creation, type, arguments) is { } collection) return collection;
        if (creation.Initializer is { } initializer) Evaluate(initializer);
        if (type.Name == "Lazy" && type.IsIn("System")) return arguments is [FunctionValue first, ..] && first.Body is { } body
            && !_scope.VariablesAround(body.Syntax).Any(_names.Reassigned.Contains) && Run(first, []) is { } late ? late.Result : ShapeValue.Unknown;
        if (type.Name is "TensorSpan" or "ReadOnlyTensorSpan" && type.IsIn("System.Numerics.Tensors")) return Spanned(creation, arguments);
        if (TypeMap.Buffer(type) is not null) return arguments.OfType<SequenceValue>().FirstOrDefault() ?? ShapeValue.Unknown;
        if (type.Name is "NRange" or "Range" && arguments.Length == 2) return RangeOf(creation);
        HandleKind? kind = Inherits(type, "GradientSet") ? HandleKind.Gradients : Inherits(type, "Optimizer") ? HandleKind.Optimizer : null;
        if (kind is { } made)
            return arguments.OfType<HandleValue>().FirstOrDefault() is { } handle ? new HandleValue(made, handle.Model) { Optimizer = made == HandleKind.Optimizer ? type.Name : "" }
                : ShapeValue.Unknown;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)
            || type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true)
            return ShapeValue.Unknown;
        foreach (IArgumentOperation argument in creation.Arguments) Escape(argument.Value);
        CheckDivisors(creation);
        if (Inherits(type, "Trainer")) CheckTrainer(creation, arguments);
        ModelArgument[] given = [.. creation.Arguments.Where(static a => a.Parameter is not null)
            .Select((a, i) => new ModelArgument(a.Parameter!.Name, IsInteger(a.Parameter.Type) && arguments[i] is UnknownValue
                ? Numbers.Unknown : arguments[i]))
            .Where(static a => a.Value is not UnknownValue)];
        return Constructed(creation, arguments, new ModelValue(type.OriginalDefinition, [.. given, .. NamedSizes(creation, type, arguments).Where(n => given.All(g => g.Name != n.Name))])
        {
            Creation = creation.Syntax,
        });
    }

    /// <summary>Arguments against the shape texts of a constructor's parameters, and the sizes that they give to the names in those.</summary>
    private IEnumerable<ModelArgument> NamedSizes(IObjectCreationOperation creation, INamedTypeSymbol type, ShapeValue[] values)
    {
        if (creation.Constructor is not { } constructor || Signature.Of(_scope, constructor) is not { IsEmpty: false } signature) return [];
        SignatureUnification unified = Unify(
            creation, creation.Arguments, constructor, type.Name, signature, values, name => Bound(creation.Arguments, constructor, ShapeValue.Unknown, values, name), static () => "");
        return signature.Names.Select(name => new ModelArgument(name, _scope.Parse(name) is { } text && unified.ShapeOf(text) is { Rank: 1, HasRest: false } size
            ? new NumberValue(size[0]) : ShapeValue.Unknown)).Where(static n => n.Value is NumberValue number && !number.Size.IsUnknown());
    }

    /// <summary>The object with what its constructor leaves in its members, where that has a body which is here.</summary>
    private ModelValue Constructed(IObjectCreationOperation creation, ShapeValue[] values, ModelValue model)
    {
        State.Untrack(m => m.Creation == creation.Syntax);
        if (creation.Constructor?.OriginalDefinition is not { IsImplicitlyDeclared: false } constructor) return Tracked(model, null, null);
        var arguments = new ShapeValue[constructor.Parameters.Length];
        for (int i = 0; i < arguments.Length; i++) arguments[i] = ShapeValue.Unknown;
        for (int i = 0; i < values.Length; i++)
            if (creation.Arguments[i].Parameter is { RefKind: RefKind.None, Ordinal: var ordinal }) arguments[ordinal] = values[i];
        if (_callees.Run(constructor, model, new(arguments)) is not { } outcome) return Tracked(model, constructor, null);
        ReportInside(creation, model.Type.Name, outcome);
        return outcome.Leaks ? model.With(outcome.Members) : Tracked(model, constructor, outcome.Members);
    }

    /// <summary>A view of memory as a tensor.</summary>
    private ShapeValue Spanned(IObjectCreationOperation creation, ShapeValue[] arguments)
    {
        Shape? shape = creation.Arguments.FirstOrDefault(static a => a.Parameter?.Name == "lengths") is { } lengths ? Sizes(lengths.Value)
            : arguments is [SequenceValue all] ? Shape.Of(all.Length) : null;
        return shape is { Rank: > 0 } ? new TensorValue(shape) { Origin = new Origin(null, creation.Syntax) } : ShapeValue.Unknown;
    }

    private ShapeValue RangeOf(IObjectCreationOperation range)
        => new RangeValue(Position(range.Arguments[0].Value), Position(range.Arguments[1].Value));

    private static bool Inherits(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Name == name && type.ContainingNamespace is { } ns
                && ns.ToDisplayString().StartsWith(KnownAttributes.Namespace, StringComparison.Ordinal))
                return true;
        return false;
    }
}
