using System.Diagnostics.Metrics;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Commands;

namespace Digest.Worker.Mailbox;

/// <summary>What came back by mail. Labels: the closed lists of kinds and commands.</summary>
internal static class MailboxMetrics
{
    private static readonly Meter Meter = new("Digest");
    private static readonly Counter<long> Mails = Meter.CreateCounter<long>("digest_mailbox_mails", description: "Mails read, by what they were taken for.");
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("digest_mailbox_commands", description: "Commands in replies.");

    public static void Read(InboundKind kind) => Mails.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()));

    public static void Commanded(CommandVerb verb) => Commands.Add(1, new KeyValuePair<string, object?>("command", verb.ToString().ToLowerInvariant()));
}
