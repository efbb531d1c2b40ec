using Digest.Worker.Mailbox.Handling;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Answering;

/// <summary>
/// Writes answers. Only to a reader's own address, never to whoever a mail says it is from; at most one a mail, one a day for the
/// same thing that we could not do, and so many an hour in all.
/// </summary>
internal sealed class AnswerDesk(Letters letters, InboundStore inbound, MailboxOptions options)
{
    private const int LongestQuote = 200;

    /// <param name="occasion">Answers of one occasion are one answer.</param>
    public async Task<bool> AnswerAsync(MailContext context, Subscriber subscriber, string occasion, IReadOnlyList<string> lines)
    {
        if (await inbound.AnswersSinceAsync(context.Transaction, context.Now.AddHours(-1)) >= options.AnswersPerHour)
            return false;
        return await letters.WriteAsync(context.Transaction, MailKind.Answer, subscriber, occasion, context.Now, lines);
    }

    /// <summary>An occasion that comes once a day.</summary>
    public static string Daily(MailContext context, string what) => $"{what}/{context.Now.UtcDateTime:yyyy-MM-dd}";

    /// <summary>What somebody wrote, short and on one line, to be shown again.</summary>
    public static string Quote(string text)
    {
        var line = Understanding.Mail.HeaderFields.OneLine(text);
        return line.Length > LongestQuote ? $"{line[..LongestQuote]}…" : line;
    }
}
