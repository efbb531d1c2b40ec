namespace Digest.Worker.Delivery;

/// <summary>Where finished mails go. Two real ones: a folder, and an SMTP relay.</summary>
internal interface ITransport
{
    /// <summary>How it is called in logs and alarms.</summary>
    string Name { get; }

    /// <summary>How many mails it takes at a time.</summary>
    int Connections { get; }

    /// <summary>Its part of the mails, against that of the others; 1 or more.</summary>
    int Weight { get; }

    /// <summary>Opens one connection for a run of mails, one after the other.</summary>
    ITransportSession Open();
}

/// <summary>One connection. It carries one mail at a time.</summary>
internal interface ITransportSession : IAsyncDisposable
{
    /// <summary>Makes ready for a mail.</summary>
    /// <param name="stopping">Stops waiting for a connection.</param>
    /// <returns>Null: it is ready.</returns>
    Task<SendResult.HostFailed?> ConnectAsync(CancellationToken stopping);

    /// <summary>Hands over one mail; a message whose DATA is open is finished whatever happens.</summary>
    /// <param name="compose">Makes the message; told whether the server takes 8 bits.</param>
    /// <param name="mark">Asked once, after the server is ready for the message and before it can be complete. False: do not send.</param>
    Task<SendResult> SendAsync(Func<bool, OutgoingMail> compose, Func<OutgoingMail, Task<bool>> mark);
}
