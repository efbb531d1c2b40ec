namespace Digest.Worker.Delivery;

/// <summary>One header field as it goes over the wire.</summary>
/// <param name="RawValue">All behind the colon, folded and encoded, with its leading space and its final CR LF.</param>
internal readonly record struct MailHeader(string Name, byte[] RawValue);
