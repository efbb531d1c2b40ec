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

    /// <exception cref="SettingException">A value cannot be used.</exception>
    public void Validate()
    {
        if (KeepRawDays is < 0 or > 400)
            throw new SettingException("Papers:KeepRawDays", $"{KeepRawDays}", "0 to 400");
        if (Contact is { Length: > 0 } && (!Contact.Contains('@', StringComparison.Ordinal) && !Uri.TryCreate(Contact, UriKind.Absolute, out _) || Contact.Any(c => c is <= ' ' or '(' or ')' or > '~')))
            throw new SettingException("Papers:Contact", Contact, "a mail address or a web address");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Sources.Count; i++)
        {
            var key = $"Papers:Sources:{i}";
            Sources[i].Validate(key);
            if (!names.Add(Sources[i].Name))
                throw new SettingException($"{key}:Name", Sources[i].Name, "each source needs a name of its own");
        }
    }
}
