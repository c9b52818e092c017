namespace AutoDiff.NeuralNetworks;

internal static class OptimizerChecks
{
    public static double FiniteNotNegative(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name}: expected a finite number >= 0.");

    public static double Share(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name}: expected a number in [0, 1).");
}
