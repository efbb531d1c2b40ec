using System.Data.Common;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>One mail in the transaction that handles it.</summary>
internal sealed record MailContext(DbTransaction Transaction, string Key, InboundMail Mail, Explanation Explanation, Correspondent? About, DateTimeOffset Now);
