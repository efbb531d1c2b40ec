namespace Digest.Worker.Subscribers;

/// <summary>What a token is good for. One that was made for one purpose proves nothing for another.</summary>
internal enum TokenPurpose
{
    /// <summary>In the reply address: whoever writes there read the mail.</summary>
    Reply,

    /// <summary>In the return path (VERP): says whose mail came back; gives no authority.</summary>
    Bounce,

    /// <summary>In the unsubscribe link, for one-click (RFC 8058).</summary>
    Unsubscribe,

    /// <summary>In the link that confirms a subscription.</summary>
    Confirm,

    /// <summary>In a link that the doctor writes to find out whether the public address leads to this installation; it changes nothing.</summary>
    Probe,

    /// <summary>In the link to the reader's own page, in each mail.</summary>
    Own,

    /// <summary>In the address of the reader's own feed: it shows papers and changes nothing.</summary>
    Feed,

    /// <summary>In the link that confirms a change of address, sent to the new one; names the change in the place of an issue.</summary>
    NewAddress,
}
