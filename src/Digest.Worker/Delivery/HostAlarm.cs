using Digest.Worker.Alerts;

namespace Digest.Worker.Delivery;

/// <summary>The alarm for each trouble with a host.</summary>
internal static class HostAlarm
{
    /// <summary>A host that is merely away often comes back by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string Key(string host) => $"relay/{host}";

    public static Alarm Of(string host, HostTrouble trouble, string why)
    {
        var (sentence, remedy) = trouble switch
        {
            HostTrouble.Unreachable => ($"{host} cannot be reached or does not take mail now.", "Look whether it runs and can be reached from here; Digest goes on trying."),
            HostTrouble.Refuses => ($"{host} refuses us.", "Look at its answer: our name or address may be blocked, or it is not a mail server."),
            HostTrouble.Login => ($"{host} refuses our login.", "Check Smtp:Username and the password: one in a file is read again at the next try, one in the environment needs a restart."),
            HostTrouble.NoLogin => ($"{host} takes no login.", "Take Smtp:Username away if it wants none; many relays want one only on an encrypted connection (Smtp:Security)."),
            HostTrouble.NoTls => ($"{host} does not offer STARTTLS, which is required; nothing was sent in clear.", "If it did before, somebody may be listening on the way. Else set Smtp:Security to tls, or to none on a network that you trust."),
            HostTrouble.Injected => ($"Somebody put answers of their own into the conversation with {host}; nothing was sent.", "Somebody may be listening on the way: look at the network, or set Smtp:Security to tls."),
            HostTrouble.CertificateExpired => ($"The certificate of {host} has expired or is not valid yet; nothing was sent.", "Have it renewed; and look whether the clock of this machine is right."),
            HostTrouble.CertificateName => ($"The certificate of {host} is for another name; nothing was sent.", "Set Smtp:Host to the name in the certificate; if it was right before, somebody may be in between."),
            HostTrouble.CertificateUntrusted => ($"The certificate of {host} is self-signed or signed by somebody whom this machine does not trust; nothing was sent.", "Add the authority that signed it to the certificates of this machine or container, or have the server get another one."),
            HostTrouble.Tls => ($"TLS with {host} failed; nothing was sent.", "Check Smtp:Port and Smtp:Security: tls is for ports that speak it from the start (465), starttls for the others."),
            HostTrouble.Sender => ($"{host} does not accept our sender address.", "Check Sender:From and Sender:ReplyTo, and whether this login may send as them."),
            _ => ($"{host} cannot be written.", "Check Delivery:PickupFolder, its rights and its disk."),
        };
        return new Alarm(Key(host), sentence, remedy) { Detail = why, After = trouble == HostTrouble.Unreachable ? Patience : TimeSpan.Zero };
    }
}
