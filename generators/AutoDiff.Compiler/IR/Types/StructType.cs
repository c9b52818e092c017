namespace AutoDiff.Compiler.IR;

/// <summary>How generated code gives a component of a struct its value.</summary>
public enum ComponentAccess
{
    /// <summary>It is a field that can be assigned, also where the struct is an element of a span: <c>dp[i].X += …</c>.</summary>
    Field,

    /// <summary>A property with <c>set</c>.</summary>
    Set,

    /// <summary>A property with <c>init</c>: only an initializer or <c>with</c> gives it a value.</summary>
    Initialize,

    /// <summary>Only a constructor gives it a value.</summary>
    Construct,
}

/// <summary>How a struct is written as an expression.</summary>
public enum StructForm
{
    /// <summary><c>new T(…) { … }</c>.</summary>
    Object,

    /// <summary><c>(a, b)</c>.</summary>
    Tuple,

    /// <summary><c>T?</c>: a flag and a value.</summary>
    Nullable,
}

/// <summary>One component of a struct: a field, an automatic property or the element of a tuple.</summary>
/// <param name="Name">How it is read, after a dot.</param>
/// <param name="Type">A scalar, a <see cref="StructType"/>, or a type that only passes through.</param>
/// <param name="Access">How it is set.</param>
/// <param name="IsDifferentiable">Whether it carries a derivative: a differentiable type without <c>[NoGradient]</c>.</param>
/// <param name="IsRequired">Whether an initializer has to give it a value.</param>
public sealed record StructComponent(string Name, IrType Type, ComponentAccess Access, bool IsDifferentiable, bool IsRequired = false)
{
    public override string ToString()
        => $"{IrText.Word(Name)}: {Type} {Access.ToString().ToLowerInvariant()}"
            + (IsDifferentiable ? " differentiable" : "") + (IsRequired ? " required" : "");
}

/// <summary>
/// A value type of several numbers: a struct, a record struct or a tuple. No value of the IR has this type: the front end replaces a struct by its leaves, and
/// the type says, in signatures and for elements of buffers, how to take one apart and how to build one.
/// </summary>
/// <param name="Name">The C# type with <c>global::</c>.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Components">In the order of their declaration.</param>
/// <param name="Arguments">The components that its constructor takes, in that order, by index; the others are set in an initializer.</param>
public sealed record StructType(string Name, StructForm Form, EquatableArray<StructComponent> Components, EquatableArray<int> Arguments) : IrType
{
    public override bool IsDifferentiable => Components.Any(static c => c.IsDifferentiable);

    /// <summary>The components that are no structs, at any depth, in order.</summary>
    public IEnumerable<StructLeaf> Leaves => LeavesBelow("", true);

    private IEnumerable<StructLeaf> LeavesBelow(string path, bool differentiable)
    {
        foreach (StructComponent component in Components)
        {
            string name = $"{path}.{component.Name}";
            if (component.Type is not StructType nested)
                yield return new StructLeaf(name, component.Type, differentiable && component.IsDifferentiable);
            else
                foreach (StructLeaf leaf in nested.LeavesBelow(name, differentiable && component.IsDifferentiable)) yield return leaf;
        }
    }

    public override string ToString()
    {
        string form = Form == StructForm.Object ? "" : " " + Form.ToString().ToLowerInvariant();
        string arguments = Arguments.IsEmpty ? "" : $" new({string.Join(", ", Arguments)})";
        return $"struct {IrText.Quote(Name)}{form}{arguments} {{ {string.Join(", ", Components)} }}";
    }
}

/// <summary>A leaf of a struct.</summary>
/// <param name="Path">From the struct to it: <c>.Position.X</c>.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="IsDifferentiable">Whether it and all components around it carry derivatives.</param>
public sealed record StructLeaf(string Path, IrType Type, bool IsDifferentiable);
