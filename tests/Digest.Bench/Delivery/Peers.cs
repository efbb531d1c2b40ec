using System.Diagnostics;
using System.Globalization;
using Digest.Templates;

namespace Digest.Bench.Delivery;

/// <summary>What others send in the same second into the same sink, unsigned: nodemailer's pool, and a loop of jinja2 and smtplib.</summary>
internal sealed class Peers : IDisposable
{
    private const string Nodemailer =
        """
        const fs = require('fs');
        const nodemailer = require('nodemailer');
        const [port, count, folder] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
        const [html, text] = ['html', 'text'].map(name => fs.readFileSync(`${folder}/${name}`, 'utf8'));
        const pool = nodemailer.createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: 4, maxMessages: 100 });
        const start = process.hrtime.bigint();
        const mail = i => pool.sendMail({ from: 'Digest <digest@lists.example.org>', to: `reader${i}@example.net`, subject: `Paper ${i}`, text: `${i} ${text}`, html: `${html}<!-- ${i} -->` });
        Promise.all(Array.from({ length: count }, (_, i) => mail(i))).then(() => {
          console.log(count / (Number(process.hrtime.bigint() - start) / 1e9));
          pool.close();
        });
        """;

    private const string Python =
        """
        import smtplib, sys, time
        from email.message import EmailMessage
        from jinja2 import Template
        port, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        text = open(folder + '/text', encoding='utf-8').read()
        papers = [{'title': 'Paper %d' % i, 'abstract': text[i * 900:i * 900 + 1300], 'authors': ['A. Author', 'B. Author'], 'url': 'https://example.org/%d' % i} for i in range(20)]
        page = Template('<html><body>{% for p in papers %}<h2><a href="{{ p.url }}">{{ p.title|e }}</a></h2><p>{{ p.authors|join(", ")|e }}</p><p>{{ p.abstract|e }}</p>{% endfor %}<p>{{ reader|e }}</p></body></html>')
        start = time.monotonic()
        server = smtplib.SMTP('127.0.0.1', port)
        for i in range(count):
            reader = 'reader%d@example.net' % i
            mail = EmailMessage()
            mail['From'], mail['To'], mail['Subject'] = 'Digest <digest@lists.example.org>', reader, 'Papers of the day'
            mail.set_content(text)
            mail.add_alternative(page.render(papers=papers, reader=reader), subtype='html')
            server.send_message(mail)
        print(count / (time.monotonic() - start))
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("digest-peers-").FullName;
    private readonly bool node;
    private readonly bool python;

    /// <param name="mail">The same content for all.</param>
    public Peers(RenderedMail mail)
    {
        File.WriteAllText(Path.Combine(folder, "html"), mail.Html);
        File.WriteAllText(Path.Combine(folder, "text"), mail.Text);
        File.WriteAllText(Path.Combine(folder, "send.js"), Nodemailer);
        File.WriteAllText(Path.Combine(folder, "send.py"), Python);
        node = Run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "nodemailer@7"]) is not null;
        python = Run("python3", ["-c", "import jinja2"]) is not null;
    }

    /// <returns>Mails a second; null where node or the npm registry is not here.</returns>
    public double? NodemailerPerSecond(int port, int mails) => node ? Rate("node", [Path.Combine(folder, "send.js"), $"{port}", $"{mails}", folder]) : null;

    /// <returns>Mails a second; null where python3-jinja2 is not here.</returns>
    public double? PythonPerSecond(int port, int mails) => python ? Rate("python3", [Path.Combine(folder, "send.py"), $"{port}", $"{mails}", folder]) : null;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static double? Rate(string program, string[] arguments) =>
        Run(program, arguments) is { } output && double.TryParse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture, out var rate) ? rate : null;

    private static string? Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
