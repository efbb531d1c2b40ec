using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>
/// Hard or soft. Hard only if the address can never work: a wrong "hard" costs a reader, a wrong "soft" costs a few more mails.
/// The words decide before the code, because codes are given out carelessly: 5.1.1 for a full mailbox, 5.0.0 for everything.
/// </summary>
internal static class SeverityJudge
{
    /// <summary>The reason where neither words nor code tell one.</summary>
    public const string Unsaid = "unspecified";

    private const string MailboxFull = "mailbox-full";

    private static readonly Verdict Unspecified = new(Severity.Soft, Unsaid);

    public static (Verdict Verdict, string? Status) Judge(FailureEvidence evidence)
    {
        var status = StatusCode.Choose(Specific(evidence.Status), StatusCode.Find(evidence.Diagnostic) ?? StatusCode.Find(evidence.Context)) ?? evidence.Status;
        if (IsTemporary(status, evidence))
            return (new Verdict(Severity.Soft, Reason(evidence) ?? StatusTable.Find(status)?.Reason ?? "temporary"), status);
        var phase = SmtpPhases.Find(evidence.Diagnostic);
        if (phase == SmtpPhase.Unknown)
            phase = SmtpPhases.Find(evidence.Context);
        var verdict = Words(evidence.Diagnostic, status, phase, evidence.IsReport)
            ?? (evidence.Status is null || StatusCode.IsVague(status) ? null : StatusTable.FindExact(status))
            ?? Words(evidence.Context, status, phase, evidence.IsReport)
            ?? (StatusCode.IsVague(status) ? Weak(evidence) ?? StatusTable.Find(status) : StatusTable.Find(status) ?? Weak(evidence))
            ?? Unspecified;
        // A server that says both "unknown" and "full" is not to be believed the worse.
        return (verdict.Severity == Severity.Hard && Reason(evidence with { Diagnostic = "" }) == MailboxFull ? new Verdict(Severity.Soft, MailboxFull) : verdict, status);
    }

    private static Verdict? Words(string text, string? status, SmtpPhase phase, bool isReport)
    {
        if (text.Length == 0 || BouncePhrases.Find(PhraseList.Flatten(text)) is not { } meaning)
            return null;
        return meaning.Severity == Severity.Hard && !meaning.IsSure && IsDoubtful(meaning.Reason, status, phase, isReport)
            ? new Verdict(Severity.Soft, "filtered")
            : new Verdict(meaning.Severity, meaning.Reason);
    }

    private static Verdict? Weak(FailureEvidence evidence) =>
        BouncePhrases.FindWeak(PhraseList.Flatten(evidence.Diagnostic.Length > 0 ? evidence.Diagnostic : evidence.Context)) is { } meaning ? new Verdict(meaning.Severity, meaning.Reason) : null;

    /// <summary>
    /// "User unknown" after the message itself was seen is a filter's answer, and before the recipient was named it is about the sender.
    /// With a mailbox status (x.2.x), or in a report that leaves the status out, it is doubtful unless it answered RCPT.
    /// </summary>
    private static bool IsDoubtful(string reason, string? status, SmtpPhase phase, bool isReport) => phase switch
    {
        SmtpPhase.Data => reason is "user-unknown" or "has-moved",
        SmtpPhase.Mail or SmtpPhase.Connect => true,
        SmtpPhase.Recipient => false,
        _ => reason == "user-unknown" && (status is null ? isReport : status.StartsWith("5.2.", StringComparison.Ordinal)),
    };

    private static bool IsTemporary(string? status, FailureEvidence evidence) =>
        status?[0] == '4' && StatusCode.Reply(evidence.Diagnostic) is not ['5', ..];

    private static string? Reason(FailureEvidence evidence) =>
        BouncePhrases.Find(PhraseList.Flatten($"{evidence.Diagnostic} {evidence.Context}")) is { Severity: Severity.Soft } meaning ? meaning.Reason : null;

    private static string? Specific(string? status) => status is not null && StatusCode.Find(status) is { } code ? code : null;
}
