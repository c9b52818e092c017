using System.Collections.Immutable;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// What is asked of values beside the rules of operations.
internal sealed partial class ShapeEvaluator
{
    /// <summary>What is put into a member against its shape text.</summary>
    private void CheckStored(IOperation target, ShapeValue declared, ShapeValue value, IOperation from)
    {
        if (ShapeOf(declared) is not { } wanted || ShapeOf(value) is not { } given) return;
        if (target is not (IPropertyReferenceOperation or IFieldReferenceOperation)) return;
        _sizes.Reset();
        if (ShapeRules.SameShape(_sizes, wanted, given) is null && _sizes.Problem is not null)
            Report(ShapeDescriptors.Member, from,
                $"'{SourceText.Of(target.Syntax)}' is declared as {Text(wanted)}, and {Described(from, value)}");
    }

    /// <summary>Sizes of arguments against the largest ones: <c>[AtMost("time", "context")]</c>.</summary>
    private void CheckLimits(ImmutableArray<IArgumentOperation> given, IMethodSymbol target, string name, Signature signature, SignatureUnification unified, ShapeValue[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (given[i].Parameter is not { Ordinal: var ordinal }) continue;
            foreach ((ShapeText size, ShapeText limit) in signature.Limits(target.OriginalDefinition.Parameters[ordinal]))
            {
                if (unified.ShapeOf(size) is not { Rank: 1, HasRest: false } taken || unified.ShapeOf(limit) is not { Rank: 1, HasRest: false } most
                    || taken[0].IsUnknown() || most[0].IsUnknown() || (taken[0] - most[0]).Literal is not > 0) continue;
                IOperation argument = given[i].Value;
                Report(ShapeDescriptors.Slice, argument,
                    $"{Described(argument, values[i])}, and '{name}' takes {size} up to {limit} = {Spelled(most[0])}, not {Spelled(taken[0])}");
            }
        }
    }

    /// <summary>What a method returns against its <c>[return: Shape]</c>.</summary>
    public void CheckReturned(IOperation operation, ShapeText declared, string method, Func<string, Dim?> names)
    {
        ShapeValue value = Evaluate(operation);
        if (ShapeOf(value) is not { } given) return;
        _sizes.Reset();
        var unified = new SignatureUnification(_sizes, [(declared, given)], names);
        if (unified.Mismatch is { } mismatch)
            Report(ShapeDescriptors.Returned, operation,
                $"{Described(operation, value)}, but '{method}' is declared to return ({declared}): {Shown(mismatch.Reason)}");
        else if (Narrower(declared, given, names) is var (name, length))
            Report(ShapeDescriptors.Returned, operation,
                $"{Described(operation, value)}, but '{method}' is declared to return ({declared}): {length} is not every {name} that it may be called with");
        else
            ReportUnproven(operation, method);
    }

    /// <summary>A length of a result that is declared to be what the caller chooses, and is always the same.</summary>
    private (string Name, long Length)? Narrower(ShapeText declared, Shape given, Func<string, Dim?> names)
    {
        if (given.HasRest || declared.Items.Length != given.Rank) return null;
        for (int i = 0; i < given.Rank; i++)
            if (given[i].Literal is long length && declared.Items[i].Size?.Name is { } name && names(name)?.Name == name && _names.IsFree(name)) return (name, length);
        return null;
    }

    /// <summary>Indices that are written out, against the number of rows or classes.</summary>
    private void CheckIndices(IInvocationOperation call, IOperation indices, long count, string what)
    {
        if (Evaluate(indices) is not SequenceValue { Items: { } items }) return;
        long ignored = Argument(call, "ignoreIndex") is { } ignore && Evaluate(ignore) is NumberValue { Size.Literal: long index } ? index
            : -1;
        IReadOnlyList<IOperation> written = Elements(indices);
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i] is not NumberValue { Size.Literal: long value } || value >= 0 && value < count) continue;
            if (value == ignored && call.TargetMethod.Name == "CrossEntropy") continue;
            Report(ShapeDescriptors.Slice, i < written.Count ? written[i] : indices, $"index {value} is not from 0 to {count - 1}: {what}");
            return;
        }
    }

    /// <summary>A division that leaves a remainder in the lengths of a reshape: heads that do not divide the width.</summary>
    private void CheckRoundedLengths(IOperation list)
    {
        foreach (IOperation element in list.DescendantsAndSelf())
        {
            if (element is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } division) continue;
            if (Size(division.LeftOperand).Literal is not long a || Size(division.RightOperand).Literal is not long b || b == 0
                || a % b == 0) continue;
            Report(ShapeDescriptors.Divisor, division,
                $"'{SourceText.Of(division.Syntax)}' is {a}/{b}, which leaves a remainder of {a % b}: choose a number of parts that divides {a}");
            _sizes.Reset();
            return;
        }
    }

    /// <summary>Constructor arguments that have to divide others: <c>[Divides(nameof(width))] int heads</c>.</summary>
    private void CheckDivisors(IObjectCreationOperation creation)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (argument.Parameter?.Attribute("DividesAttribute") is not { ConstructorArguments: [{ Value: string name }] }) continue;
            IArgumentOperation? other = creation.Arguments.FirstOrDefault(a => a.Parameter?.Name == name);
            if (other is null || Size(argument.Value).Literal is not long divisor || Size(other.Value).Literal is not long size) continue;
            if (divisor != 0 && size % divisor == 0) continue;
            Report(ShapeDescriptors.Divisor, argument.IsImplicit ? creation : argument.Value,
                $"'{argument.Parameter.Name}' is {divisor}, which does not divide '{name}', which is {size}");
        }
    }

    private ShapeValue? HandleCall(IInvocationOperation call, ShapeValue receiver)
    {
        IMethodSymbol target = call.TargetMethod;
        if (target.Name == "CreateGradients" && receiver is ModelValue owner) return new HandleValue(HandleKind.Gradients, owner);
        if (receiver is HandleValue { Kind: HandleKind.Parameters } parameters && target.Name == "CopyFrom"
            && call.Arguments is [var other] && Evaluate(other.Value) is HandleValue { Kind: HandleKind.Parameters } source
            && Disagreement(parameters.Model, source.Model) is { } difference)
        {
            Report(ShapeDescriptors.OtherModel, other.Value,
                $"'{SourceText.Of(other.Value.Syntax)}' is of {Made(source.Model)}, and '{SourceText.Of(call.Instance?.Syntax)}' is of {Made(parameters.Model)}: {difference}");
            return ShapeValue.Unknown;
        }

        if (receiver is HandleValue { Kind: HandleKind.Gradients } gradients && target.Name == "For" && call.Arguments is [var slot]
            && Evaluate(slot.Value) is HandleValue { Kind: HandleKind.Parameter } one && AreTwo(gradients.Model, one.Model))
        {
            Report(ShapeDescriptors.OtherModel, slot.Value,
                $"'{SourceText.Of(slot.Value.Syntax)}' is a parameter of {Made(one.Model)}, and '{SourceText.Of(call.Instance?.Syntax)}' is of another object, {Made(gradients.Model)}");
            return ShapeValue.Unknown;
        }

        if (receiver is not HandleValue { Kind: HandleKind.Optimizer } optimizer) return null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (Evaluate(argument.Value) is not HandleValue { Kind: HandleKind.Gradients or HandleKind.OptimizerState } given) continue;
            string? reason = given.Optimizer.Length > 0 && given.Optimizer != optimizer.Optimizer ? $"'{given.Optimizer}' is not '{optimizer.Optimizer}'"
                : Disagreement(optimizer.Model, given.Model);
            if (reason is null) continue;
            string what = given.Kind == HandleKind.Gradients ? "gradients" : "state";
            Report(ShapeDescriptors.OtherModel, argument.Value,
                $"'{SourceText.Of(argument.Value.Syntax)}' is {what} of {Made(given.Model)}, and the optimizer '{SourceText.Of(call.Instance?.Syntax)}' is of {Made(optimizer.Model)}: {reason}");
        }

        return target.Name == "ExportState" ? optimizer with { Kind = HandleKind.OptimizerState } : ShapeValue.Unknown;
    }

    /// <summary>Gradients that are handed to a model's own derivative.</summary>
    private void CheckGradients(IInvocationOperation call, ShapeValue receiver, ShapeValue[] values)
    {
        if (receiver is not ModelValue { IsThis: false } model) return;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not HandleValue { Kind: HandleKind.Gradients } given || Disagreement(model, given.Model) is not { } reason)
                continue;
            IOperation argument = call.Arguments[i].Value;
            Report(ShapeDescriptors.OtherModel, argument,
                $"'{SourceText.Of(argument.Syntax)}' is gradients of {Made(given.Model)}, and '{SourceText.Of(call.Instance?.Syntax)}' is {Made(model)}: {reason}");
        }
    }

    /// <summary>Whether two models are two objects for certain: made in two places.</summary>
    private static bool AreTwo(ModelValue a, ModelValue b) => a.Creation is { } x && b.Creation is { } y && x != y;

    /// <summary>A trainer wants an optimizer of the very model, and windows that fit into its context.</summary>
    private void CheckTrainer(IObjectCreationOperation creation, ShapeValue[] values)
    {
        ShapeValue Given(string name) => creation.Arguments.Select((a, i) => a.Parameter?.Name == name ? values[i] : null).FirstOrDefault(static v => v is not null) ?? ShapeValue.Unknown;
        IOperation At(string name) => creation.Arguments.First(a => a.Parameter?.Name == name).Value;
        if (Given("model") is not ModelValue model) return;
        if (Given("optimizer") is HandleValue { Kind: HandleKind.Optimizer } optimizer && AreTwo(model, optimizer.Model))
            Report(ShapeDescriptors.OtherModel, At("optimizer"), $"'{SourceText.Of(At("optimizer").Syntax)}' is of {Made(optimizer.Model)}, and the model is another object, {Made(model)}");
        if (Given("batches") is ModelValue batches && batches.Argument("context")?.Literal is long window && model.Argument("context")?.Literal is long context && window > context)
            Report(ShapeDescriptors.Slice, At("batches"), $"the windows are {window} tokens long, and the context of {Made(model)} is {context}");
    }

    private static string? Disagreement(ModelValue a, ModelValue b)
    {
        if (!SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
            return Related(a.Type, b.Type) || Related(b.Type, a.Type) ? null : $"'{a.Type.Name}' is not '{b.Type.Name}'";
        foreach (ModelArgument argument in a.Arguments)
        {
            if (a.Argument(argument.Name)?.Literal is long x && b.Argument(argument.Name)?.Literal is long y && x != y)
                return $"'{argument.Name}' is {x} there and {y} here";
        }

        return null;
    }

    private static bool Related(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other.OriginalDefinition)) return true;
        return type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, other.OriginalDefinition));
    }

    private static string Made(ModelValue model)
        => model.Creation is { } creation ? $"'{SourceText.Of(creation)}'" : $"another '{model.Type.Name}'";
}
