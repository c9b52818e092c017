using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.IR;

/// <summary>Print, parse: the same value, and the same text again.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void RandomFunctionsAndTheirDerivatives()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            TestProgram program = RandomProgram.Make(seed, 4 + seed % 40);
            string text = IrPrinter.Print(program.Function);
            Assert.Equal(program.Function, IrParser.ParseFunction(text));
            if (!program.IsFollowed) continue;
            Derivative derivative = program.Derivative(new DerivativeOptions(StoreEverything: seed % 2 == 0));
            string printed = IrPrinter.Print(derivative);
            Derivative parsed = IrParser.ParseDerivative(printed);
            Assert.Equal(printed, IrPrinter.Print(parsed));
            Assert.Equal(derivative, parsed);
            Region backward = derivative.Backward;
            Assert.Equal(backward, IrParser.ParseRegion(IrPrinter.Print(backward)));
        }
    }

    private const string Structs = """
        function F {
          part p: struct "global::P" new(0, 1) { X: f64 initialize differentiable, "GetValueOrDefault()": struct "(double, int)" tuple { A: f64 field, N: i32 set required } construct }
          part "": struct "double?" nullable { HasValue: bool construct, Value: f64 construct differentiable }
          parameter "p.X" = %0 x: f64 value differentiable "double"
          parameter "p.GetValueOrDefault().A" = %1: f64 value "double"
          parameter "p.GetValueOrDefault().N" = %2: i32 value "int"
          output return ".HasValue": bool
          output return ".Value": f64
          body {
            %3: bool = less %1, %0
            yield %3, %0
          }
        }

        """;

    [Fact]
    public void StructsInSignatures()
    {
        Function function = IrParser.ParseFunction(Structs);
        Assert.Equal(Structs, IrPrinter.Print(function));
        Assert.Empty(IrVerifier.Verify(function));
        Assert.Equal(["p"], SignatureParts.Parameters(function).Select(static p => p.Name));
        Assert.Equal([".HasValue", ".Value"], SignatureParts.Result(function)!.Leaves.Select(static l => l.Path));
    }

    private const string State = """
        function F {
          callee @0 "global::P" Raise effects state -> void {
            parameter gauge: opaque<global::Gauge> value "global::Gauge"
          }
          parameter gauge = %0 gauge: opaque<global::Gauge> value "global::Gauge"
          output return "": f64
          body {
            %1: f64 = outside["global::P.Shared" changes]
            %2: opaque<global::Gauge> = member[Next? changes] %0
            %3: f64 = member[Level changes] %2
            %4: f64 = member[Size] %2
            call @0:Raise(%0)
            %5: f64 = multiply %1, %3
            yield %5
          }
        }

        """;

    [Fact]
    public void WhatMayChangeOutside()
    {
        Function function = IrParser.ParseFunction(State);
        Assert.Equal(State, IrPrinter.Print(function));
        Assert.Empty(IrVerifier.Verify(function));
        Assert.Equal([true, true, true, false], function.Body.Body.OfType<Apply>().Take(4).Select(static a => a.Operation.ReadsState));
    }

    [Theory]
    [InlineData("parameter \"p.X\"", "parameter \"p.Z\"", "the parameter p has no parameters for its leaves")]
    [InlineData("output return \".Value\"", "output return \".Other\"", "the returned struct has no outputs for its leaves")]
    public void StructsThatAreNotTakenApart(string from, string to, string violation)
        => Assert.Contains(violation, IrVerifier.Verify(IrParser.ParseFunction(Structs.Replace(from, to))));

    [Theory]
    [InlineData("f64 = const 0.1", 0.1)]
    [InlineData("f64 = const -0", -0.0)]
    [InlineData("f64 = const NaN", double.NaN)]
    [InlineData("f64 = const -Infinity", double.NegativeInfinity)]
    [InlineData("f64 = const 5E-324", double.Epsilon)]
    [InlineData("f64 = const 0.30000000000000004", 0.1 + 0.2)]
    public void ConstantsKeepTheirBits(string text, double value)
    {
        Region region = Constants(new Constant(new Value(0, IrType.Double, ""), BitConverter.DoubleToInt64Bits(value)));
        string printed = IrPrinter.Print(region);
        Assert.Contains(text, printed);
        Assert.Equal(region, IrParser.ParseRegion(printed));
    }

    [Fact]
    public void ANaNKeepsItsPayload()
    {
        Region region = Constants(new Constant(new Value(0, IrType.Double, ""), 0x7FF8000000001234));
        Assert.Equal(region, IrParser.ParseRegion(IrPrinter.Print(region)));
    }

    [Theory]
    [InlineData("3*channels/heads")]
    [InlineData("a*b - 2*c + 1/2")]
    [InlineData("-a/3")]
    [InlineData("1/width")]
    [InlineData("...batch*time")]
    [InlineData("0")]
    public void Dimensions(string text)
    {
        Dim dim = TypeParser.Dim(new TextCursor(text));
        Assert.Equal(dim, TypeParser.Dim(new TextCursor(dim.ToString())));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void TypesOfValues(IrType type)
    {
        Value value = new(3, type, "the value");
        Region region = new([value], [], [value]);
        Assert.Equal(region, IrParser.ParseRegion(IrPrinter.Print(region)));
    }

    public static TheoryData<IrType> Types() =>
    [
        IrType.Bool, new ScalarType(ElementKind.Half), new BufferType(ElementKind.UInt64, BufferKind.Array),
            new TapeType(new BufferType(ElementKind.Single, BufferKind.Span)),
        new TensorType(ElementKind.Single, Shape.Of(Dim.Symbol("batch"), Dim.Constant(3) * Dim.Symbol("c"))),
            new TensorType(ElementKind.Int32, Shape.Scalar),
        new ModelType("global::A.B<global::C, int>"), new ModelListType(new ModelType("global::A.B<int, int>"), "Count"),
            new OpaqueType("(int, string)"),
    ];

    [Theory]
    [InlineData("function F { body { yield %1 } }", "line 1: a definition of %1")]
    [InlineData("function F {\n body {\n %0: f64 = nonsense\n yield\n }\n}", "line 3: an operation, not 'nonsense'")]
    [InlineData("function F { body { yield }", "'}' was expected")]
    public void ErrorsNameTheLineAndWhatWasExpected(string text, string message)
        => Assert.Contains(message, Assert.Throws<IrSyntaxException>(() => IrParser.ParseFunction(text)).Message);

    private static Region Constants(Constant constant) => new([], [constant], [constant.Result]);
}
