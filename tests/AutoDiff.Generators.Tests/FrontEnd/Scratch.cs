using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
namespace AutoDiff.Generators.Tests.FrontEnd;
public class Scratch
{
    [Fact]
    public void Print()
    {
        string[] sources = File.ReadAllText("/tmp/fe/in.txt").Split("====");
        var w = new StringWriter();
        foreach (string s in sources)
        {
            var src = s.Contains("class C") ? new LoweringSource(s) : LoweringSource.Members(s);
            foreach (var d in src.Compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)) w.WriteLine(d);
            try {
            var r = src.Lower();
            w.WriteLine(s.Trim());
            foreach (var d in r.Diagnostics) w.WriteLine(d);
            if (r.Function is not null) w.WriteLine(IrPrinter.Print(r.Function));
            } catch (Exception e) { w.WriteLine(e); }
        }
        File.WriteAllText("/tmp/fe/out.txt", w.ToString());
    }
}
