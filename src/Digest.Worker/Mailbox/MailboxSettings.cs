using System.Net;
using Digest.Worker.Mailbox.Reading;
using Digest.Worker.Settings;

namespace Digest.Worker.Mailbox;

/// <summary>Reads and checks the settings of the mailbox.</summary>
internal static class MailboxSettings
{
    public static MailboxKind Check(MailboxOptions options)
    {
        var kind = SettingBinding.OneOf<MailboxKind>("Mailbox:Kind", options.Kind);
        if (options.AnswersPerHour < 1)
            throw new SettingException("Mailbox:AnswersPerHour", $"{options.AnswersPerHour}", "1 or more");
        if (kind == MailboxKind.Maildir && (options.Folder is "INBOX" or "" || File.Exists(options.Folder)))
            throw new SettingException("Mailbox:Folder", options.Folder, "the path of a Maildir, because Mailbox:Kind is maildir");
        if (kind == MailboxKind.Imap)
            _ = Imap(options);
        return kind;
    }

    public static ImapAccess Imap(MailboxOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Host))
            throw new SettingException("Mailbox:Host", options.Host, "the name of the IMAP server, because Mailbox:Kind is imap");
        if (options.Port is < 1 or > 65535)
            throw new SettingException("Mailbox:Port", $"{options.Port}", "1 to 65535");
        if (string.IsNullOrWhiteSpace(options.Username))
            throw new SettingException("Mailbox:Username", options.Username, "the user of the mailbox");
        if (options.PasswordFile is { Length: > 0 } file && !File.Exists(file))
            throw new SettingException("Mailbox:PasswordFile", file, "a file that is there");
        var security = Security(options);
        var authentication = SettingBinding.OneOf<MailboxAuthentication>("Mailbox:Authentication", options.Authentication);
        return new ImapAccess(options.Host, options.Port ?? (security == MailboxSecurity.Tls ? 993 : 143), security, options.Username, authentication, options.Folder);
    }

    /// <summary>Read at each connection, so that a renewed secret is used without a restart.</summary>
    public static string Password(MailboxOptions options) =>
        options.PasswordFile is { Length: > 0 } file ? File.ReadLines(file).FirstOrDefault("").TrimEnd() : options.Password ?? "";

    private static MailboxSecurity Security(MailboxOptions options)
    {
        if (options.Security is { Length: > 0 } word)
            return SettingBinding.OneOf<MailboxSecurity>("Mailbox:Security", word);
        return options.Host is "localhost" || (IPAddress.TryParse(options.Host, out var address) && IPAddress.IsLoopback(address)) ? MailboxSecurity.None : MailboxSecurity.Tls;
    }
}
