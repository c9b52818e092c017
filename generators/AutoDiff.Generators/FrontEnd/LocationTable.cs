using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>Source locations of the values, effects and steps of one function, for diagnostics of the analyses.</summary>
internal sealed class LocationTable
{
    private readonly Dictionary<int, Location> _values = [];
    private readonly Dictionary<Instruction, Location> _effects = [];
    private readonly List<Location> _steps = [];

    /// <summary>Stands for the locations of code that is not the user's: the call that it takes the place of.</summary>
    public Location? Instead { get; set; }

    public void AddStep(Location location) => _steps.Add(Instead ?? location);

    public void RemoveLastStep() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The innermost expression that yields a value is the first to be added; later ones only pass it on.</summary>
    public void AddValue(int id, Location location)
    {
        if (!_values.ContainsKey(id)) _values.Add(id, Instead ?? location);
    }

    public void AddEffect(Instruction instruction, Location location) => _effects[instruction] = Instead ?? location;

    public Location? Step(int step) => step >= 1 && step <= _steps.Count ? _steps[step - 1] : null;

    public Location? Value(int id) => _values.TryGetValue(id, out Location? location) ? location : null;

    public Location? Effect(Instruction instruction) => _effects.TryGetValue(instruction, out Location? location) ? location : null;
}
