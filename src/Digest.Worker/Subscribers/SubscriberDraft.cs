using System.Globalization;

namespace Digest.Worker.Subscribers;

/// <summary>What somebody asks for, as text from a command line, a CSV line or a mail; null or empty = not said.</summary>
internal sealed record SubscriberDraft
{
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Language { get; init; }
    public string? Timezone { get; init; }
    public string? Cadence { get; init; }
    public string? Hour { get; init; }
    public string? Cap { get; init; }
    public bool? NothingToday { get; init; }

    /// <summary>Who is taken in gets the first issue at once, not at the next scheduled hour.</summary>
    public bool AtOnce { get; init; }

    /// <summary>Interests, one a line.</summary>
    public string? Interests { get; init; }

    /// <summary>Lays the draft over <paramref name="subscriber"/>; every fault is named, not only the first.</summary>
    public (Subscriber Subscriber, IReadOnlyList<FormattableString> Problems) Over(Subscriber subscriber)
    {
        var problems = new List<FormattableString>();
        if (Email is not null && !EmailAddress.TryFold(Email.Trim(), out _, out var problem))
            problems.Add(problem);
        if (Name is { Length: > 200 } || Name?.Any(char.IsControl) == true)
            problems.Add($"the name has control characters or more than 200 characters");
        var drafted = subscriber with
        {
            Email = Email?.Trim() ?? subscriber.Email,
            Name = Said(Name) ?? subscriber.Name,
            Language = Said(Language) is { } language ? ReadLanguage(language, problems) : subscriber.Language,
            Timezone = Said(Timezone) is { } zone ? ReadZone(zone, problems) : subscriber.Timezone,
            Cadence = Said(Cadence) is { } cadence ? ReadCadence(cadence, problems) : subscriber.Cadence,
            Hour = Said(Hour) is { } hour ? ReadNumber(hour, 0, 23, problems, text => $"the hour is '{text}': write a whole number from 0 to 23") : subscriber.Hour,
            Cap = Said(Cap) is { } cap ? ReadNumber(cap, 1, 100, problems, text => $"the cap is '{text}': write a whole number from 1 to 100") : subscriber.Cap,
            NothingToday = NothingToday ?? subscriber.NothingToday,
            Profile = Interests is null ? subscriber.Profile : ReadProfile(Interests, problems),
        };
        return (drafted, problems);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string ReadLanguage(string text, List<FormattableString> problems)
    {
        if (text.Length <= 35 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(text[0]))
            return text;
        problems.Add($"the language is not a tag such as en, de or zh-Hans");
        return "en";
    }

    private static string ReadZone(string text, List<FormattableString> problems)
    {
        // Only IANA names: a Windows name or an offset would work here and fail in another place.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId)
            return text;
        problems.Add($"'{Short(text)}' is not a time zone: write an IANA name such as Europe/Berlin");
        return "UTC";
    }

    private static Cadence ReadCadence(string text, List<FormattableString> problems)
    {
        if (Subscribers.Cadence.TryParse(text, out var cadence))
            return cadence;
        problems.Add($"'{Short(text)}' is not a cadence: write daily, weekdays or weekly:monday");
        return cadence;
    }

    private static int ReadNumber(string text, int least, int most, List<FormattableString> problems, Func<string, FormattableString> fault)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        problems.Add(fault(Short(text)));
        return least;
    }

    private static string ReadProfile(string text, List<FormattableString> problems)
    {
        var lines = text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > Matching.Profile.MostInterests)
            problems.Add($"the profile has {lines.Length} interests: at most {Matching.Profile.MostInterests} are possible");
        if (lines.FirstOrDefault(line => line.Length > Matching.Profile.LongestLine) is { } tooLong)
            problems.Add($"the interest '{Short(tooLong)}…' has {tooLong.Length} characters: at most {Matching.Profile.LongestLine} are possible");
        return string.Join('\n', lines.Select(line => new string([.. line.Where(c => !char.IsControl(c) || c == '\t')])));
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60];
}
