using System.Net;
using System.Net.Mail;
using Digest.Worker.Settings;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Delivery;

/// <summary>Reads and checks the settings of sender and relay.</summary>
internal static class DeliverySettings
{
    public static SenderOptions Sender(IConfiguration configuration)
    {
        var sender = configuration.Bind<SenderOptions>("Sender");
        Check("Sender:From", sender.From);
        Check("Sender:ReplyTo", sender.ReplyMailbox);
        // A token of 50 characters stands behind the local part, which may have 64 octets (RFC 5321, 4.5.3.1.1).
        if (sender.ReplyMailbox.LastIndexOf('@') > 64 - ReaderToken.MaxLength - 3)
            throw new SettingException("Sender:ReplyTo", sender.ReplyMailbox, $"at most {64 - ReaderToken.MaxLength - 3} characters before the @, because a token is put behind them");
        if (sender.Name.Any(char.IsControl))
            throw new SettingException("Sender:Name", "...", "a name on one line");
        return sender;
    }

    public static SmtpOptions Smtp(IConfiguration configuration)
    {
        var smtp = configuration.Bind<SmtpOptions>("Smtp");
        if (smtp.Connections is < 1 or > 64)
            throw new SettingException("Smtp:Connections", $"{smtp.Connections}", "1 to 64");
        if (smtp.Port is < 1 or > 65535)
            throw new SettingException("Smtp:Port", $"{smtp.Port}", "1 to 65535");
        _ = Security(smtp);
        if (smtp.PasswordFile is { Length: > 0 } file && !File.Exists(file))
            throw new SettingException("Smtp:PasswordFile", file, "a file that is there");
        return smtp;
    }

    public static RelayHost Relay(SmtpOptions smtp)
    {
        var security = Security(smtp);
        var port = smtp.Port ?? (security == SmtpSecurity.Tls ? 465 : smtp.Username is null ? 25 : 587);
        return new RelayHost(smtp.Host!, port, security, () => Credential(smtp));
    }

    private static SmtpSecurity Security(SmtpOptions smtp) => smtp.Security is { Length: > 0 } word
        ? SettingBinding.OneOf<SmtpSecurity>("Smtp:Security", word)
        : IsLoopback(smtp.Host) ? SmtpSecurity.None : SmtpSecurity.StartTls;

    private static bool IsLoopback(string? host) => host is "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    private static NetworkCredential? Credential(SmtpOptions smtp) => smtp.Username is not { Length: > 0 } user
        ? null
        : new NetworkCredential(user, smtp.PasswordFile is { Length: > 0 } file ? File.ReadLines(file).FirstOrDefault("").TrimEnd() : smtp.Password ?? "");

    private static void Check(string key, string address)
    {
        if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address || address.Any(c => c > 127 && !char.IsLetter(c)) || address.AsSpan(0, address.LastIndexOf('@')).ContainsAnyExceptInRange('!', '~'))
            throw new SettingException(key, address, "a plain address such as digest@lists.example.org");
    }
}
