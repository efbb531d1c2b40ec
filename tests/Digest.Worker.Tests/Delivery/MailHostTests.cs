using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Tests.Support;
using MailKit;
using MailKit.Net.Imap;

namespace Digest.Worker.Tests.Delivery;

/// <summary>A real Postfix takes the mails and a real Dovecot shows them. <c>DIGEST_HOST_MAILS</c> says how many (2,000 is the measure).</summary>
public sealed class MailHostTests
{
    [FactWith<PostfixServer, DovecotServer>]
    public async Task Through_Postfix_into_Dovecot_each_reader_gets_their_mail_once_and_it_is_read_back_over_IMAP()
    {
        var mails = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_HOST_MAILS"), CultureInfo.InvariantCulture, out var many) ? many : 100;
        await using var dovecot = await DovecotServer.StartAsync();
        await using var postfix = await PostfixServer.StartAsync(dovecot.Maildir);
        await using var installation = await Installation.CreateAsync(settings: postfix.Settings(8));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, mails).Select(i => $"reader{i}"));

        Assert.Equal(mails, (await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Sent);

        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", dovecot.Port, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync("digest", "secret");
        var inbox = client.Inbox!;
        for (var wait = 0; wait < 600; wait++)
        {
            await inbox.OpenAsync(FolderAccess.ReadOnly);
            if (inbox.Count >= mails)
                break;
            await inbox.CloseAsync();
            await Task.Delay(200);
        }
        await Task.Delay(500);
        await client.NoOpAsync();
        var found = await inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope);
        Assert.Equal(mails, found.Count);
        Assert.Equal(mails, found.Select(mail => mail.Envelope!.To.Mailboxes.Single().Address).Distinct().Count());
        var ids = await Readers.QueryAsync(installation, "select message_id from outbox where state = 'sent'");
        Assert.Equal(ids.Order(StringComparer.Ordinal), found.Select(mail => mail.Envelope!.MessageId).Order(StringComparer.Ordinal));
    }
}
