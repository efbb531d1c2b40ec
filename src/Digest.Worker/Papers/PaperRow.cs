namespace Digest.Worker.Papers;

/// <summary>A paper as its row stands in the database; what is merged when a work comes through a second door is decided here.</summary>
internal sealed record PaperRow
{
    /// <summary>What a store asks for to fill a row.</summary>
    public const string Columns =
        """
        id, work_key, title, abstract, authors, categories, announced, announce_type as announce, published, version,
        url, pdf_url, code_url, doi, comment, upvotes, source, seen_at
        """;

    public long Id { get; init; }
    public string WorkKey { get; init; } = "";
    public string Title { get; init; } = "";
    public string Abstract { get; init; } = "";
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public DateOnly? Announced { get; init; }
    public string Announce { get; init; } = "";
    public DateTimeOffset? Published { get; init; }
    public int Version { get; init; }
    public string? Url { get; init; }
    public string? PdfUrl { get; init; }
    public string? CodeUrl { get; init; }
    public string? Doi { get; init; }
    public string? Comment { get; init; }
    public int? Upvotes { get; init; }
    public string Source { get; init; } = "";
    public DateTimeOffset SeenAt { get; init; }

    public static PaperRow From(PaperEntry entry, string key, string source, DateTimeOffset now) => new()
    {
        WorkKey = key,
        Title = entry.Title,
        Abstract = entry.Abstract ?? "",
        Authors = entry.Authors,
        Categories = entry.Categories,
        Announced = entry.Announced,
        Announce = AnnounceTypes.ToText(entry.AnnounceType ?? AnnounceType.New),
        Published = entry.Published,
        Version = entry.Version ?? 1,
        Url = entry.Url,
        PdfUrl = entry.Pdf,
        CodeUrl = entry.Code,
        Doi = entry.Doi,
        Comment = entry.Comment,
        Upvotes = entry.Upvotes,
        Source = source,
        SeenAt = now,
    };

    /// <summary>
    /// Fills what was missing, adds categories, takes the newest votes. Title and abstract stay as the reader has seen them: a later
    /// version is the same paper.
    /// </summary>
    public PaperRow EnrichedBy(PaperEntry entry)
    {
        var more = entry.Categories.Where(category => !Categories.Contains(category)).ToList();
        return this with
        {
            Abstract = Abstract.Length > 0 ? Abstract : entry.Abstract ?? "",
            Authors = Authors.Count > 0 || entry.Authors.Count == 0 ? Authors : entry.Authors,
            Categories = more.Count == 0 ? Categories : [.. Categories, .. more],
            Announced = Announced ?? entry.Announced,
            Published = Published ?? entry.Published,
            Version = Math.Max(Version, entry.Version ?? 1),
            Url = Url ?? entry.Url,
            PdfUrl = PdfUrl ?? entry.Pdf,
            CodeUrl = CodeUrl ?? entry.Code,
            Doi = Doi ?? entry.Doi,
            Comment = Comment ?? entry.Comment,
            Upvotes = entry.Upvotes ?? Upvotes,
        };
    }

    /// <summary>There is more of it for an interest to match than there was.</summary>
    public bool Tells(PaperRow before) => Categories.Count > before.Categories.Count || (before.Abstract.Length == 0 && Abstract.Length > 0);

    public Paper ToPaper() => new()
    {
        Id = Id,
        WorkKey = WorkKey,
        Title = Title,
        Abstract = Abstract,
        Authors = Authors,
        Categories = Categories,
        Announced = Announced,
        AnnounceType = AnnounceTypes.Parse(Announce) ?? AnnounceType.New,
        Published = Published,
        Version = Version,
        Url = Url,
        PdfUrl = PdfUrl,
        CodeUrl = CodeUrl,
        Doi = Doi,
        Comment = Comment,
        Upvotes = Upvotes,
        Source = Source,
        SeenAt = SeenAt,
    };
}
