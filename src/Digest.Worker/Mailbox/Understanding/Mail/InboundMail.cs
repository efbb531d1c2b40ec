using MimeKit;

namespace Digest.Worker.Mailbox.Understanding.Mail;

/// <summary>A mail that came in, parsed within <see cref="MailLimits"/>: its headers and its parts, flat and in order.</summary>
internal sealed class InboundMail
{
    private readonly Dictionary<string, List<string>> headers;
    private string? text;

    public InboundMail(MimeMessage message)
    {
        headers = HeaderFields.Index(message.Headers);
        Parts = PartList.Of(message.Body);
        Subject = HeaderFields.OneLine(message.Subject ?? First("Subject") ?? "");
        From = Addresses("From") is [var from, ..] ? from : null;
    }

    public string Subject { get; }

    /// <summary>The first address of From; null where there is none that can be read.</summary>
    public string? From { get; }

    /// <summary>The parts in their order, without the insides of attached mails.</summary>
    public IReadOnlyList<MailPart> Parts { get; }

    /// <summary>What a reader sees first: the plain text, or the HTML without its markup.</summary>
    public string Text => text ??= Parts.VisibleText();

    /// <summary>The content type of the whole, in lower case.</summary>
    public string ContentType => First("Content-Type")?.ToLowerInvariant() ?? "";

    public bool Has(string name) => headers.ContainsKey(name);

    /// <summary>The first value of a header, unfolded and decoded.</summary>
    public string? First(string name) => headers.TryGetValue(name, out var values) ? values[0] : null;

    public IReadOnlyList<string> All(string name) => headers.TryGetValue(name, out var values) ? values : [];

    /// <summary>The addresses in every header of this name.</summary>
    public IReadOnlyList<string> Addresses(string name) => [.. All(name).SelectMany(AddressText.FindAll)];

    /// <summary>True when the envelope sender was empty, as our own server noted it (RFC 5321, 4.5.5).</summary>
    public bool HasNullReturnPath => All("Return-Path").Any(value => value.Trim() is "<>" or "");
}
