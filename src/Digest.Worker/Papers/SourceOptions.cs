using System.Text.RegularExpressions;
using Digest.Worker.Papers.Sources;
using Digest.Worker.Settings;

namespace Digest.Worker.Papers;

/// <summary>One source, as the operator configured it (<c>Papers:Sources:N</c>).</summary>
internal sealed partial record SourceOptions
{
    /// <summary>What it is called in reports and receipts; the kind where none is given.</summary>
    public string Name { get => field is { Length: > 0 } ? field : Kind; init; } = "";

    public string Kind { get; init; } = "";

    /// <summary>Where it is; each kind has the provider's own address as default.</summary>
    public string? Url { get; init; }

    /// <summary>For the kind <c>file</c>: a file or a folder of <c>.jsonl</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The provider's own categories, such as <c>cs.CL</c>; empty = the kind's default.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What to search for, in the provider's own query language, where the kind takes a query.</summary>
    public string? Query { get; init; }

    /// <summary>How it tells of which day its papers are.</summary>
    public SourceDays Days => SourceKinds.Find(Kind)?.Days ?? SourceDays.None;

    /// <summary>The provider's own calendar says when a batch must be there.</summary>
    public bool HasCalendar => Days != SourceDays.None;

    /// <summary>What a reader's receipt calls it: the operator's name for it, or the provider's.</summary>
    public string Title => Name == Kind ? SourceKinds.Find(Kind)?.Title ?? Kind : Name;

    /// <param name="key">Where it stands in the settings.</param>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    public void Validate(string key)
    {
        if (SourceKinds.Find(Kind) is not { } kind)
            throw new SettingException($"{key}:Kind", Kind, "one of " + string.Join(", ", SourceKinds.Names));
        if (Name.Length > 60)
            throw new SettingException($"{key}:Name", Name, "at most 60 characters");
        if (Kind == "file" && string.IsNullOrWhiteSpace(Path))
            throw new SettingException($"{key}:Path", Path, "a file or a folder of .jsonl files");
        if (Url is { Length: > 0 } ? !IsWebAddress(Url) : kind.NeedsUrl)
            throw new SettingException($"{key}:Url", Url, "an http or https address");
        if (kind.NeedsQuery && string.IsNullOrWhiteSpace(Query))
            throw new SettingException($"{key}:Query", Query, "what to search for, in the provider's own query language");
        if (kind.NeedsCategories && Categories.Count == 0)
            throw new SettingException($"{key}:Categories", null, "at least one category, such as cs.CL");
        for (var i = 0; i < Categories.Count; i++)
            if (!Category().IsMatch(Categories[i]))
                throw new SettingException($"{key}:Categories:{i}", Categories[i], "a category of the provider, such as cs.CL");
    }

    public static bool IsWebAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._: -]{0,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Category();
}
