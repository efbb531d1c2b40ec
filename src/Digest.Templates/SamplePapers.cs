namespace Digest.Templates;

/// <summary>Invented papers, one of each sort that an issue shows.</summary>
internal static class SamplePapers
{
    public static readonly IReadOnlyList<IssuePaper> All =
    [
        Paper(101, "What tide gauges remember: a century of σ-levels at R² = 0.97",
            "Harbours have kept records for long, e.g. in ink. We read them again. Tide gauges drift by 0.3 mm a year (Fig. 2), which nobody had noticed. All of it is open.",
            "tide gauges", "title", [new TextRange("title", 5, 11), new TextRange("abstract", 70, 11)]) with { Upvotes = 24, CodeUrl = "https://code.example.org/tides" },
        Paper(104, "潮汐观测站的百年记录", "我们重新阅读了这些记录。误差很小。", "tide gauges", "abstract", []) with { Language = "zh" },
        Paper(102, "Sediment under \"quiet\" water & <what> it keeps",
            string.Join(' ', Enumerable.Range(1, 12).Select(i => $"Salt marsh number {i} says something that takes its room in the abstract.")),
            "\"salt marsh\" -mangrove", "abstract", [new TextRange("abstract", 0, 10)]) with { AnnounceType = "cross", Authors = [.. Enumerable.Range(0, 12).Select(i => $"Author {(char)('A' + i)}. Sample")] },
        Paper(103, "Notes on nothing", "We look at nothing in particular. It turns out to be there.", "author:\"Quill\"", "author", []) with { FollowedAuthors = [0], Authors = ["Zoë Quill", "Bo Sample"] },
        Paper(105, "Waves", "Waves come and go.", "cat:physics.ao-ph", "category", []),
    ];

    private static IssuePaper Paper(int number, string title, string text, string interest, string field, IReadOnlyList<TextRange> hits) => new()
    {
        Id = $"2601.{number:00000}",
        Title = title,
        Abstract = text,
        Authors = ["Ada Example", "Bo Sample"],
        Categories = ["physics.ao-ph"],
        Date = new DateOnly(2026, 1, 27),
        Url = $"https://papers.example.org/abs/2601.{number:00000}",
        PdfUrl = $"https://papers.example.org/pdf/2601.{number:00000}",
        Reason = new IssueReason(interest, field, hits),
    };
}
