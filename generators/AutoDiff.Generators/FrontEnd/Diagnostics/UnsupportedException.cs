namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Ends the lowering of one statement after its diagnostic was reported (or where an earlier one already explains it); the statements after
/// it are still looked at, so that every unsupported construct is reported at once. Never leaves the front end.
/// </summary>
internal sealed class UnsupportedException : Exception;
