using System.Diagnostics;
using System.Text.RegularExpressions;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Container;

/// <summary>What the README promises to who tries it: <c>compose.try.yaml</c> with its mail server, a reader, and her reply.</summary>
[Trait("Category", "Container")]
public sealed partial class TryItTests
{
    private static readonly string[] Bounds = ["--ulimit=nofile=20000:20000", "--ulimit=nproc=4096:4096"];

    private readonly string name = "digest-try-" + Guid.NewGuid().ToString("N")[..12];

    private string Mail => name + "-mail";

    [ContainerFact(needs: "DIGEST_MAIL_IMAGE")]
    public async Task A_newcomer_has_an_issue_in_the_mailbox_at_once_and_is_obeyed_when_replying()
    {
        using var volume = new SmallVolume();
        try
        {
            await TryAsync(volume);
        }
        finally
        {
            await DigestContainer.PodmanAsync("rm", "-f", "-t", "0", name);
            await DigestContainer.PodmanAsync("rm", "-f", "-t", "0", Mail);
        }
    }

    private async Task TryAsync(SmallVolume volume)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("hosts"), "127.0.0.1 localhost mail\n");
        // A network of their own, in which nothing is but the two.
        await DigestContainer.PodmanAsync(["run", "-d", "--name", Mail, "--network=none", "--hostname=mail.digest.test", .. Bounds, "digest-mail"]);
        await DigestContainer.PodmanAsync(["run", "-d", "--name", name, $"--network=container:{Mail}", $"-v={folder.File("hosts")}:/etc/hosts:ro", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=256m", .. Bounds, volume.Option,
            .. Settings().SelectMany(setting => new[] { "-e", setting }), "digest"]);
        await UntilAsync(async () => (await DigestAsync("healthcheck", "--ready")).Contains("ready", StringComparison.Ordinal));

        await DigestAsync("subscriber", "add", "ada@digest.test", "--interest", "language models", "--welcome", "--now");
        // The welcome, and the issue, and one more where it is just the hour of the day's; an alarm about the small volume carries no token.
        await UntilAsync(async () => ReplyTo().Count(await InboxAsync()) >= 2);
        Assert.Contains("\nList-Unsubscribe:", await InboxAsync(), StringComparison.Ordinal);
        var address = ReplyTo().Match(await InboxAsync()).Groups["address"].Value;
        Assert.StartsWith("digest+", address, StringComparison.Ordinal);

        await DigestContainer.PodmanAsync("exec", Mail, "sh", "-c", $"printf 'From: ada@digest.test\\nTo: {address}\\nSubject: Re: papers\\n\\nunsubscribe\\n' | sendmail -f ada@digest.test {address}");
        await UntilAsync(async () => (await DigestAsync("subscriber", "show", "ada@digest.test")).Contains("state                unsubscribed", StringComparison.Ordinal));
    }

    /// <summary>As the file has them: <c>Key__Name: value</c>.</summary>
    private static IEnumerable<string> Settings() => Setting().Matches(File.ReadAllText(Path.Combine(Repository.Folder, "compose.try.yaml"))).Select(setting => $"{setting.Groups["key"].Value}={setting.Groups["value"].Value}");

    private Task<string> DigestAsync(params string[] arguments) => DigestContainer.PodmanAsync(["exec", name, "digest", .. arguments]);

    private Task<string> InboxAsync() => DigestContainer.PodmanAsync("exec", Mail, "sh", "-c", "cat /var/mail/digest.test/ada/new/* 2>/dev/null || true");

    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        var trouble = "it did not come true";
        while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(1))
        {
            try
            {
                if (await holds())
                    return;
            }
            catch (InvalidOperationException e)
            {
                trouble = e.Message;
            }
            await Task.Delay(300);
        }
        Assert.Fail($"{trouble}\n{await DigestContainer.PodmanAsync("logs", name)}\n{await DigestContainer.PodmanAsync("logs", Mail)}");
    }

    [GeneratedRegex("^ {6}(?<key>[A-Za-z]+(?:__[A-Za-z0-9]+)+): \"?(?<value>[^\"\\n]*)\"?$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("^Reply-To: <?(?<address>digest\\+[^>\\s]+)", RegexOptions.Multiline)]
    private static partial Regex ReplyTo();
}
