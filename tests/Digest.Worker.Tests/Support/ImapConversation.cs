using System.Net.Security;
using System.Text;

namespace Digest.Worker.Tests.Support;

/// <summary>One client's conversation with a <see cref="LoopbackImap"/> (RFC 3501; XOAUTH2 as Google and Microsoft describe it).</summary>
internal sealed class ImapConversation(LoopbackImap server, Stream stream, CancellationToken stop)
{
    private bool encrypted;

    private string Capabilities => $"CAPABILITY IMAP4rev1 SASL-IR IDLE{(server.OAuth is null ? "" : " AUTH=XOAUTH2")}{(server.Certificate is not null && !encrypted ? " STARTTLS" : "")}";

    public async Task RunAsync()
    {
        if (server.TlsFromTheStart)
            await EncryptAsync();
        await SayAsync($"* OK [{Capabilities}] Ready");
        while (await ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            if (words.Length > 1 && !await ObeyAsync(words[0], words[1].ToUpperInvariant(), words))
                return;
        }
    }

    private async Task<bool> ObeyAsync(string tag, string command, string[] words)
    {
        switch (command)
        {
            case "CAPABILITY":
                await SayAsync($"* {Capabilities}");
                break;
            case "STARTTLS" when server.Certificate is not null:
                await SayAsync($"{tag} OK Begin");
                await EncryptAsync();
                return true;
            case "AUTHENTICATE" when words is [_, _, "XOAUTH2", var first]:
                return await LoginAsync(tag, Encoding.UTF8.GetString(Convert.FromBase64String(first)) == server.OAuth);
            case "LIST":
                await SayAsync(words[^1].Contains("INBOX", StringComparison.Ordinal) ? "* LIST () \"/\" INBOX" : "* LIST (\\Noselect) \"/\" \"\"");
                break;
            case "SELECT" or "EXAMINE":
                await SayAsync("* FLAGS (\\Seen)\r\n* 0 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] Same\r\n* OK [UIDNEXT 1] Next");
                await SayAsync($"{tag} OK [{(command == "SELECT" ? "READ-WRITE" : "READ-ONLY")}] Opened");
                return true;
            case "UID":
                await SayAsync("* SEARCH");
                break;
            case "IDLE":
                await SayAsync("+ idling");
                await ReadLineAsync();
                break;
            case "LOGOUT":
                await SayAsync($"* BYE\r\n{tag} OK Bye");
                return false;
            case "LOGIN" or "NOOP" or "CHECK" or "CLOSE":
                break;
            default:
                await SayAsync($"{tag} BAD What?");
                return true;
        }
        await SayAsync($"{tag} OK Done");
        return true;
    }

    /// <summary>A refusal is told in a challenge first, which the client answers with an empty line.</summary>
    private async Task<bool> LoginAsync(string tag, bool isRight)
    {
        if (!isRight)
        {
            await SayAsync($"+ {Convert.ToBase64String("""{"status":"401","schemes":"bearer"}"""u8)}");
            await ReadLineAsync();
        }
        await SayAsync(isRight ? $"{tag} OK Welcome" : $"{tag} NO [AUTHENTICATIONFAILED] Token refused");
        return true;
    }

    private async Task EncryptAsync()
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, stop);
        (stream, encrypted) = (tls, true);
    }

    private async Task SayAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), stop);

    private async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] != '\n')
            {
                line.Add(one[0]);
                continue;
            }
            var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            server.Lines.Enqueue((text, encrypted));
            return text;
        }
        return null;
    }
}
