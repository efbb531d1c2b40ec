namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>One thing that a reader asks for.</summary>
internal sealed record MailCommand(CommandVerb Verb)
{
    /// <summary>The language of the words, BCP 47; null where none was recognised.</summary>
    public string? Language { get; init; }

    /// <summary>The words as written.</summary>
    public string Text { get; init; } = "";

    /// <summary>An interest, or a paper's id.</summary>
    public string? Argument { get; init; }

    /// <summary>The numbers of papers in the issue; or how many, or the hour.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>Until when, or of which day.</summary>
    public SpokenDate? Date { get; init; }

    public DayOfWeek? Day { get; init; }

    /// <summary>For how many days; null where no span of time was said.</summary>
    public int? Days { get; init; }

    public string Name => Verb == CommandVerb.WhyNot ? "why-not" : Verb.ToString().ToLowerInvariant();
}

/// <summary>A date as somebody wrote it.</summary>
/// <param name="Year">Null where it was left out: then the next such day is meant.</param>
internal sealed record SpokenDate(int? Year, int Month, int Day)
{
    /// <summary>The last such date, seen from today; null where there is no such day.</summary>
    public DateOnly? Before(DateOnly today)
    {
        foreach (var year in Year is { } said ? [said] : new[] { today.Year, today.Year - 1 })
            if (Day <= DateTime.DaysInMonth(year, Month) && new DateOnly(year, Month, Day) is var date && (Year is not null || date <= today))
                return date;
        return null;
    }

    /// <summary>The date meant, seen from today; null where there is no such day.</summary>
    public DateOnly? After(DateOnly today)
    {
        foreach (var year in Year is { } said ? [said] : new[] { today.Year, today.Year + 1 })
            if (Day <= DateTime.DaysInMonth(year, Month) && new DateOnly(year, Month, Day) is var date && (Year is not null || date >= today))
                return date;
        return null;
    }
}
