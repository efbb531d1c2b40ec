using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

public sealed class EscapingTests
{
    [Fact]
    public void Markup_in_a_title_is_shown_not_obeyed()
    {
        var mail = Samples.Templates.Render(Samples.Issue(Samples.Paper(1, "<script>alert(1)</script> & \"quotes\"") with { Reason = null }));
        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script> & \"quotes\"", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("https://evil.example\" onclick=\"x")]
    [InlineData("https://user:secret@evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("file:///etc/passwd")]
    public void Only_safe_addresses_become_links(string address)
    {
        var mail = Samples.Templates.Render(Samples.Issue(Samples.Paper(1) with { Url = address, PdfUrl = address, CodeUrl = address }));
        Assert.DoesNotContain("evil", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("passwd", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_lines_stay_within_72_columns_except_addresses()
    {
        var mail = Samples.Templates.Render(Samples.Issue([.. Enumerable.Range(1, 12).Select(i => Samples.Paper(i))]));
        Assert.All(mail.Text.Split('\n'), line => Assert.True(line.Length <= 72 || line.Contains("://", StringComparison.Ordinal), line));
    }
}
