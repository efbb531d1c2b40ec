namespace Digest.Worker.Delivery;

/// <summary>What an answer is about, and so what to do next.</summary>
internal enum AnswerClass
{
    /// <summary>The host cannot take mail now: release the claim, no attempt counted.</summary>
    Host,

    /// <summary>Our own settings are wrong: stop the host, tell the operator, blame no recipient.</summary>
    Configuration,

    /// <summary>The server does not want our sender address: stop, tell the operator.</summary>
    Sender,

    /// <summary>Greylisting and the like: try again soon.</summary>
    Greylisted,

    /// <summary>The mailbox cannot take it now (full, over quota, disabled for a while): try again, score the address.</summary>
    Soft,

    /// <summary>The address will never work.</summary>
    Hard,

    /// <summary>Policy, reputation, spam: about us, never counted against the address.</summary>
    AboutUs,

    /// <summary>This message is not wanted as it is: size, form.</summary>
    Content,

    /// <summary>Another temporary refusal.</summary>
    Temporary,

    /// <summary>Another permanent refusal: this mail is given up, the address is not blamed.</summary>
    Permanent,
}
