namespace Digest.Worker.Access;

/// <summary>What a request was answered that changed something.</summary>
/// <param name="Request">A keyed hash of method, address and body: the same name for another request is a mistake.</param>
/// <param name="Body">JSON; null: none.</param>
/// <param name="SubscriberId">Whom it tells of: it is forgotten with them.</param>
internal sealed record RememberedAnswer(string Request, long Status, string? Location, string? Body, long? SubscriberId);
