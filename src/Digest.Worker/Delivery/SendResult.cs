namespace Digest.Worker.Delivery;

/// <summary>What came of handing one mail to a transport.</summary>
internal abstract record SendResult
{
    /// <summary>The transport has taken the mail.</summary>
    /// <param name="Answer">The server's words, with its queue id.</param>
    public sealed record Accepted(string Answer) : SendResult;

    /// <summary>The server refused this mail.</summary>
    public sealed record Refused(ServerAnswer Answer) : SendResult;

    /// <summary>The mark was denied: the mail was taken back, or is no longer ours. Nothing was sent.</summary>
    public sealed record Withdrawn : SendResult;

    /// <summary>The final dot may have been sent, and no answer came.</summary>
    public sealed record InDoubt(string Why) : SendResult;

    /// <summary>The host could not be used; nothing was said about the mail, and it was not sent.</summary>
    public sealed record HostFailed(HostTrouble Trouble, string Why) : SendResult
    {
        /// <summary>Waiting does not help: our own configuration is wrong, or somebody is in between.</summary>
        public bool NeedsOperator => Trouble != HostTrouble.Unreachable;
    }

    private SendResult()
    {
    }
}
