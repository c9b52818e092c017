using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Derivatives;

public sealed class CallTests
{
    private static readonly BufferType ReadOnly = new(ElementKind.Double, BufferKind.ReadOnlySpan);

    /// <summary>The pullback needs the operand as it was when the call ran: <c>a[0] = x; y = G(a); a[0] = 3; return y</c>.</summary>
    [Fact]
    public void ABufferThatIsOverwrittenAfterTheCall()
    {
        var g = new FunctionBuilder("G");
        Value a = g.Parameter("a", ReadOnly), first = g.Body.Load(a, g.Body.Int(0));
        Function square = g.Return(g.Body.Scalar(ScalarOp.Multiply, first, first));

        var f = new FunctionBuilder();
        Value x = f.Double("x"), local = f.Values.New(new BufferType(ElementKind.Double, BufferKind.Array), "a"), zero = f.Body.Int(0);
        f.Body.Append(new AllocateBuffer(local, f.Body.Int(2)));
        f.Body.Append(new Store(local, zero, x));
        Value y = f.Values.New(IrType.Double, "y");
        f.Body.Append(new Call([y], Examples.Callee(square), [local], []));
        f.Body.Append(new Store(local, zero, f.Body.Constant(IrType.Double, 3)));
        var program = new TestProgram(f.Return(y), [new InterpretedScalar(0.5)], new Dictionary<string, Function> { ["G"] = square });
        Assert.Empty(new GradientCheck(program).Compare(new DerivativeOptions()));
        Assert.Equal([1.0], new GradientCheck(program).Gradients(new DerivativeOptions(UnitSeed: true)));
    }
}
