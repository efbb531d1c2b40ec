namespace Digest.Worker.Outbox;

/// <summary>How a kind stands in the database.</summary>
internal static class MailKinds
{
    public static string ToText(MailKind kind) => kind.ToString().ToLowerInvariant();

    public static MailKind Parse(string text) => Enum.Parse<MailKind>(text, ignoreCase: true);
}
