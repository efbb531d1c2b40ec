using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>One part of a mail that is not a container.</summary>
/// <param name="Type">Media type in lower case, such as <c>text/plain</c>.</param>
/// <param name="IsAttachment">Marked as an attachment, or named like a file.</param>
/// <param name="Entity">The part itself; an attached mail stays closed.</param>
internal sealed record MailPart(string Type, bool IsAttachment, MimeEntity Entity)
{
    private string? text;

    /// <summary>The content as text, whatever the type says.</summary>
    public string Text => text ??= PartText.Read(Entity);

    public bool IsText => Type.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>The returned original, whole or its headers alone.</summary>
    public bool IsReturnedMail => Type is "message/rfc822" or "text/rfc822-headers" or "message/rfc822-headers" or "text/rfc822" or "message/global"
        or "message/global-headers" or "message/partial";
}
