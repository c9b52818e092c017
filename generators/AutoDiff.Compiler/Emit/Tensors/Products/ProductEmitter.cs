using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes a <see cref="ProductKernel"/>: the struct of its epilogue, where it has one, and the statements that run it.</summary>
internal sealed class ProductEmitter
{
    private const string Kernels = "global::AutoDiff.Kernels";

    private readonly ProductKernel _kernel;
    private readonly IKernelHost _host;
    private readonly string _element;
    private readonly Value? _main;
    private readonly ProductBatches _batches;
    private readonly EpilogueEmitter? _epilogue;

    public ProductEmitter(ProductKernel kernel, IKernelHost host)
    {
        (_kernel, _host) = (kernel, host);
        _element = kernel.Product.Result.Element.CSharp();
        // The product writes one result itself; the epilogue stores the others on the way.
        _main = kernel.Defines.Last(value => value.Element.IsFloating() && Products.CanWrite(host.PlaceOf(value).Layout));
        _batches = new ProductBatches(kernel, host.PlaceOf, _main);
        bool plain = kernel.Defines.Length == 1 && kernel.Epilogue.IsEmpty;
        _epilogue = plain ? null : new EpilogueEmitter(kernel, _main, _batches, host);
    }

    public bool HasStruct => _epilogue is not null;

    public void WriteStruct(SourceWriter writer, string name) => _epilogue!.WriteStruct(writer, name);

    public void WriteRun(SourceWriter writer, Action<string> statement, string? name, Func<string, string> newName)
    {
        string shape = newName("shape");
        if (_host.Lane is not null && _batches.Levels.Count > 0) throw new NotSupportedException("a product in a block has no batches");
        using (writer.Block($"var {shape} = new {Kernels}.{(_host.Lane is null ? "ProductShape" : "MatrixShape")}", "};"))
        {
            writer.WriteLine($"Rows = {Text(_batches.Rows)}, Columns = {Text(_batches.Columns)}, Inner = {Text(_batches.Inner)},");
            writer.WriteLine($"ARowStride = {Text(_batches.ARow)}, {Other("AColumnStride", _batches.AColumn)}"
                + $"BRowStride = {Text(_batches.BRow)}, {Other("BColumnStride", _batches.BColumn)}CRowStride = {Text(_batches.CRow)},");
            for (int k = 0; k < _batches.Levels.Count; k++)
            {
                ProductBatches.Level level = _batches.Levels[k];
                string number = (k + 3 - _batches.Levels.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
                writer.WriteLine($"Batch{number} = {Text(level.Size)}, ABatch{number} = {Text(level.A)}, BBatch{number} = {Text(level.B)}, CBatch{number} = {Text(level.C)},");
            }

            if (_host.Lane?.Diagonal is { } diagonal && diagonal.TriangleOf(_batches) is { } triangle)
                writer.WriteLine($"Triangle = {Kernels}.ProductTriangle.{triangle}, Diagonal = {diagonal.First},");
            if (_epilogue is null && _host.Accumulates(_host.PlaceOf(_main!).Root)) writer.WriteLine($"Accumulate = {_host.Lane?.Accumulates ?? "true"},");
        }

        string a = Start(_kernel.Product.Inputs[0]), b = Start(_kernel.Product.Inputs[1]), c = Start(_main!);
        (string types, string arguments) = _host.Lane is { } lane ? ($"{lane.Vector}, {_element}", $"{lane.Workspace}, in {shape}") : (_element, $"in {shape}");
        if (_epilogue is null)
        {
            statement($"global::AutoDiff.Generated.Products.Multiply<{types}>({arguments}, {a}, {b}, {c});");
            return;
        }

        string epilogue = newName("epilogue");
        using (writer.Block($"var {epilogue} = new {name}", "};"))
            foreach ((_, string field, string initial) in _epilogue.Fields) writer.WriteLine($"{field} = {initial},");
        statement($"global::AutoDiff.Generated.Products.Multiply<{types}, {name}>({arguments}, {a}, {b}, {c}, ref {epilogue});");
    }

    private string Start(Value value)
    {
        Place place = _host.PlaceOf(value);
        string span = _host.SpanOf(place.Root);
        return place.Layout.Offset == Dim.Zero ? span : $"{span}.Slice({_host.Spell(place.Layout.Offset)})";
    }

    private string Other(string name, Dim stride) => stride.IsOne ? "" : $"{name} = {Text(stride)}, ";

    private string Text(Dim dim) => _host.Spell(dim);
}
