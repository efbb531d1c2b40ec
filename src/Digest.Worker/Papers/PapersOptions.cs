using Digest.Worker.Settings;

namespace Digest.Worker.Papers;

/// <summary>The settings under <c>Papers</c>.</summary>
internal sealed record PapersOptions
{
    public IReadOnlyList<SourceOptions> Sources { get; init; } = [];

    /// <summary>The operator's mail address or web page, told to every provider in the User-Agent.</summary>
    public string? Contact { get; init; }

    /// <summary>Days that raw answers are kept under the data folder, so that a day can be parsed again; 0 keeps none.</summary>
    public int KeepRawDays { get; init; } = 3;

    /// <summary>How long issues wait for a late or partial batch, counted from the moment when it should be there.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Days on which arXiv announces nothing, beside those that we know of.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>
    /// The OAI-PMH address that missing days are filled from. Where it is not set: that of the first <c>arxiv-oai</c> source, or arXiv's own
    /// when the feeds are arXiv's own too; <c>none</c> fills nothing.
    /// </summary>
    public string? BackfillUrl { get; init; }

    /// <exception cref="SettingException">A value cannot be used.</exception>
    public void Validate()
    {
        var checks = new List<Action>
        {
            () => Require(Deadline >= TimeSpan.Zero && Deadline <= TimeSpan.FromHours(23), "Papers:Deadline", $"{Deadline}", "00:00:00 to 23:00:00"),
            () => Require(BackfillUrl is null or "" or "none" || SourceOptions.IsWebAddress(BackfillUrl), "Papers:BackfillUrl", BackfillUrl, "an http or https address, or none"),
            () => Require(KeepRawDays is >= 0 and <= 400, "Papers:KeepRawDays", $"{KeepRawDays}", "0 to 400"),
            () => Require(string.IsNullOrEmpty(Contact) || IsContact(Contact), "Papers:Contact", Contact, "a mail address or a web address"),
        };
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Sources.Count; i++)
        {
            var (source, key) = (Sources[i], $"Papers:Sources:{i}");
            checks.Add(() => source.Validate(key));
            checks.Add(() => Require(names.Add(source.Name), $"{key}:Name", source.Name, "each source needs a name of its own"));
        }
        SettingFaults.CheckAll(checks);
    }

    private static bool IsContact(string contact) =>
        (contact.Contains('@', StringComparison.Ordinal) || Uri.TryCreate(contact, UriKind.Absolute, out _)) && !contact.Any(c => c is <= ' ' or '(' or ')' or > '~');

    private static void Require(bool holds, string key, string? value, string allowed)
    {
        if (!holds)
            throw new SettingException(key, value, allowed);
    }
}
