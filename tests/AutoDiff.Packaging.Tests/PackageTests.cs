using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AutoDiff.Packaging.Tests;

/// <summary>The package as its users get it: packed into a folder, restored from there by a project outside of the repository, built and run.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autodiff-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_project_that_refers_to_the_package_gets_its_derivatives()
    {
        // A version of its own, so that no cache has an older one.
        string version = "0.1.0-test." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);
        string feed = Path.Combine(_folder, "feed");
        Run(Path.GetDirectoryName(Library())!, "pack", Library(), "-c", Configuration, "--no-build", "-o", feed, "-p:Version=" + version);

        using (ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(feed, "*.nupkg").Single()))
        {
            string[] analyzers = [.. package.Entries.Select(static e => e.FullName).Where(static n => n.StartsWith("analyzers/dotnet/cs/", StringComparison.Ordinal)).Order()];
            Assert.Equal(
                [
                    "analyzers/dotnet/cs/AutoDiff.Analyzers.dll", "analyzers/dotnet/cs/AutoDiff.CodeFixes.dll", "analyzers/dotnet/cs/AutoDiff.Compiler.dll",
                    "analyzers/dotnet/cs/AutoDiff.Generators.dll",
                ],
                analyzers);
        }

        string consumer = Directory.CreateDirectory(Path.Combine(_folder, "consumer")).FullName;
        string known = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(consumer, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="local" value="{feed}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(consumer, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{(Directory.Exists(known) ? known : "")}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="AutoDiff" Version="{version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(consumer, "Program.cs"), """
            using System.Globalization;
            using AutoDiff;

            var (value, dx, dy) = Functions.EnergyGradient(1.0, 2.0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:F6} {dx:F6} {dy:F6}"));

            public static partial class Functions
            {
                [Differentiable]
                public static double Energy(double x, double y) => Math.Exp(-(x * x + y * y)) + 0.5 * x * y;
            }
            """);
        string output = Run(consumer, "run", "-c", "Release");
        double e = Math.Exp(-5.0);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{e + 1:F6} {1 - 2 * e:F6} {0.5 - 4 * e:F6}"), output.Trim());

        // What was generated can be stepped into where nothing but the package is: both halves have places to stop at, and the text is in the PDB.
        SteppedMember stepped = SteppedMember.Read(Path.Combine(consumer, "bin", "Release", "net10.0", "Consumer.dll"), "EnergyGradient");
        Assert.EndsWith("Functions.Energy.Derivatives.g.cs", stepped.Document, StringComparison.Ordinal);
        Assert.Contains(stepped.Stops, line => stepped.Lines[line].Contains("// [1] ", StringComparison.Ordinal));
        Assert.Contains(stepped.Stops, line => stepped.Lines[line].Contains("// [1]ᵀ", StringComparison.Ordinal));
    }

    private static string Configuration => typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Library([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "src", "AutoDiff", "AutoDiff.csproj"));

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build server of this repository must not serve the project outside of it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(10)), "dotnet " + string.Join(" ", arguments) + " does not end");
        Assert.True(process.ExitCode == 0, output + errors.Result);
        return output;
    }
}
