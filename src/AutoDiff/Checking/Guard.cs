using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AutoDiff.Generated;

/// <summary>The checks at the entry of generated members. Called by generated code; nothing is allocated unless a check fails.</summary>
/// <remarks>Every failure is an <see cref="ArgumentException"/> that names the argument, what was expected and what was given.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Guard
{
    /// <summary>Throws where a reference is missing.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="argument"/> is null.</exception>
    public static void NotNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        => ArgumentNullException.ThrowIfNull(argument, name);

    /// <summary>Throws where a destination has another length than what it is the gradient of.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SameLength<T, U>(
        ReadOnlySpan<T> destination,
        ReadOnlySpan<U> source,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(source))] string? sourceName = null)
    {
        if (destination.Length != source.Length)
            ThrowLengths(destination.Length, source.Length, destinationName, sourceName);
    }

    /// <inheritdoc cref="SameLength{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void SameLength<T, U>(
        Span<T> destination,
        ReadOnlySpan<U> source,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(source))] string? sourceName = null)
        => SameLength((ReadOnlySpan<T>)destination, source, destinationName, sourceName);

    /// <inheritdoc cref="SameLength{T, U}(ReadOnlySpan{T}, ReadOnlySpan{U}, string, string)"/>
    public static void SameLength<T, U>(
        Span<T> destination,
        Span<U> source,
        [CallerArgumentExpression(nameof(destination))] string? destinationName = null,
        [CallerArgumentExpression(nameof(source))] string? sourceName = null)
        => SameLength((ReadOnlySpan<T>)destination, (ReadOnlySpan<U>)source, destinationName, sourceName);

    /// <summary>
    /// Throws where a span has another length than the method defines for it, such as the rows times the columns of a Jacobian.
    /// </summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static void Length(int actual, int expected, string name, string? meaning = null)
    {
        if (actual != expected)
            throw new ArgumentException(
                $"{name}: length {actual} does not match {expected}{(meaning is null ? "" : $" ({meaning})")}.", name);
    }

    internal static string Text(ReadOnlySpan<nint> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";

    [DoesNotReturn]
    private static void ThrowLengths(int destination, int source, string? destinationName, string? sourceName)
        => throw new ArgumentException(
            $"{destinationName}: length {destination} does not match {sourceName}: length {source}.", destinationName);
}
