using System.Text.Json;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Complaints;

/// <summary>
/// A notice in JSON that Amazon SES sends by mail (SNS notification contents: notificationType, bounce.bouncedRecipients, complaint.complainedRecipients),
/// plain or wrapped as text in an SNS envelope.
/// </summary>
/// <param name="Kind"><c>bounce</c>, <c>complaint</c> or <c>delivery</c>.</param>
internal sealed record ProviderNotice(string Kind, string? Feedback, IReadOnlyList<string> Recipients, IReadOnlyList<ProviderNotice.Failure> Failures, bool IsPermanent)
{
    /// <summary>One bounced recipient of the notice.</summary>
    internal sealed record Failure(string Address, string Action, string? Status, string Diagnostic);

    public static ProviderNotice? Find(InboundMail mail)
    {
        var text = mail.Parts.FirstOrDefault(part => part.Type is "text/plain" or "application/json")?.Text.TrimStart() ?? "";
        if (!text.StartsWith('{'))
            return null;
        // Some servers cut long lines with "!" and go on in the next.
        return Read(text, 0) ?? Read(text.Replace("!\n ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), 0);
    }

    private static ProviderNotice? Read(string text, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(FirstObject(text), new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            if (depth == 0 && Word(root, "Message") is { } wrapped)
                return Read(wrapped, 1);
            return (Word(root, "notificationType") ?? Word(root, "eventType"))?.ToLowerInvariant() switch
            {
                "bounce" when Child(root, "bounce") is { } bounce => Bounce(bounce),
                "complaint" when Child(root, "complaint") is { } complaint => new ProviderNotice("complaint", Word(complaint, "complaintFeedbackType"), Addresses(complaint, "complainedRecipients"), [], false),
                "delivery" => new ProviderNotice("delivery", null, [], [], false),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProviderNotice Bounce(JsonElement bounce)
    {
        var failures = Items(bounce, "bouncedRecipients").Select(item => new Failure(
            Word(item, "emailAddress") ?? "", Word(item, "action") ?? "failed", Word(item, "status"), Word(item, "diagnosticCode") ?? ""));
        return new ProviderNotice("bounce", null, [], [.. failures], Word(bounce, "bounceType") == "Permanent");
    }

    /// <summary>SNS adds a plain-text footer after the JSON.</summary>
    private static string FirstObject(string text) => text.LastIndexOf('}') is > 0 and var end ? text[..(end + 1)] : text;

    private static IReadOnlyList<string> Addresses(JsonElement element, string name) =>
        [.. Items(element, name).Select(item => Word(item, "emailAddress")).OfType<string>()];

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Take(100) : [];

    private static JsonElement? Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : null;

    private static string? Word(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;
}
