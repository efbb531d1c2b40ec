using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Mailbox.Understanding;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox;

/// <summary>An explanation as one line of JSON.</summary>
internal static class ExplainMail
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<string> ExplainAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var mail = await MailReader.ReadAsync(stream, cancellationToken);
        return ToJson(file, MailUnderstanding.Explain(mail));
    }

    public static string ToJson(string file, Explanation explanation) => JsonSerializer.Serialize(
        new
        {
            file,
            kind = explanation.Kind == InboundKind.AutoReply ? "auto-reply" : explanation.Kind.ToString().ToLowerInvariant(),
            feedback = explanation.Feedback,
            recipients = explanation.Recipients.Select(recipient => new
            {
                address = recipient.Address,
                action = recipient.Action.ToString().ToLowerInvariant(),
                severity = recipient.Severity?.ToString().ToLowerInvariant(),
                status = recipient.Status,
                reason = recipient.Reason,
            }),
            reply_text = explanation.ReplyText,
            command = Command(explanation),
            decision = explanation.Decision,
            would = WouldDo.Describe(explanation),
        },
        Options);

    private static string? Command(Explanation explanation)
    {
        if (explanation.Commands.FirstOrDefault(command => command.Verb == Understanding.Commands.CommandVerb.Unsubscribe) is { } stop)
            return stop.Name;
        return explanation.Commands.Count > 0 ? explanation.Commands[0].Name : explanation.IsUnclear ? "unclear" : null;
    }
}
