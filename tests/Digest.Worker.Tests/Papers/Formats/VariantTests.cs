using System.IO.Compression;
using System.Text;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Sources;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>The shapes that providers send beside those that we have captured, written from their definitions.</summary>
public sealed class VariantTests
{
    [Fact]
    public void ArXivs_feed_without_announce_type_elements_tells_it_in_the_description()
    {
        var entry = One("arxiv-rss", Feeds.Rss(Feeds.Item("2601.00001", "A title", "cs.CL", "replace-cross", 4)).Replace("<arxiv:announce_type>replace-cross</arxiv:announce_type>", "", StringComparison.Ordinal));
        Assert.Equal((AnnounceType.ReplaceCross, 4, "We study a thing."), (entry.AnnounceType, entry.Version, entry.Abstract));
    }

    [Fact]
    public void ArXivs_feeds_of_before_2024_tell_it_in_the_title()
    {
        var reading = Read("arxiv-rss", """
            <?xml version="1.0" encoding="UTF-8"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="http://arxiv.org/"><title>cs.CL updates on arXiv.org</title><dc:date>2023-03-01T20:30:00-05:00</dc:date></channel>
            <item rdf:about="http://arxiv.org/abs/2302.00001"><title>A Title: with a colon. (arXiv:2302.00001v1 [cs.CL])</title><link>http://arxiv.org/abs/2302.00001</link>
            <description rdf:parseType="Literal">&lt;p&gt;We study.&lt;/p&gt;</description><dc:creator>&lt;a href="http://arxiv.org/find/cs/1/au:+L"&gt;Ada Lovelace&lt;/a&gt;, &lt;a href="http://x"&gt;Alan Turing&lt;/a&gt;</dc:creator></item>
            <item rdf:about="http://arxiv.org/abs/2202.00002"><title>Another. (arXiv:2202.00002v3 [cs.LG] UPDATED)</title><link>http://arxiv.org/abs/2202.00002</link><description>&lt;p&gt;Again.&lt;/p&gt;</description></item>
            <item rdf:about="http://arxiv.org/abs/2302.00003"><title>A third. (arXiv:2302.00003v1 [stat.ML] CROSS LISTED)</title><link>http://arxiv.org/abs/2302.00003</link><description/></item></rdf:RDF>
            """);
        Assert.Equal(new DateOnly(2023, 3, 1), reading.Day);
        Assert.Equal(["2302.00001v1 A Title: with a colon New cs.CL", "2202.00002v3 Another Replace cs.LG", "2302.00003v1 A third Cross stat.ML"],
            reading.Entries.Select(entry => $"{entry.Id}v{entry.Version} {entry.Title} {entry.AnnounceType} {string.Join(' ', entry.Categories)}"));
        Assert.Equal(["Ada Lovelace", "Alan Turing"], reading.Entries[0].Authors);
        Assert.Equal("We study.", reading.Entries[0].Abstract);
    }

    [Fact]
    public void An_OAI_record_of_several_versions_is_dated_by_the_first_and_counts_the_last()
    {
        var entry = One("arxiv-oai", Oai("""
            <record><header><identifier>oai:arXiv.org:hep-ex/0307015</identifier><datestamp>2026-01-26</datestamp><setSpec>physics:hep-ex</setSpec></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
            <id>hep-ex/0307015</id><submitter>A. Person</submitter><version version="v2"><date>Tue, 2 Aug 2005 10:00:00 GMT</date><size>10kb</size></version><version version="v1"><date>Fri, 4 Jul 2003 12:48:12 GMT</date></version>
            <title>An old
              title</title><authors>BABAR Collaboration: B. Aubert (1), R. Barate (1 and 2) ((1) Annecy, (2) Elsewhere)</authors><categories>hep-ex hep-ph</categories><doi>10.1103/PhysRevD.69.011103 10.1103/x</doi><abstract>  Text.
            </abstract></arXivRaw></metadata></record>
            """));
        Assert.Equal(("hep-ex/0307015", 2, "An old title", "10.1103/PhysRevD.69.011103"), (entry.Id, entry.Version, entry.Title, entry.Doi));
        Assert.Equal((2003, 2005), (entry.Published!.Value.Year, entry.Updated!.Value.Year));
    }

    [Theory]
    [InlineData("<record><header status=\"deleted\"><identifier>oai:arXiv.org:2601.00001</identifier></header></record>", 0, 1, null)]
    [InlineData("<resumptionToken cursor=\"0\" completeListSize=\"12\">6452|1001</resumptionToken>", 0, 0, "6452|1001")]
    [InlineData("<resumptionToken/>", 0, 0, null)]
    public void OAI_answers_without_papers(string records, int entries, int aside, string? token)
    {
        var reading = Read("arxiv-oai", Oai(records));
        Assert.Equal((entries, aside, token), (reading.Entries.Count, reading.SetAside.Count, reading.Next));
    }

    [Fact]
    public void Hugging_Face_with_nearly_nothing_and_with_numbers_as_strings()
    {
        var reading = Read("huggingface", """[{"paper":{"id":"2601.00001","title":"Bare"}},{"paper":{"id":"2601.00002","authors":["Ada Lovelace",{"name":"X","hidden":true},{"name":"Alan Turing","hidden":false}],"summary":null},"title":"From outside","upvotes":"7"},{"title":"Nobody"}]""");
        Assert.Equal(["2601.00001 ", "2601.00002 Ada Lovelace, Alan Turing"], reading.Entries.Select(entry => $"{entry.Id} {string.Join(", ", entry.Authors)}"));
        Assert.Equal((7, 1), (reading.Entries[1].Upvotes, reading.SetAside.Count));
    }

    [Theory]
    [InlineData("huggingface", """{"error":"Invalid date"}""", "Invalid date")]
    [InlineData("biorxiv", """{"messages":[{"status":"Error : (2002) Connection refused"}]}""", "Connection refused")]
    [InlineData("medrxiv", """{"messages":[{"status":"interval not valid"}],"collection":[]}""", "interval not valid")]
    [InlineData("crossref", """{"status":"failed","message-type":"validation-failure","message":[{"type":"parameter-not-found","message":"bad"}]}""", "failed")]
    [InlineData("crossref", "Resource not found.", "not well-formed")]
    [InlineData("openalex", """{"error":"Invalid query parameters error.","message":"x is not a valid field."}""", "Invalid query")]
    [InlineData("openreview", """{"name":"NotFoundError","message":"The Invitation X was not found","status":404}""", "was not found")]
    [InlineData("arxiv-api", "Rate exceeded.", "Rate exceeded")]
    [InlineData("arxiv-rss", "<!DOCTYPE html><html><head><title>503</title></head><body></body></html>", "HTML")]
    [InlineData("arxiv-oai", """<html><body>Retry after 10 seconds</body></html>""", "HTML")]
    [InlineData("pubmed", "<eFetchResult><ERROR>Empty id list</ERROR></eFetchResult>", "eFetchResult")]
    [InlineData("feed", """{"message":"Not Found"}""", "no \"items\"")]
    [InlineData("feed", "", "empty")]
    [InlineData("huggingface", "", "well-formed")]
    [InlineData("file", "", "empty")]
    public void An_error_with_status_200_is_told_as_one(string kind, string answer, string reason) =>
        Assert.Contains(reason, Assert.Throws<AnswerException>(() => Read(kind, answer)).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("""{"messages":[{"status":"no posts found"}],"collection":[]}""")]
    [InlineData("""{"messages":[{"status":"no posts found"}]}""")]
    public void No_posts_found_is_a_quiet_day_and_no_error(string answer) => Assert.Equal("no posts found", Read("biorxiv", answer).Quiet);

    [Theory]
    [InlineData("WITHDRAWN: On mice", "We found that mice run.", "new results", true)]
    [InlineData("On mice", "The authors have withdrawn this manuscript because of an error.", "new results", true)]
    [InlineData("On mice", "We found that mice run.", "withdrawn", true)]
    [InlineData("Withdrawn mice", "We found that mice withdraw.", "new results", false)]
    public void A_preprint_says_in_one_of_three_places_that_it_is_withdrawn(string title, string text, string type, bool withdrawn) =>
        Assert.Equal(withdrawn, One("biorxiv", $$"""{"messages":[{"status":"ok"}],"collection":[{"doi":"10.1101/2026.01.01.1","title":"{{title}}","abstract":"{{text}}","type":"{{type}}","version":"2"}]}""").Withdrawn);

    [Fact]
    public void Crossref_names_a_retraction_at_the_work_that_it_concerns() =>
        Assert.Equal([true, false], Read("crossref", """{"status":"ok","message":{"items":[{"DOI":"10.5555/a","title":["A"],"updated-by":[{"DOI":"10.5555/r","type":"retraction"}]},{"DOI":"10.5555/b","title":["B"],"updated-by":[{"DOI":"10.5555/c","type":"correction"}]}]}}""").Entries.Select(entry => entry.Withdrawn));

    [Fact]
    public void OpenReviews_first_API_does_not_wrap_its_fields()
    {
        var entry = One("openreview", """{"notes":[{"id":"n1","forum":"f1","cdate":1700000000000,"content":{"title":"A title","authors":["Ada Lovelace"],"keywords":["graphs"],"abstract":"Text.","pdf":"/pdf/x.pdf"}}]}""");
        Assert.Equal(("f1", "Ada Lovelace", "graphs", "https://openreview.net/pdf/x.pdf"), (entry.Id, entry.Authors[0], entry.Categories[0], entry.Pdf));
        Assert.Equal("Alan Turing", One("openreview", """{"notes":[{"id":"n1","content":{"title":{"value":"A title"},"authors":{"value":[{"fullname":"Alan Turing","username":"~A"}]}}}]}""").Authors[0]);
    }

    [Fact]
    public void PubMed_with_a_collective_name_labels_and_a_free_date()
    {
        var entry = One("pubmed", """
            <?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2026//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_260101.dtd">
            <PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>2025 Nov-Dec</MedlineDate></PubDate></JournalIssue></Journal>
            <ArticleTitle>Growth of <i>E. coli</i> at 37<sup>2</sup>.</ArticleTitle><Abstract><AbstractText Label="AIM">One.</AbstractText><AbstractText>Two.</AbstractText></Abstract>
            <AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName></Author><Author><CollectiveName>The Study Group</CollectiveName></Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>
            """);
        Assert.Equal(("123", "AIM: One. Two.", "Ada Lovelace|The Study Group", 11), (entry.Id, entry.Abstract, string.Join('|', entry.Authors), entry.Published!.Value.Month));
    }

    [Fact]
    public void Crossrefs_single_work_and_list_of_works()
    {
        const string work = """{"DOI":"10.5555/x","title":["A <i>title</i>"],"abstract":"<jats:title>Abstract</jats:title><jats:p>Text &amp; more.</jats:p>","author":[{"given":"Ada","family":"Lovelace"},{"name":"A Group"}],"issued":{"date-parts":[[2026,1]]}}""";
        foreach (var answer in new[] { $$$"""{"status":"ok","message-type":"work","message":{{{work}}}}""", $$$"""{"status":"ok","message":{"items":[{{{work}}}],"total-results":1}}""" })
        {
            var entry = One("crossref", answer);
            Assert.Equal(("10.5555/x", "A title", "Text & more.", "Ada Lovelace|A Group"), (entry.Id, entry.Title, entry.Abstract, string.Join('|', entry.Authors)));
            Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), entry.Published);
        }
    }

    [Theory]
    [InlineData("""<rss version="0.91"><channel><title>x</title><item><title>A title</title><link>http://example.org/1</link><description>Text.</description></item></channel></rss>""")]
    [InlineData("""<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel xmlns="http://my.netscape.com/rdf/simple/0.9/"><title>x</title></channel><item xmlns="http://my.netscape.com/rdf/simple/0.9/"><title>A title</title><link>http://example.org/1</link><description>Text.</description></item></RDF>""")]
    [InlineData("""<rss version="2.0"><channel><title>x</title><item><title><![CDATA[A title]]></title><link>http://example.org/1</link><guid isPermaLink="false">7</guid><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Text.</p>]]></content:encoded></item></channel></rss>""")]
    [InlineData("""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title><modified>2003-12-13T18:30:02Z</modified><entry><title>A title</title><link rel="alternate" type="text/html" href="http://example.org/1"/><id>tag:example.org,2003:1</id><issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified><content type="text/html" mode="escaped">&lt;p&gt;Text.&lt;/p&gt;</content></entry></feed>""")]
    [InlineData("""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title type="html">A &lt;b&gt;title&lt;/b&gt;</title><link href="http://example.org/1"/><id>urn:1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text.</p></div></content></entry></feed>""")]
    [InlineData("""{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":"1","url":"http://example.org/1","title":"A title","content_html":"<p>Text.</p>","author":{"name":"Ada"}}]}""")]
    [InlineData("\uFEFF{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":1,\"external_url\":\"http://example.org/1\",\"title\":\"A title\",\"summary\":\"Text.\"}]}")]
    public void A_feed_in_any_of_its_dialects(string answer)
    {
        var entry = One("feed", answer);
        Assert.Equal(("A title", "Text.", "http://example.org/1"), (entry.Title, entry.Abstract, entry.Url));
    }

    public static TheoryData<string, string> Charsets()
    {
        var data = new TheoryData<string, string>();
        foreach (var (declared, used) in new[] { ("UTF-8", "utf-8"), ("UTF-16", "utf-16"), ("UTF-16", "utf-16BE"), ("utf-32", "utf-32"), ("ISO-8859-1", "iso-8859-1"), ("windows-1251", "windows-1251"), ("ISO-8859-15", "iso-8859-15"), ("Shift_JIS", "shift_jis"), ("GB2312", "gb2312"), ("GB2312", "utf-8"), ("no-such-set", "utf-8") })
            foreach (var mark in new[] { "mark", "plain" })
                data.Add($"{declared} {mark}", used);
        return data;
    }

    [Theory]
    [MemberData(nameof(Charsets))]
    public void A_feed_in_any_characters_with_and_without_a_byte_order_mark(string declared, string used)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(used);
        var title = used switch { "windows-1251" => "Заголовок статьи", "shift_jis" => "日本語の題名", "gb2312" => "中文标题很长", _ => "Sur les équations à coefficients" };
        var text = $"<?xml version=\"1.0\" encoding=\"{declared.Split(' ')[0]}\"?><rss version=\"2.0\"><channel><item><title>{title}</title><guid>1</guid></item></channel></rss>";
        byte[] bytes = [.. declared.EndsWith("mark", StringComparison.Ordinal) ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        if (used == "utf-32" && declared.EndsWith("plain", StringComparison.Ordinal))
            return; // nobody sends it, and its zeros look like UTF-16
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        packed.Position = 0;
        using var answer = new GZipStream(packed, CompressionMode.Decompress);
        Assert.Equal(title, Assert.Single(SourceKinds.Find("feed")!.Read(answer).Entries).Title);
    }

    [Theory]
    [InlineData("<?xml version=\"1.1\"?>")]
    [InlineData("  \n<?xml version='1.0' encoding='utf8' standalone='yes'?>\n<!-- a comment -->\n<?xml-stylesheet href='x'?>")]
    public void Odd_beginnings_cost_nothing(string beginning) =>
        Assert.Equal("A title", One("feed", beginning + "<rss><channel><item><title>A title</title><guid>1</guid></item></channel></rss>").Title);

    [Fact]
    public void A_paper_of_a_file_with_an_arXiv_id_has_its_page_and_its_pdf()
    {
        var entry = One("file", """{"id":"2601.00001","title":"A title"}""");
        Assert.Equal(("https://arxiv.org/abs/2601.00001", "https://arxiv.org/pdf/2601.00001"), (entry.Url, entry.Pdf));
    }

    [Theory]
    [InlineData("openalex", """{"results":[{"id":"W1","title":"a\ud800"},{"id":"W2","title":"Good"}]}""")]
    [InlineData("file", "{\"title\":\"a\\ud800\"}\n{\"title\":\"Good\"}")]
    [InlineData("huggingface", """[{"paper":{"id":"1","title":"a\udfff"}},{"paper":{"id":"W2","title":"Good"}}]""")]
    public void Half_a_character_costs_itself_only(string kind, string answer)
    {
        var reading = Read(kind, answer);
        Assert.Equal(["a", "Good"], reading.Entries.Select(entry => entry.Title));
        Assert.Empty(reading.SetAside);
    }

    [Theory]
    [InlineData("openalex", """{"results":[{"id":"W1","title":"\ud800"},{"id":"W2","title":"Good"}]}""")]
    [InlineData("file", "{\"title\":\"\\ud800\"}\n{\"title\":\"Good\"}")]
    [InlineData("file", "{\"title\":\"\",\"\\ud800\":1}\n{\"title\":\"Good\"}")]
    [InlineData("huggingface", """[{"paper":{"id":"1","title":"\udfff"}},{"paper":{"id":"W2","title":"Good"}}]""")]
    public void A_title_of_half_a_character_costs_its_own_entry_only(string kind, string answer)
    {
        var reading = Read(kind, answer);
        Assert.Equal(("Good", 1), (Assert.Single(reading.Entries).Title, reading.SetAside.Count));
    }

    private static string Oai(string records) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2026-01-26T12:00:00Z</responseDate><request verb=\"ListRecords\">http://x</request><ListRecords>{records}</ListRecords></OAI-PMH>";

    private static PaperEntry One(string kind, string answer) => Assert.Single(Read(kind, answer).Entries);

    private static Reading Read(string kind, string answer) => SourceKinds.Find(kind)!.Read(new MemoryStream(Encoding.UTF8.GetBytes(answer)));
}
