using System.Net.Sockets;
using Digest.Worker.Delivery.Relays;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Digest.Worker.Delivery;

/// <summary>
/// One connection to a relay, opened when it is needed and used for many mails, at most <see cref="MailsAConnection"/> or
/// <see cref="LongestUse"/>; then it says QUIT and opens another.
/// </summary>
internal sealed class SmtpSession(RelayHost relay, string localDomain, FinalAnswers answers, TimeProvider time) : ITransportSession
{
    private const int MailsAConnection = 100;
    private static readonly TimeSpan LongestUse = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30);

    /// <summary>RFC 5321, 4.5.3.2: 5 minutes for a command, 10 for the answer to the final dot. Less makes doubles with a slow server.</summary>
    private static readonly TimeSpan CommandPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FinalPatience = TimeSpan.FromMinutes(10);

    private RelayClient? client;
    private WireStream? wire;
    private HostTrouble? certificate;
    private long openedAt;
    private int sent;
    private bool offersUtf8;

    public async Task<SendResult.HostFailed?> ConnectAsync(CancellationToken stopping)
    {
        if (client is { IsConnected: true } && sent < MailsAConnection && time.GetElapsedTime(openedAt) < LongestUse)
            return null;
        await CloseAsync(quit: true);
        (openedAt, sent, certificate) = (time.GetTimestamp(), 0, null);
        var fresh = new RelayClient
        {
            LocalDomain = localDomain,
            Timeout = (int)CommandPatience.TotalMilliseconds,
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, _, chain, errors) => (certificate = ConnectFailure.Judge(errors, chain)) is null,
        };
        try
        {
            await OpenAsync(fresh, stopping);
            client = fresh;
            offersUtf8 = fresh.Capabilities.HasFlag(SmtpCapabilities.UTF8);
            return null;
        }
        catch (Exception e) when (ConnectFailure.From(e, relay, certificate, stopping) is { } failure)
        {
            fresh.Dispose();
            return failure;
        }
    }

    public async Task<SendResult> SendAsync(Func<bool, OutgoingMail> compose, Func<OutgoingMail, Task<bool>> mark)
    {
        var mail = compose(client!.Capabilities.HasFlag(SmtpCapabilities.EightBitMime));
        if (Unfit(mail) is { } unfit)
            return new SendResult.Refused(unfit);
        if (await SpeakAsync(mail.NeedsUtf8) is { } failed)
            return failed;
        var answered = 0L;
        try
        {
            return await TransferAsync(mail, mark, async () =>
            {
                answered = await answers.EnterAsync();
                client.Timeout = (int)FinalPatience.TotalMilliseconds;
            });
        }
        finally
        {
            answers.Leave(answered);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync(quit: true);

    private async Task<SendResult> TransferAsync(OutgoingMail mail, Func<OutgoingMail, Task<bool>> mark, Func<Task> beforeDot)
    {
        var (message, body) = PreparedBody.Wrap(mail, mark, () => wire!.PushAsync(CancellationToken.None).AsTask(), beforeDot);
        using (message)
        {
            client!.Current = mail;
            client.Timeout = (int)CommandPatience.TotalMilliseconds;
            try
            {
                // Never with the job's token: whoever stops waiting for the final answer makes a double.
                var answer = await client.SendAsync(message, new MailboxAddress("", mail.ReturnPath), [new MailboxAddress("", mail.Recipient)], CancellationToken.None);
                sent++;
                return new SendResult.Accepted(answer);
            }
            catch (MarkDeniedException)
            {
                await CloseAsync(quit: false);
                return new SendResult.Withdrawn();
            }
            catch (SmtpCommandException e)
            {
                return new SendResult.Refused(new ServerAnswer(Phase(e.ErrorCode), (int)e.StatusCode, e.Message));
            }
            catch (Exception e) when (e is IOException or SocketException or ProtocolException or OperationCanceledException or TimeoutException or ServiceNotConnectedException or ServiceNotAuthenticatedException)
            {
                await CloseAsync(quit: false);
                return body.Completed ? new SendResult.InDoubt(e.Message) : new SendResult.HostFailed(e is ServiceNotAuthenticatedException ? HostTrouble.Login : HostTrouble.Unreachable, $"{relay}: {e.Message}");
            }
            catch
            {
                // In the middle of DATA nothing can be said any more, not even QUIT.
                await CloseAsync(quit: false);
                throw;
            }
        }
    }

    /// <summary>
    /// The library writes domains in Unicode to a server that offers SMTPUTF8, also where the mail does not ask for it; so the offer is hidden from
    /// it until a mail needs it, and a connection from which it was hidden is opened anew.
    /// </summary>
    private async Task<SendResult.HostFailed?> SpeakAsync(bool utf8)
    {
        if (!utf8)
            client!.Capabilities &= ~SmtpCapabilities.UTF8;
        else if (!client!.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            await CloseAsync(quit: true);
            return await ConnectAsync(CancellationToken.None);
        }
        return null;
    }

    /// <summary>What we can know before we ask: the server's own limits (RFC 1870, RFC 6531).</summary>
    private ServerAnswer? Unfit(OutgoingMail mail)
    {
        if (mail.NeedsUtf8 && !offersUtf8)
            return new ServerAnswer(SmtpPhase.Message, 553, $"5.6.7 {relay} does not offer SMTPUTF8, which this address needs");
        if (client!.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 && mail.Size > client.MaxSize)
            return new ServerAnswer(SmtpPhase.Message, 552, $"5.3.4 {relay} takes {client.MaxSize} octets, the message has {mail.Size}");
        return null;
    }

    private async Task OpenAsync(RelayClient fresh, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(ConnectPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        // NoDelay: the last piece of a message would wait for a delayed acknowledgement.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(relay.Host, relay.Port, either.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        wire = new WireStream(socket);
        await fresh.ConnectAsync(wire, relay.Host, relay.Port, relay.SocketOptions, stopping);
        if (relay.Credential() is { } credential)
            await fresh.AuthenticateAsync(credential, stopping);
    }

    private async Task CloseAsync(bool quit)
    {
        if (client is not { } open)
            return;
        client = null;
        try
        {
            if (open.IsConnected)
                await open.DisconnectAsync(quit, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or CommandException)
        {
            // It is closed either way.
        }
        open.Dispose();
    }

    private static SmtpPhase Phase(SmtpErrorCode code) => code switch
    {
        SmtpErrorCode.SenderNotAccepted => SmtpPhase.Sender,
        SmtpErrorCode.RecipientNotAccepted => SmtpPhase.Recipient,
        _ => SmtpPhase.Message,
    };
}
