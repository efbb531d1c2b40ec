using Digest.Worker.Mailbox.Understanding.Replies;

namespace Digest.Worker.Tests.Mailbox;

public class QuoteHeaderTests
{
    public static TheoryData<string> Headers => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Mailbox", "Cases", "quote-headers.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Headers))]
    public void What_stands_under_an_announcement_is_not_the_readers(string header)
    {
        Assert.Equal("unsubscribe", ReplyText.Split($"unsubscribe\n\n{header}\n\nTo unsubscribe, reply.\n\nA paper.").Shown);
        Assert.Equal("Thanks!\nMary", ReplyText.Split($"Thanks!\nMary\n\n{header}\n> A paper.\n> Another one.\n").Shown);
    }
}
