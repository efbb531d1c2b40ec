using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>One per-recipient group of a delivery report.</summary>
/// <param name="Address">Final-Recipient, else Original-Recipient; null where neither holds an address.</param>
/// <param name="Original">Original-Recipient, the address that we wrote to, where it differs.</param>
/// <param name="Status">Status field as an enhanced code.</param>
internal sealed partial record ReportedRecipient(string? Address, string? Original, DeliveryAction Action, string? Status, string Diagnostic)
{
    public static ReportedRecipient? Read(IReadOnlyList<ReportField> group)
    {
        var final = Recipient(group.Value("Final-Recipient"));
        var original = Recipient(group.Value("Original-Recipient"));
        var actual = Recipient(group.Value("X-Actual-Recipient"));
        var named = group.Value("Final-Recipient") ?? group.Value("Original-Recipient");
        if (named is not null && named.Contains("...", StringComparison.Ordinal) && final is null)
            return null;
        var status = group.Value("Status") is { } field ? StatusCode.Find(field) : null;
        var diagnostic = string.Join(" ", group.Where(IsDiagnostic).Select(entry => WithoutType(entry.Value)));
        return new ReportedRecipient(IsUsable(final) ? final : original ?? actual ?? final, original, ReadAction(group.Value("Action"), status), status, diagnostic);
    }

    private static bool IsDiagnostic(ReportField field) =>
        field.Name.Equals("Diagnostic-Code", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("X-Supplementary-Info", StringComparison.OrdinalIgnoreCase);

    private static string WithoutType(string value) => value.IndexOf(';', StringComparison.Ordinal) is > 0 and < 25 and var end ? value[(end + 1)..].Trim() : value;

    private static string? Recipient(string? value)
    {
        if (value is null)
            return null;
        var address = value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..];
        return AddressText.FindAll(value.StartsWith("utf-8", StringComparison.OrdinalIgnoreCase) ? Unicode(address) : address).LastOrDefault();
    }

    /// <summary>The form of RFC 6533, 3 that stands in plain ASCII: <c>\x{FC}</c> for a character.</summary>
    private static string Unicode(string address) => Embedded().Replace(address, match =>
        int.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) ? new Rune(code).ToString() : match.Value);

    [GeneratedRegex(@"\\x\{([0-9A-Fa-f]{2,6})\}", RegexOptions.NonBacktracking)]
    private static partial Regex Embedded();

    private static bool IsUsable(string? address) => address is not null && AddressText.Domain(address).Contains('.', StringComparison.Ordinal);

    private static DeliveryAction ReadAction(string? action, string? status) => action?.Split(' ', '(', ';')[0].ToLowerInvariant() switch
    {
        "failed" or "failure" or "fail" => DeliveryAction.Failed,
        "delayed" or "delay" => DeliveryAction.Delayed,
        "delivered" or "deliverable" => DeliveryAction.Delivered,
        "relayed" => DeliveryAction.Relayed,
        "expanded" => DeliveryAction.Expanded,
        _ => status?[0] switch { '2' => DeliveryAction.Delivered, '4' => DeliveryAction.Delayed, _ => DeliveryAction.Failed },
    };
}
