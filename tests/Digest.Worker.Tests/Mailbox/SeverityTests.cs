using Digest.Worker.Mailbox.Understanding.Bounces;

namespace Digest.Worker.Tests.Mailbox;

public class SeverityTests
{
    public static TheoryData<string, string, string> Failures => CaseLines.Read("failures.txt");

    [Theory, MemberData(nameof(Failures))]
    public void Words_decide_before_codes(string expected, string status, string diagnostic)
    {
        var (verdict, _) = SeverityJudge.Judge(new FailureEvidence(status.Length > 0 ? status : null, diagnostic, ""));
        Assert.Equal(expected, $"{verdict.Severity.ToString().ToLowerInvariant()} {verdict.Reason}");
    }
}
