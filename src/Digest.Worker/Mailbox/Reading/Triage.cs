using System.Text;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>A first glance at a mail's headers, to let human mail go first. It decides the order alone, never what a mail is.</summary>
internal static class Triage
{
    private static readonly string[] Signs = ["multipart/report", "mailer-daemon", "return-path: <>", "auto-submitted: auto", "delivery-status", "feedback-report", "postmaster@", "precedence: bulk"];

    public static bool LooksLikeMachine(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head).ToLowerInvariant();
        var end = text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
        return Array.Exists(Signs, sign => text.AsSpan(0, end).Contains(sign, StringComparison.Ordinal));
    }
}
