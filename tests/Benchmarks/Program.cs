using System.Globalization;
using AutoDiff.Benchmarks;
using AutoDiff.Benchmarks.Analyzers;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Benchmarks.Generator;
using AutoDiff.Benchmarks.GradBench;
using AutoDiff.Benchmarks.Kernels;
using AutoDiff.Benchmarks.Overhead;
using AutoDiff.Benchmarks.Peers;

// dotnet run -c Release --project tests/Benchmarks -- bounds|training|generation|kernels|gradbench|generator|compile-time|overhead|analyzers [arguments]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Array.IndexOf(args, "--python") is >= 0 and int at && at + 1 < args.Length)
{
    PyTorch.Python = args[at + 1];
    args = [.. args[..at], .. args[(at + 2)..]];
}

switch (args)
{
    case ["bounds"]:
        FigureTable.Print(KernelBenchmark.Figures([]).Concat(TrainingBenchmark.Figures(rounds: 5, seconds: 3)).Concat(GenerationBenchmark.Figures([])));
        break;
    case ["kernels", .. string[] rest]:
        FigureTable.Print(KernelBenchmark.Figures(rest));
        break;
    case ["training", .. string[] rest]:
        TrainingBenchmark.Run(rest);
        break;
    case ["generation", .. string[] rest]:
        FigureTable.Print(GenerationBenchmark.Figures(rest));
        break;
    case ["gradbench", .. string[] rest]:
        GradBenchBenchmark.Run(rest);
        break;
    case ["analyzers", .. string[] rest]:
        AnalyzerBenchmark.Run(rest);
        break;
    case ["generator"]:
        GeneratorBenchmark.Run();
        break;
    case ["compile-time"]:
        CompileTimeBenchmark.Run();
        break;
    case ["overhead"]:
        OverheadBenchmark.Run();
        break;
    default:
        Usage();
        break;
}

static void Usage() => Console.WriteLine("""
        Ratios side by side; quote medians, on an idle machine.
          bounds      everything that has a bound, in one table: kernels, training, generation; against PyTorch where there is one (--python PATH). Minutes
          training [gpt-cpu|tiny|baby] [--threads N] [--seconds S] [--peer COMMAND]
                      a training step: loss, gradients, clipping, AdamW. COMMAND is run in turn with it; it must print "median_ms=<number>"
                      (a PyTorch script, say), and the ratio is printed.
          generation [PRESET …]
                      tokens a second on one thread, beside the time of reading the parameters once
          kernels [products|elementwise|rows|attention|optimizer|forkjoin]
                      products against the FMA peak, functions and attention against PyTorch, rows and AdamW against the memory they walk over
          gradbench [EVAL] [--peer FILE]
                      the GradBench tool's primals and derivatives in the suite's sizes; FILE has lines "eval:size milliseconds" of another tool's primal
          analyzers [EDITS]
                      shape checking of a model file of a thousand lines after each edit, and memory
          compile-time  the cost of generating code for one long method: statements, branches, loops
          overhead    gradient ÷ method over plain numeric methods: straight lines, branches, loops, recurrences
          generator   the cost of generating code for AutoDiff.NeuralNetworks: first, and after edits
        """);
