using System.Text.RegularExpressions;

namespace Digest.Worker.Delivery;

/// <summary>
/// Says what an answer is about. The enhanced code decides where it is exact; the words decide where servers put different things
/// under one code (5.7.1, 5.0.0, 5.1.0, 550 alone). A wrong "hard" costs a reader, so the words for policy win over those for an unknown user.
/// </summary>
internal static partial class AnswerClassifier
{
    public static AnswerClass Classify(ServerAnswer answer) => answer switch
    {
        { Code: 421 } => AnswerClass.Host,
        { Phase: SmtpPhase.Connect, Code: >= 500 } => AnswerClass.Configuration,
        { Phase: SmtpPhase.Connect } => AnswerClass.Host,
        { Code: 530 or 535 or 538 or 534 } => AnswerClass.Configuration,
        { Phase: SmtpPhase.Sender, Code: < 500 } => AnswerClass.Host,
        { Phase: SmtpPhase.Sender } => TooLarge(answer) ? AnswerClass.Content : AnswerClass.Sender,
        { Code: < 500 } => Temporary(answer),
        { Phase: SmtpPhase.Recipient } => AtRecipient(answer),
        _ => AfterMessage(answer),
    };

    private static AnswerClass Temporary(ServerAnswer answer)
    {
        if (answer.Enhanced is "4.2.2")
            return AnswerClass.Soft;
        if (Greylist().IsMatch(answer.Text))
            return AnswerClass.Greylisted;
        if (answer.Enhanced is "4.2.1" || FullMailbox().IsMatch(answer.Text))
            return AnswerClass.Soft;
        return answer is { Phase: SmtpPhase.Recipient, Code: 450 or 451 } && answer.Enhanced is null or "4.2.0" or "4.7.1" ? AnswerClass.Greylisted : AnswerClass.Temporary;
    }

    private static AnswerClass AtRecipient(ServerAnswer answer)
    {
        if (FullMailbox().IsMatch(answer.Text) || answer.Enhanced is "5.2.2")
            return AnswerClass.Soft;
        switch (answer.Enhanced)
        {
            case "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" or "5.2.1":
                return Policy().IsMatch(answer.Text) && !UnknownUser().IsMatch(answer.Text) ? AnswerClass.AboutUs : AnswerClass.Hard;
            case { } code when code.StartsWith("5.7.", StringComparison.Ordinal):
                return AnswerClass.AboutUs;
            case "5.3.4" or "5.2.3":
                return AnswerClass.Content;
            case { } code when code.StartsWith("5.6.", StringComparison.Ordinal):
                return AnswerClass.Content;
        }
        if (Policy().IsMatch(answer.Text))
            return AnswerClass.AboutUs;
        if (answer.Code is 550 or 551 or 553 or 554 && UnknownUser().IsMatch(answer.Text))
            return AnswerClass.Hard;
        return answer.Code == 554 && answer.Enhanced is null ? AnswerClass.AboutUs : AnswerClass.Permanent;
    }

    private static AnswerClass AfterMessage(ServerAnswer answer)
    {
        if (TooLarge(answer) || answer.Enhanced is { } code && code.StartsWith("5.6.", StringComparison.Ordinal))
            return AnswerClass.Content;
        if (FullMailbox().IsMatch(answer.Text) || answer.Enhanced is "5.2.2")
            return AnswerClass.Soft;
        if (answer.Enhanced is "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" or "5.2.1" && !Policy().IsMatch(answer.Text))
            return AnswerClass.Hard;
        if (answer.Enhanced is { } policy && policy.StartsWith("5.7.", StringComparison.Ordinal) || Policy().IsMatch(answer.Text))
            return AnswerClass.AboutUs;
        if (answer.Code == 550 && answer.Enhanced is null && UnknownUser().IsMatch(answer.Text))
            return AnswerClass.Hard;
        return answer.Code == 554 && answer.Enhanced is null ? AnswerClass.AboutUs : AnswerClass.Permanent;
    }

    private static bool TooLarge(ServerAnswer answer) =>
        answer.Enhanced is "5.3.4" or "5.2.3" || answer.Code == 552 && answer.Enhanced is null && Size().IsMatch(answer.Text);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"gr[ea]y-?\s?list|try (again|later)|temporarily (deferred|rejected|blocked|rate)|come back later|(re)?try (in|after) \d|please retry|rate limit|too many (connections|messages|recipients|emails)|throttl", Options)]
    private static partial Regex Greylist();

    [GeneratedRegex(@"(mailbox|inbox|account|user|recipient|storage|disk|quota)\S*( \S+){0,4} (full|quota|exceeded|over)|over(\s|-)?quota|quota (exceeded|exhausted|full)|out of (storage|disk) ?(space)?|insufficient (disk|storage|quota)|exceed\S* (\S+ ){0,4}(quota|storage)|full mailbox", Options)]
    private static partial Regex FullMailbox();

    [GeneratedRegex(@"spam|blocked|block ?list|black ?list|deny ?list|reputation|policy|spf|dkim|dmarc|rbl|dnsbl|spamhaus|unsolicited|bulk mail|reject(ed)? (due to|by) (content|filter|security)|content rejected|not authori[sz]ed|access denied|unauthenticated|authenticat|banned|suspicious|virus|phish|relay|ptr record|reverse dns|client host|helo|sender (address )?rejected|too many (connections|messages|errors|invalid|emails|complaints)", Options)]
    private static partial Regex Policy();

    [GeneratedRegex(@"(user|recipient|mailbox|address|account|alias|person|customer)\S*( \S+){0,6} (unknown|not found|does not exist|doesn'?t exist|no longer|not exist|invalid|disabled|inactiv\w*|closed|terminated|deactivated|unavailable|not here|not valid|undeliverable|not known|discontinued|expired)|(unknown|no such|invalid|non-?existent|inactive|disabled|bad|undeliverable) (\S+ )?(local |virtual )?(user|recipient|mailbox|address|account|person|alias|destination)|not (a )?(known|valid) (user|mailbox|recipient|address)|no mailbox (here|by that name)|(does not|doesn'?t) have an? \S+ account|has (been )?(disabled|moved|left|closed)|domain (not found|does not exist)|unrouteable address|no (such|valid) (person|recipients?)|user unknown|nosuchuser|mailbox unavailable", Options)]
    private static partial Regex UnknownUser();

    [GeneratedRegex(@"size|too (large|big|long)", Options)]
    private static partial Regex Size();
}
