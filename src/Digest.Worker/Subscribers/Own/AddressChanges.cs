using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Own;

/// <summary>
/// A reader asks to be written to at another address. It holds when somebody who reads that address has pressed the button in the mail to
/// it. Whether a mail was sent is not told: nobody learns here who is a subscriber.
/// </summary>
internal sealed class AddressChanges(Database database, Subscriptions subscriptions, SubscriberStore subscribers, SuppressionStore suppressions, AddressChangeStore asked, OutboxStore outbox, ReaderToken tokens, TimeProvider time)
{
    private const int MostADay = 3;
    private static readonly TimeSpan Valid = TimeSpan.FromDays(7);

    /// <param name="letter">The lines of the mail to the new address, for a token.</param>
    /// <returns>What is wrong with the address as such; null where it is an address.</returns>
    public async Task<FormattableString?> AskAsync(Subscriber subscriber, string email, Func<string, IReadOnlyList<string>> letter)
    {
        if (!EmailAddress.TryFold(email, out var key, out var problem))
            return problem;
        await database.WriteAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            await asked.ForgetBeforeAsync(transaction, now - Valid);
            var (byReader, forAddress) = await asked.SinceAsync(transaction, subscriber.Id, key, now.AddDays(-1));
            if (byReader >= MostADay || forAddress > 0 || await suppressions.ReasonAsync(transaction, key) is not null || await subscribers.FindByKeyAsync(transaction, key) is not null)
                return;
            var id = await asked.AddAsync(transaction, subscriber.Id, email, key, now);
            await WriteAsync(transaction, subscriber, email, $"{id}", letter(tokens.Write(TokenPurpose.NewAddress, subscriber.Id, id)), now);
        }, CancellationToken.None);
        return null;
    }

    /// <summary>The button in the mail was pressed.</summary>
    /// <param name="notice">The lines of the mail that tells the old address.</param>
    /// <returns>False where the token is not one of ours, is too old, or was overtaken by a later wish.</returns>
    public Task<bool> ConfirmAsync(string token, Func<Subscriber, IReadOnlyList<string>> notice) => !tokens.TryRead(token, TokenPurpose.NewAddress, out var subject)
        ? Task.FromResult(false)
        : database.WriteAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (await subscribers.FindAsync(transaction, subject.SubscriberId) is not { } before
                || await asked.NewestAsync(transaction, before.Id, now - Valid) is not { } change || change.Id != subject.IssueId)
                return false;
            var outcome = await subscriptions.EditAsync(transaction, before.Id, new SubscriberDraft { Email = change.Email });
            if (!outcome.Done)
                return false;
            await asked.ForgetAsync(transaction, before.Id);
            await WriteAsync(transaction, before, before.Email, $"{change.Id}/old", notice(before), now);
            return true;
        }, CancellationToken.None);

    /// <summary>
    /// Such a letter names no subscriber: whoever reads it must not get the reader's own reply address and links with it, and its bounce says
    /// nothing of theirs.
    /// </summary>
    private Task<bool> WriteAsync(DbTransaction transaction, Subscriber subscriber, string to, string occasion, IReadOnlyList<string> lines, DateTimeOffset now) =>
        outbox.AddAsync(transaction, new OutboxMail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"{OutboxStore.AddressLetters}/{subscriber.Id}/{occasion}"),
            Kind = MailKind.Answer,
            Recipient = to,
            Payload = new LetterPayload { Language = subscriber.Language, Lines = lines }.ToJson(),
            CreatedAt = now,
        });
}
