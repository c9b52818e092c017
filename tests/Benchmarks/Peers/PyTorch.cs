using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDiff.Benchmarks.Peers;

/// <summary>What PyTorch takes for the same, measured by scripts beside this file; nothing where there is no PyTorch.</summary>
internal static partial class PyTorch
{
    private static bool s_isMissing;

    /// <summary>The interpreter that knows PyTorch.</summary>
    public static string Python { get; set; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Seconds by name, of one group of kernels on one thread.</summary>
    public static IReadOnlyDictionary<string, double> Kernels(string group)
        => Run("torch_kernels.py", group).Select(static line => line.Split(' ')).ToDictionary(static p => p[0], static p => Number(p[1]));

    /// <summary>The median of the milliseconds of a training step; <see langword="null"/> where there is no PyTorch.</summary>
    public static double? TrainingStep(string model, int threads, double seconds)
    {
        string[] words = [model, threads.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)];
        return Run("torch_train.py", words).Select(static line => Median().Match(line)).LastOrDefault(static m => m.Success) is { } match ? Number(match.Groups[1].Value) : null;
    }

    private static string[] Run(string script, params string[] arguments)
    {
        if (s_isMissing) return [];
        string path = Path.Combine(AppContext.BaseDirectory, "Peers", script);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Python, [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such interpreter: as if it had no PyTorch.
        }

        s_isMissing = true;
        Console.WriteLine($"{Python} has no PyTorch (Debian: python3-torch; --python PATH names another one): what is measured against it is left out.");
        return [];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("median_ms=([0-9.]+)")]
    private static partial Regex Median();
}
