using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

/// <summary>Hostile papers in a real browser, 375 px wide, scripts allowed: nothing runs, and nothing is wider than the page.</summary>
public sealed partial class HostileBrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Attacks =
    [
        "<script>parent.ran=1</script>", "<img src=x onerror=\"parent.ran=1\">", "\"><svg onload=parent.ran=1>", "' autofocus onfocus='parent.ran=1", "</title><script>parent.ran=1</script>",
        "</style><script>parent.ran=1</script>", "<!--><script>parent.ran=1</script>-->", "<iframe src=\"javascript:parent.parent.ran=1\"></iframe>", "javascript:parent.ran=1",
        "<base href=https://evil.example/>", "<meta http-equiv=refresh content=0;url=https://evil.example/>", "\u202Egnp.exe", "\u200B\u200D\uFEFFzero width", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍🔬",
        new string('W', 5_000), string.Concat(Enumerable.Repeat("漢", 5_000)), string.Concat(Enumerable.Repeat("a\u0301\u0323", 1_000)), "https://ok.example.org/" + new string('y', 1_500),
    ];

    [ChromiumFact]
    public async Task Nothing_runs_and_nothing_breaks_the_layout()
    {
        var hostile = new Hostile(375);
        var mails = Attacks.Select(Attack).Concat(Enumerable.Range(0, 12).Select(_ => hostile.Issue())).Select(issue => Samples.Templates.Render(issue).Html).ToList();
        // The reader of the answer must see a script that does run: the last one is no mail of ours.
        mails.Add("<!DOCTYPE html><body><script>parent.ran=1</script><p style=\"width:900px\">wide</p></body>");
        var seen = await OpenAsync(mails);
        Assert.Equal(mails.Count, seen.Length);
        Assert.True(seen[^1] is { Ran: true, Width: > 375 }, "the browser did not run what it should have run");
        for (var i = 0; i < seen.Length - 1; i++)
        {
            Assert.False(seen[i].Ran, $"a script ran in mail {i}");
            Assert.Equal(0, seen[i].Active);
            Assert.True(seen[i].Width <= 375, $"mail {i} is {seen[i].Width} px wide: {seen[i].Widest}");
            Assert.Equal(0, seen[i].Loaded);
        }
    }

    private static IssueModel Attack(string text)
    {
        var paper = Samples.Paper(1, text) with
        {
            Id = text,
            Abstract = text + " and more of it. " + text,
            Authors = [.. Enumerable.Repeat(text, 3), .. Enumerable.Range(0, 3_000).Select(i => $"Author {i}")],
            FollowedAuthors = [0, 2_999],
            Categories = [text],
            Url = "https://ok.example.org/" + Uri.EscapeDataString(text),
            PdfUrl = text,
            CodeUrl = "javascript:" + text,
            Language = text,
            Reason = new IssueReason(text, "title", [new TextRange("title", 0, 10), new TextRange("abstract", 3, 40)]),
        };
        return Samples.Issue(paper, paper with { Reason = new IssueReason(text, "category", []) }, paper with { Reason = null }) with
        {
            SiteName = text,
            Interests = [.. Enumerable.Repeat(text, 9)],
            Receipt = new IssueReceipt(1, 1, 1, 1, 0, [new ReceiptGap(text, GapKind.Absent, [new DateOnly(2026, 1, 1)])]),
            Footer = Samples.Footer with { PostalAddress = text, Recipient = text },
        };
    }

    private static async Task<Seen[]> OpenAsync(List<string> mails)
    {
        var folder = Directory.CreateTempSubdirectory("digest-browser");
        try
        {
            // Serialised for HTML: what would end the element is escaped.
            var page = $"<!DOCTYPE html><meta charset=\"utf-8\"><body><pre id=\"out\"></pre><script>var mails = {JsonSerializer.Serialize(mails)};\n{Script}</script>";
            var file = Path.Combine(folder.FullName, "mails.html");
            await File.WriteAllTextAsync(file, page);
            string[] arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", $"--user-data-dir={folder.FullName}/profile", "--virtual-time-budget=20000", "--dump-dom", "file://" + file];
            using var browser = Process.Start(new ProcessStartInfo(Chromium, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            browser.ErrorDataReceived += static (_, _) => { };
            browser.BeginErrorReadLine();
            var dom = await browser.StandardOutput.ReadToEndAsync();
            await browser.WaitForExitAsync();
            return JsonSerializer.Deserialize<Seen[]>(WebUtility.HtmlDecode(Answer().Match(dom).Groups[1].Value), JsonSerializerOptions.Web)!;
        }
        finally
        {
            await RemoveAsync(folder);
        }
    }

    /// <summary>A helper of the browser's that is not of its tree may still be putting things away.</summary>
    private static async Task RemoveAsync(DirectoryInfo folder)
    {
        for (var patience = 0; ; patience++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (patience < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    // One after the other, so that what runs is known by its mail.
    private const string Script = """
        var ran = 0;
        function open(mail) {
          return new Promise(function (done) {
            var frame = document.createElement('iframe');
            frame.style = 'width:375px;height:600px;border:0';
            frame.srcdoc = mail;
            frame.onload = function () { setTimeout(function () { var seen = look(frame); frame.remove(); done(seen); }, 50); };
            ran = 0;
            document.body.append(frame);
          });
        }
        function look(frame) {
          var d = frame.contentDocument, widest = '', active = 0;
          d.querySelectorAll('body *').forEach(function (e) { if (e.getBoundingClientRect().right > 376 && !widest) widest = e.outerHTML.slice(0, 120); });
          d.querySelectorAll('*').forEach(function (e) {
            if (e.matches('script, iframe, img, svg, object, embed, form, base, link, meta[http-equiv]')) active++;
            for (var a of e.attributes) if (/^on/i.test(a.name) || a.name === 'href' && !/^(https?|mailto):/.test(a.value)) active++;
          });
          return { ran: ran > 0, width: d.documentElement.scrollWidth, widest: widest, active: active, loaded: frame.contentWindow.performance.getEntriesByType('resource').length };
        }
        (async function () {
          var seen = [];
          for (var mail of mails) seen.push(await open(mail));
          document.getElementById('out').textContent = JSON.stringify(seen);
        })();
        """;

    private sealed record Seen(bool Ran, int Width, string Widest, int Active, int Loaded);

    [GeneratedRegex("<pre id=\"out\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answer();

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ChromiumFactAttribute : FactAttribute
    {
        public ChromiumFactAttribute()
        {
            if (!File.Exists(Chromium))
                Skip = "Chromium is not installed (Debian: apt-get install chromium).";
        }
    }
}
