namespace Digest.Worker.Delivery;

/// <summary>Where finished mails go. Two real ones: a folder, and an SMTP relay.</summary>
internal interface ITransport
{
    /// <summary>How many mails it takes at a time.</summary>
    int Connections { get; }

    /// <summary>Opens one connection for a run of mails, one after the other.</summary>
    ITransportSession Open();
}

/// <summary>One connection. It carries one mail at a time.</summary>
internal interface ITransportSession : IAsyncDisposable
{
    /// <summary>Hands over one mail.</summary>
    /// <param name="compose">Makes the message; told whether the server takes 8 bits.</param>
    /// <param name="mark">Asked once, after the server is ready for the message and before it can be complete. False: do not send.</param>
    /// <param name="stopping">Stops waiting for a connection; a message whose DATA is open is finished all the same.</param>
    Task<SendResult> SendAsync(Func<bool, OutgoingMail> compose, Func<OutgoingMail, Task<bool>> mark, CancellationToken stopping);
}
