using Digest.Templates.Languages;
using Digest.Templates.Output;

namespace Digest.Templates.Tests;

public sealed class MailLinkTests
{
    [Theory]
    [InlineData("digest+r-k4j2n8s9d0@lists.example.org")]
    [InlineData("a@b.example")]
    [InlineData("a@B.Example")]
    [InlineData("a..b@example.org")]
    [InlineData("a@-example.org")]
    [InlineData("a@example.org1")]
    [InlineData("ünï@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@example.org?cc=x")]
    public void The_short_way_to_a_reply_gives_what_the_long_way_gives(string address)
    {
        foreach (var language in new LanguageTable(new TemplateSource(null)).All)
        {
            foreach (var key in language.Sentences.Keys.Where(key => key.StartsWith("footer.command.", StringComparison.Ordinal)))
            {
                var command = language.Escaped(key);
                Assert.Equal(MailLink.Of($"mailto:{address}?subject={command}")?.Value, MailLink.Reply(address, command)?.Value);
            }
        }
    }
}
