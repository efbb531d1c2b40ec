namespace Digest.Worker.Subscribers;

internal enum SubscriberState
{
    /// <summary>Asked to confirm, has not answered yet: gets nothing else.</summary>
    Pending,

    Active,

    /// <summary>Gets no issues until a day, or until they resume.</summary>
    Paused,

    /// <summary>Left. Stays on record, so that an import does not bring them back.</summary>
    Unsubscribed,
}
