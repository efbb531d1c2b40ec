using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Sources;
using Digest.Worker.Papers.Text;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>Every open capture against an independent reading; error captures are told as errors.</summary>
public sealed class CaptureTests
{
    private static readonly (string Kind, string Folder, Func<string, IReadOnlyList<Expected>> Oracle)[] Kinds =
    [
        ("arxiv-rss", "arxiv_rss", XmlOracle.ArxivRss),
        ("arxiv-api", "arxiv_atom", XmlOracle.ArxivApi),
        ("arxiv-oai", "arxiv_oai", XmlOracle.Oai),
        ("huggingface", "hf_daily_papers", JsonOracle.HuggingFace),
        ("biorxiv", "biorxiv", JsonOracle.Preprints),
        ("openalex", "openalex", JsonOracle.OpenAlex),
        ("crossref", "crossref", JsonOracle.Crossref),
        ("pubmed", "pubmed", XmlOracle.Pubmed),
        ("openreview", "openreview", JsonOracle.OpenReview),
    ];

    /// <summary>Captures that are no usable answer of their kind: the name's beginning and a word of the reason.</summary>
    private static readonly (string Kind, string File, string Reason)[] Errors =
    [
        ("arxiv-rss", "arxiv_rss/rss_cs.CL_2026-08-01_saturday_empty.xml", "no entries"),
        ("arxiv-api", "arxiv_atom/id_0000.0000_s0_m100_8b51d9633a68.atom.xml", "no entries"),
        ("arxiv-api", "arxiv_atom/id_0808.05394_s0_m100_7b0c7d0a7cdd.atom.xml", "no entries"),
        ("arxiv-api", "arxiv_atom/id_abc_s0_m100_b79c8dcf6bc3.atom.xml", "incorrect id format"),
        ("arxiv-oai", "arxiv_oai/inspire_1305.0014v1.xml", "idDoesNotExist"),
        ("arxiv-oai", "arxiv_oai/inspire_1305.9999.xml", "idDoesNotExist"),
        ("arxiv-oai", "oai_generic/badArgument.xml", "badArgument"),
        ("arxiv-oai", "oai_generic/noRecordsMatch.xml", "noRecordsMatch"),
        ("arxiv-oai", "oai_generic/undefinedError.xml", "undefinedError"),
        ("arxiv-oai", "oai_generic/ListSets.xml", "without records"),
        ("biorxiv", "biorxiv/empty_no_posts_found.json", "no posts found"),
        ("pubmed", "pubmed/bp_pubmed3.html", "HTML"),
        ("pubmed", "pubmed/bp_efetch_pmc.xml", "pmc-articleset"),
        ("pubmed", "pubmed/bp_esearch2.xml", "esearch"),
        ("pubmed", "pubmed/bp_esearch6.xml", "esearch"),
        ("pubmed", "pubmed/bp_esearch7.xml", "esearch"),
        ("pubmed", "pubmed/fastpaper_pubmed_esearch.json", "not XML"),
        ("pubmed", "pubmed/sotawhat_pubmed_esearch.json", "not XML"),
        ("pubmed", "pubmed/jabref_MedlineImporterTestMalformedEntry.xml", "not well-formed"),
        ("pubmed", "pubmed/jabref_MedlineImporterTestMinimalEntry.xml", "no entries"),
        ("huggingface", "other/fastpaper_core_search.json", "not an array"),
        ("feed", "pubmed/bp_pubmed3.html", "HTML"),
    ];

    [FactWith<RealData>]
    public void Every_capture_is_read_as_its_definition_says()
    {
        var (files, papers) = (0, 0);
        foreach (var (kind, folder, oracle) in Kinds)
            foreach (var path in Directory.GetFiles(RealData.Path("sources", folder)).Order(StringComparer.Ordinal))
            {
                if (path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal) || (folder == "arxiv_atom" && path.EndsWith(".json", StringComparison.Ordinal)))
                    continue; // another program's wrapping around an answer, not an answer
                if (Errors.Any(error => path.EndsWith(error.File, StringComparison.Ordinal)))
                    continue;
                papers += Compare(path, oracle(path), Read(kind, path).Entries);
                files++;
            }
        Assert.Equal((73, 1782), (files, papers));
    }

    [FactWith<RealData>]
    public void Error_captures_are_told_as_errors()
    {
        foreach (var (kind, file, reason) in Errors)
            Assert.Contains(reason, Reason(kind, RealData.Path(["sources", .. file.Split('/')])), StringComparison.Ordinal);
    }

    [FactWith<RealData>]
    public void The_reconstructed_feeds_agree_with_the_week()
    {
        foreach (var day in new[] { "2026-01-28", "2026-01-30" })
        {
            using var lines = File.OpenRead(RealData.Path("week", $"{day}.jsonl"));
            var week = JsonLinesFormat.Read(lines).Entries.ToDictionary(entry => entry.Id);
            foreach (var entry in Read("arxiv-rss", RealData.Path("sources", "arxiv_rss", $"reconstructed_rss_cs_{day}.xml")).Entries.Where(entry => week.ContainsKey(entry.Id)))
                Assert.Equal((week[entry.Id].Title, week[entry.Id].Announced), (entry.Title, entry.Announced));
        }
    }

    private static int Compare(string path, IReadOnlyList<Expected> expected, IReadOnlyList<PaperEntry> found)
    {
        var file = Path.GetFileName(path);
        Assert.Equal(expected.Select(paper => $"{file} {paper.Id}"), found.Select(paper => $"{file} {paper.Id}"));
        foreach (var (wanted, paper) in expected.Zip(found))
        {
            var place = $"{file} {wanted.Id}: ";
            Assert.Equal(place + ReadableText.Title(wanted.Title), place + paper.Title);
            Assert.Equal((place, wanted.Version), (place, paper.Version));
            Assert.Equal(place + string.Join(" | ", wanted.Authors.Select(ReadableText.Title)), place + string.Join(" | ", paper.Authors));
            Assert.Equal(place + string.Join(" | ", wanted.Categories), place + string.Join(" | ", paper.Categories));
            Assert.Equal((place, wanted.Published), (place, paper.Published));
            if (wanted.Updated is not null)
                Assert.Equal((place, wanted.Updated), (place, paper.Updated));
            Assert.Equal(place + wanted.AnnounceType, place + (paper.AnnounceType is { } type ? AnnounceTypes.ToText(type) : null));
            Assert.Equal(place + wanted.Doi, place + paper.Doi);
            Assert.Equal((place, wanted.Upvotes), (place, paper.Upvotes));
        }
        return expected.Count;
    }

    private static string Reason(string kind, string path)
    {
        try
        {
            var reading = Read(kind, path);
            Assert.Empty(reading.Entries);
            return reading.Quiet ?? "no entries";
        }
        catch (AnswerException e)
        {
            return e.Message;
        }
    }

    private static Reading Read(string kind, string path)
    {
        using var answer = File.OpenRead(path);
        return SourceKinds.Find(kind)!.Read(answer);
    }
}
