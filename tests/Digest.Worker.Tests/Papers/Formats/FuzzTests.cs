using System.Diagnostics;
using System.Text;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Sources;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>
/// Answers that were bitten, cut, doubled and sewn together: each is read or told as an error, and nothing else ever comes out.
/// <c>DIGEST_FUZZ=600</c> runs for so many seconds instead of a fixed number of answers.
/// </summary>
public sealed class FuzzTests
{
    private const int Mutations = 1500;
    private const int LargestCapture = 200_000;

    /// <summary>Generous, for a busy machine: an honest reading takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly string[] Splinters =
    [
        "<", ">", "&", "]]>", "<![CDATA[", "<!--", "<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;", "&#xD800;", "\0", "\uFEFF", "{", "}", "[", "]", "\"", "\\ud800", "null", "1e999", "-1",
        "99999999999999999999", "<item>", "</item>", "<entry/>", "<record>", "<resumptionToken/>", "\"items\":", "0000-00-00", "9999-12-31T23:59:59.9999999-23:59", "v99999", "arXiv:", "\u202E", "<html>", "\r\n",
    ];

    [Fact]
    public void Whatever_comes_it_is_read_or_told_as_an_error()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_FUZZ"), out var given) ? given : 0;
        var seed = seconds > 0 ? Environment.ProcessId : 20260126;
        var random = new Random(seed);
        var answers = Answers();
        var clock = Stopwatch.StartNew();
        var (read, errors) = (0, 0);
        for (var i = 0; seconds > 0 ? clock.Elapsed.TotalSeconds < seconds : i < Mutations; i++)
        {
            var (kind, name, bytes) = answers[random.Next(answers.Count)];
            if (random.Next(10) == 0)
                kind = answers[random.Next(answers.Count)].Kind;
            var mutant = Mutate(bytes, random);
            var start = clock.Elapsed;
            try
            {
                Read(kind, mutant);
                read++;
            }
            catch (AnswerException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Message) || e.Message.Contains('\n', StringComparison.Ordinal), $"seed {seed}, mutation {i} of {name} as {kind}: {e.Message}");
                errors++;
            }
            catch (Exception e)
            {
                var path = Path.Combine(Path.GetTempPath(), $"digest-fuzz-{kind}-{i}.bin");
                File.WriteAllBytes(path, mutant);
                Assert.Fail($"seed {seed}, mutation {i} of {name} as {kind} ({path}): {e}");
            }
            // What costs too much does so each time; a machine that was busy with something else was so once.
            var took = clock.Elapsed - start;
            for (var again = 0; again < 3 && took >= Patience; again++)
                took = Timed(kind, mutant);
            Assert.True(took < Patience, $"seed {seed}, mutation {i} of {name} as {kind} took {took}");
        }
        Assert.True(read > 0 && errors > 0, $"{read} read, {errors} errors");
    }

    private static void Read(string kind, byte[] answer)
    {
        var reading = SourceKinds.Find(kind)!.Read(new MemoryStream(answer));
        foreach (var entry in reading.Entries)
            Assert.NotEmpty(EntryJson.Line(entry));
        foreach (var aside in reading.SetAside)
            Assert.DoesNotContain('\n', EntryJson.Line(aside));
    }

    private static TimeSpan Timed(string kind, byte[] answer)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            Read(kind, answer);
        }
        catch (AnswerException)
        {
            // As before.
        }
        return clock.Elapsed;
    }

    private static List<(string Kind, string Name, byte[] Bytes)> Answers()
    {
        var answers = new List<(string, string, byte[])>
        {
            ("arxiv-rss", "ours", Encoding.UTF8.GetBytes(Feeds.Rss(Feeds.Item("2601.00001", "A title", "cs.CL cs.LG"), Feeds.Item("2601.00002", "Another", "cs.CL", "replace", 3)))),
            ("feed", "ours", Encoding.UTF8.GetBytes("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"A title","authors":[{"name":"Ada"}],"tags":["x"],"date_published":"2026-01-26T00:00:00Z"}]}""")),
            ("file", "ours", Encoding.UTF8.GetBytes("""{"id":"2601.00001","title":"A title","authors":["Ada"],"announced":"2026-01-26"}""" + "\n{\"title\":\"B\"}\n")),
            ("biorxiv", "ours", Encoding.UTF8.GetBytes("""{"messages":[{"status":"ok","total":"1"}],"collection":[{"doi":"10.1101/2026.01.01.000001","title":"A title","authors":"A, B.; C, D.","date":"2026-01-01","version":"1"}]}""")),
            ("openreview", "ours", Encoding.UTF8.GetBytes("""{"notes":[{"id":"a","forum":"a","cdate":1700000000000,"content":{"title":"One","authors":["A B"]}}],"count":1}""")),
        };
        if (RealData.Missing is not null)
            return answers;
        foreach (var (kind, folder) in new[] { ("arxiv-rss", "arxiv_rss"), ("arxiv-api", "arxiv_atom"), ("arxiv-oai", "arxiv_oai"), ("arxiv-oai", "oai_generic"), ("huggingface", "hf_daily_papers"), ("biorxiv", "biorxiv"), ("openalex", "openalex"), ("crossref", "crossref"), ("pubmed", "pubmed"), ("openreview", "openreview") })
            foreach (var path in Directory.GetFiles(RealData.Path("sources", folder)).Order(StringComparer.Ordinal))
                answers.Add((kind, Path.GetFileName(path), Cut(File.ReadAllBytes(path))));
        return answers;
    }

    private static byte[] Cut(byte[] bytes) => bytes.Length <= LargestCapture ? bytes : bytes[..LargestCapture];

    private static byte[] Mutate(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var bites = random.Next(1, 12); bites > 0 && bytes.Count > 0; bites--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, random.Next(2) == 0 ? 8 : 2000), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splinters[random.Next(Splinters.Length)]));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, 3000)));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }
        return [.. bytes];
    }
}
