using System.Net.Security;
using System.Text;

namespace Digest.Worker.Tests.Support;

/// <summary>One client's conversation with a <see cref="LoopbackSmtp"/>.</summary>
internal sealed class SmtpConversation(LoopbackSmtp server, Stream stream, CancellationToken stop)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start, end;
    private bool encrypted, loggedIn;
    private (string Address, string Parameters) sender, recipient;

    private SmtpScript Script => server.Script;

    public async Task RunAsync()
    {
        if (server.TlsFromTheStart)
            await EncryptAsync();
        await SayAsync(Script.Greeting);
        while (await ReadLineAsync() is { } octets)
        {
            var line = Encoding.UTF8.GetString(octets);
            server.Lines.Enqueue(line);
            if (!await ObeyAsync(line))
                return;
        }
    }

    private async Task<bool> ObeyAsync(string line)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                var offers = Script.Extensions
                    .Concat(server.Certificate is not null && !encrypted && !Script.Extensions.Contains("-STARTTLS") ? ["STARTTLS"] : [])
                    .Concat(Script.Login is null ? [] : ["AUTH PLAIN"]).Where(offer => offer[0] != '-').Prepend("loopback.test").ToArray();
                return await SayAsync(string.Join("\r\n", offers.Select((offer, i) => $"250{(i == offers.Length - 1 ? ' ' : '-')}{offer}")));
            case "HELO":
                return await SayAsync("250 loopback.test");
            case "STARTTLS":
                await SayAsync("220 2.0.0 Ready" + Script.Injected);
                await EncryptAsync();
                return true;
            case "AUTH":
                loggedIn = Script.Login is { } login && line.EndsWith(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login.User}\0{login.Password}")), StringComparison.Ordinal);
                return await SayAsync(loggedIn ? "235 2.7.0 Ok" : Script.LoginRefused);
            case "MAIL":
                sender = Path(line);
                return await SayAsync(Script.Login is not null && !loggedIn ? "530 5.7.0 Authenticate first" : Script.Sender);
            case "RCPT":
                recipient = Path(line);
                if (Script.AtRecipient is { } hook)
                    await hook(recipient.Address);
                return await SayAsync(Script.Recipient.GetValueOrDefault(Local(), Script.AnyRecipient));
            case "DATA":
                return await TakeMessageAsync();
            case "RSET" or "NOOP":
                return await SayAsync("250 2.0.0 Ok");
            case "QUIT":
                await SayAsync("221 2.0.0 Bye");
                return false;
            default:
                return await SayAsync("500 5.5.2 What?");
        }
    }

    private async Task<bool> TakeMessageAsync()
    {
        await SayAsync("354 Go on");
        var octets = new MemoryStream();
        while (await ReadLineAsync() is { } line)
        {
            if (line is [(byte)'.'])
            {
                var mail = new RecordedMail(sender.Address, sender.Parameters, recipient.Address, recipient.Parameters, octets.ToArray(), encrypted);
                if (Script.BeforeFinalAnswer is { } hook)
                    await hook(mail);
                var answer = Script.Message.GetValueOrDefault(Local(), "250 2.0.0 Ok: queued as LOOP");
                if (answer == SmtpScript.Drop || answer[0] == '2')
                    server.Mails.Enqueue(mail);
                return await SayAsync(answer);
            }
            octets.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            octets.Write("\r\n"u8);
        }
        return false;
    }

    private string Local() => recipient.Address.Split('@')[0];

    private static (string Address, string Parameters) Path(string line)
    {
        var open = line.IndexOf('<');
        var close = line.IndexOf('>', open);
        return (line[(open + 1)..close], line[(close + 1)..].Trim());
    }

    private async Task EncryptAsync()
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, stop);
        (stream, start, end, encrypted) = (tls, 0, 0, true);
    }

    private async Task<bool> SayAsync(string text)
    {
        if (text.StartsWith(SmtpScript.Drop, StringComparison.Ordinal))
            return false;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), stop);
        return !text.StartsWith("421", StringComparison.Ordinal);
    }

    /// <summary>One line without its CR LF; null at the end. A bare CR or LF stays in the line, so that a test can see it.</summary>
    private async Task<byte[]?> ReadLineAsync()
    {
        var line = new MemoryStream();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, stop));
                if (end == 0)
                    return null;
            }
            var one = buffer[start++];
            line.WriteByte(one);
            if (one == '\n' && line.Length >= 2 && line.GetBuffer()[line.Length - 2] == '\r')
                return line.GetBuffer().AsSpan(0, (int)line.Length - 2).ToArray();
        }
    }
}
