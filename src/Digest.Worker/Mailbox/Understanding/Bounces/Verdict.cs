namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>How bad a failure is, and why.</summary>
internal readonly record struct Verdict(Severity Severity, string Reason);
