using GradBench.Evals;
using GradBench.Protocol;

namespace GradBench;

/// <summary>The evals that this tool implements.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<Module> All =
    [
        HelloModule.Module,
        LeastSquaresModule.Module,
        LogSumExpModule.Module,
        OdeModule.Module,
        DeterminantModule.Module,
        GmmModule.Module,
        LstmModule.Module,
        BundleAdjustmentModule.Module,
        HandModule.Module,
        KMeansModule.Module,
        ParticleModule.Module,
        SaddleModule.Module,
    ];
}
