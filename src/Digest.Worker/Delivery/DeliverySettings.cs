using System.Globalization;
using System.Net;
using System.Net.Mail;
using Digest.Worker.Delivery.Limits;
using Digest.Worker.Outbox;
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
        if (sender.Delimiter is not [var delimiter] || !ReaderAddress.Delimiters.Contains(delimiter, StringComparison.Ordinal))
            throw new SettingException("Sender:Delimiter", sender.Delimiter, $"one of {ReaderAddress.Delimiters}");
        Check("Sender:ReplyTo", sender.ReplyMailbox);
        // A token of 50 characters stands behind the local part, which may have 64 octets (RFC 5321, 4.5.3.1.1).
        if (sender.ReplyMailbox.LastIndexOf('@') > 64 - ReaderToken.MaxLength - 3)
            throw new SettingException("Sender:ReplyTo", sender.ReplyMailbox, $"at most {64 - ReaderToken.MaxLength - 3} characters before the @, because a token is put behind them");
        if (sender.Name.Any(char.IsControl))
            throw new SettingException("Sender:Name", "...", "a name on one line");
        return sender;
    }

    /// <summary>The relays, in the order in which they are set: one under <c>Smtp</c>, or several under <c>Smtp:0</c>, <c>Smtp:1</c> and so on.</summary>
    public static IReadOnlyList<RelaySetting> Smtp(IConfiguration configuration)
    {
        var several = configuration.GetSection("Smtp").GetChildren().Where(child => int.TryParse(child.Key, CultureInfo.InvariantCulture, out _)).Select(child => $"Smtp:{child.Key}").ToArray();
        return [.. (several.Length == 0 ? ["Smtp"] : several).Select(section => new RelaySetting(section, Smtp(configuration.Bind<SmtpOptions>(section), section)))];
    }

    public static RelayHost Relay(RelaySetting relay)
    {
        var smtp = relay.Smtp;
        var security = Security(smtp, relay.Section);
        var port = smtp.Port ?? (security == SmtpSecurity.Tls ? 465 : smtp.Username is null ? 25 : 587);
        return new RelayHost(smtp.Host!, port, security, () => Credential(smtp));
    }

    public static DeliveryOptions Delivery(IConfiguration configuration)
    {
        var options = configuration.Bind<DeliveryOptions>("Delivery");
        foreach (var (name, value) in new[]
        {
            ("PerSecond", options.PerSecond), ("PerHour", options.PerHour), ("DomainPerSecond", options.DomainPerSecond),
            ("DomainPerHour", options.DomainPerHour), ("DomainConnections", options.DomainConnections), ("PauseAfter", options.PauseAfter),
        })
            AtLeast($"Delivery:{name}", value, 0);
        for (var i = 0; i < options.Domains.Count; i++)
            Domain($"Delivery:Domains:{i}", options.Domains[i]);
        if (options.Domains.GroupBy(limit => RecipientDomain.Of(limit.Domain), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new SettingException("Delivery:Domains", twice.Key, "each domain once");
        for (var i = 0; i < options.WarmUp.Count; i++)
            AtLeast($"Delivery:WarmUp:{i}", options.WarmUp[i], 1);
        if (options.WarmUp.Count > 0 != options.WarmUpFrom is not null)
            throw new SettingException("Delivery:WarmUpFrom", options.WarmUpFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "the first day of Delivery:WarmUp: both are set, or neither");
        return options;
    }

    private static SmtpOptions Smtp(SmtpOptions smtp, string section)
    {
        if (smtp.Connections is < 1 or > 64)
            throw new SettingException($"{section}:Connections", $"{smtp.Connections}", "1 to 64");
        if (smtp.Weight is < 1 or > 1000)
            throw new SettingException($"{section}:Weight", $"{smtp.Weight}", "1 to 1000");
        if (smtp.Port is < 1 or > 65535)
            throw new SettingException($"{section}:Port", $"{smtp.Port}", "1 to 65535");
        if (section != "Smtp" && string.IsNullOrWhiteSpace(smtp.Host))
            throw new SettingException($"{section}:Host", smtp.Host, "the name of the relay");
        _ = Security(smtp, section);
        if (smtp.PasswordFile is { Length: > 0 } file && !File.Exists(file))
            throw new SettingException($"{section}:PasswordFile", file, "a file that is there");
        return smtp;
    }

    private static void Domain(string section, DomainLimit limit)
    {
        if (limit.Domain.Length == 0 || limit.Domain.Contains('@', StringComparison.Ordinal))
            throw new SettingException($"{section}:Domain", limit.Domain, "a domain such as example.org");
        AtLeast($"{section}:PerSecond", limit.PerSecond, 0);
        AtLeast($"{section}:PerHour", limit.PerHour, 0);
        AtLeast($"{section}:Connections", limit.Connections, 0);
    }

    private static void AtLeast(string key, int value, int least)
    {
        if (value < least)
            throw new SettingException(key, $"{value}", $"{least} or more");
    }

    private static SmtpSecurity Security(SmtpOptions smtp, string section) => smtp.Security is { Length: > 0 } word
        ? SettingBinding.OneOf<SmtpSecurity>($"{section}:Security", word)
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

/// <summary>A relay and the section of the settings that names it.</summary>
internal sealed record RelaySetting(string Section, SmtpOptions Smtp);
