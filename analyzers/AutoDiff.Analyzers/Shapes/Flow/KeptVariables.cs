using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// What holds at any time of a tensor that a method shares with the functions inside of it, which write it too: weights that a lambda
/// steps. It is assumed, everything that is put into it is looked at under that assumption, and what that does not keep is taken back
/// until nothing changes any more. Who calls the functions when does not matter then.
/// </summary>
internal static class KeptVariables
{
    private const int MaximumRounds = 4;

    /// <param name="analyze">Goes through the method and the functions inside of it, and tells what is put into shared variables.</param>
    public static void Find(MethodNames names, Action<Action<ISymbol, ShapeValue>> analyze)
    {
        if (!names.Shared.Any(IsCandidate)) return;
        for (int round = 0; round <= MaximumRounds; round++)
        {
            bool isFirst = round == 0, isKept = !isFirst;
            var after = new Dictionary<ISymbol, ShapeValue>(SymbolEqualityComparer.Default);
            analyze((variable, value) =>
            {
                value = Lasting(names, value);
                if (!IsCandidate(variable) || isFirst && !IsWhollyKnown(value)) return;
                after[variable] = after.TryGetValue(variable, out ShapeValue? before) ? before is UnknownValue ? before : Joins.Of(before, value) : value;
            });

            foreach (KeyValuePair<ISymbol, ShapeValue> variable in after)
            {
                bool isKnown = names.Kept.TryGetValue(variable.Key, out ShapeValue? assumed);
                ShapeValue next = isKnown ? Joins.Of(assumed!, variable.Value) : isFirst ? variable.Value : ShapeValue.Unknown;
                isKept &= !isKnown || next.Equals(assumed);
                if (next is TensorValue) names.Kept[variable.Key] = next;
                else names.Kept.Remove(variable.Key);
            }

            if (isKept) return;
        }

        names.Kept.Clear();
    }

    private static bool IsCandidate(ISymbol variable) => variable is ILocalSymbol { IsRef: false } local && TypeMap.Tensor(local.Type) is not null;

    private static bool IsWhollyKnown(ShapeValue value) => value is TensorValue { Shape: var shape } && !shape.Dims.Any(static d => d.IsUnknown());

    /// <summary>Without the sizes of which the names mean other numbers later.</summary>
    private static ShapeValue Lasting(MethodNames names, ShapeValue value)
    {
        foreach (string name in Substitution.Names(value).Distinct().ToArray())
            if (SourceText.HasMark(name) || names.Reassigned.Any(v => v.Name == name)) value = Substitution.Without(value, name);
        return value;
    }
}
