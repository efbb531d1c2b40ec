using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>What no other step knew is taken for a human's: the new text is cut out and read as commands.</summary>
internal sealed class HumanStep : IUnderstandingStep
{
    public Explanation TryExplain(InboundMail mail)
    {
        var reply = ReplyBody.Read(mail);
        var commands = CommandReader.Read(mail.Subject, Disclaimer.Cut(OwnFooter.Remove(reply.OwnWords)), mail.From);
        var says = reply.OwnWords.Length > 0;
        return new Explanation
        {
            Kind = InboundKind.Human,
            Decision = commands.Count > 0 ? "command" : says ? "human: no command" : "human: no words",
            ReplyText = reply.Shown,
            Commands = commands,
            IsUnclear = says && commands.Count == 0,
        };
    }
}
