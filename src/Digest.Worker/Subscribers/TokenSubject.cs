namespace Digest.Worker.Subscribers;

/// <summary>Whom and which issue a token names.</summary>
/// <param name="IssueId">0 where it names no issue.</param>
internal readonly record struct TokenSubject(long SubscriberId, long IssueId);
