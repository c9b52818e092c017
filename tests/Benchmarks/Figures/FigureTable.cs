namespace AutoDiff.Benchmarks.Figures;

/// <summary>Prints figures as they are measured, one a line, and how many of them keep to their bounds.</summary>
internal static class FigureTable
{
    public static void Print(IEnumerable<Figure> figures)
    {
        int bounded = 0, held = 0;
        Console.WriteLine($"{"",-14}{"",-26}{"figure",9}  {"bound",-17}{"",-6}");
        foreach (Figure figure in figures)
        {
            if (figure.Holds is { } holds)
            {
                bounded++;
                held += holds ? 1 : 0;
            }

            string verdict = figure.Holds switch { true => "met", false => "open", null => "" };
            Console.WriteLine($"{figure.Group,-14}{figure.Name,-26}{figure.ValueText,9}  {figure.BoundText,-17}{verdict,-6}{figure.Detail}");
        }

        Console.WriteLine($"{held} of {bounded} figures keep to their bounds.");
    }
}
