using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Tests.Papers.Text;

/// <summary>The sample papers are the first thing that a new user sees: none of their source may show.</summary>
public sealed class SamplesTests
{
    public static TheoryData<string> Papers() => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "samples", "papers.jsonl"))];

    [Theory]
    [MemberData(nameof(Papers))]
    public void A_sample_paper_reads_well(string line)
    {
        using var paper = JsonDocument.Parse(line);
        var texts = new List<string> { paper.RootElement.GetProperty("title").GetString()!, paper.RootElement.GetProperty("abstract").GetString()! };
        texts.AddRange(paper.RootElement.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!));
        foreach (var read in texts.Select(ReadableText.Abstract))
        {
            Assert.DoesNotContain('\\', read);
            Assert.DoesNotContain("``", read, StringComparison.Ordinal);
            Assert.DoesNotContain("''", read, StringComparison.Ordinal);
            Assert.DoesNotContain('{', read.Replace("{0,1}", "", StringComparison.Ordinal).Replace("{(m,n) ∈ ℤ²", "", StringComparison.Ordinal));
            Assert.DoesNotContain("~", read, StringComparison.Ordinal);
            Assert.DoesNotContain("&amp;", read, StringComparison.Ordinal);
        }
    }
}
