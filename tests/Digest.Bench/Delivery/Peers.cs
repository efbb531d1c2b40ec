using System.Diagnostics;
using System.Globalization;
using Digest.Templates;

namespace Digest.Bench.Delivery;

/// <summary>
/// What others send in the same minute into the same sink, unsigned: nodemailer's pool, with the content made beforehand and its sockets told not to wait
/// for acknowledgements (as they come it loses 40 ms with every mail); and the loop that paper mailers in Python are: for each reader the papers that
/// contain one of six phrases, jinja2 for both parts, smtplib over one connection.
/// </summary>
internal sealed class Peers : IDisposable
{
    private const string Nodemailer =
        """
        const fs = require('fs');
        const net = require('net');
        const connect = net.connect;
        net.connect = (...how) => connect(...how).setNoDelay(true);
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
        from jinja2 import Environment
        port, count, folder, matching = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == 'True'
        text = open(folder + '/text', encoding='utf-8').read()
        interests = ['protein structure', 'graph neural networks', 'sparse priors', 'noisy data', 'search without gradients', 'naïve']
        papers = [{'title': 'Paper %d of %s' % (i, text[i * 7:i * 7 + 70]), 'abstract': text[i * 11:i * 11 + 1300], 'authors': ['Zoë Ångström', 'B. Author', 'C. Author'],
                   'categories': ['cs.LG', 'q-bio.BM'], 'url': 'https://example.org/abs/%d' % i, 'pdf': 'https://example.org/pdf/%d' % i} for i in range(1000)]
        html = Environment(autoescape=True).from_string('''<html><head><style>.title a { color: #14181d }</style></head><body><h1>{{ papers|length }} papers for {{ reader }}</h1>
        {% for p in papers %}<div style="margin:24px 0 0"><p class="title"><a href="{{ p.url }}">{{ loop.index }}. {{ p.title }}</a></p>
        <p style="color:#59636e">{{ p.authors|join(", ") }} · {{ p.categories|join(" ") }}</p><p>{{ p.abstract }}</p>
        <p><a href="{{ p.url }}">abstract</a> · <a href="{{ p.pdf }}">pdf</a></p></div>
        {% endfor %}<p>Sent to {{ reader }}; <a href="https://example.org/u/{{ reader }}">unsubscribe</a></p></body></html>''')
        plain = Environment().from_string('''{{ papers|length }} papers for {{ reader }}
        {% for p in papers %}
        {{ loop.index }}. {{ p.title }}
        {{ p.authors|join(", ") }}
        {{ p.abstract|wordwrap(72) }}
        {{ p.url }}
        {% endfor %}''')
        start = time.monotonic()
        server = smtplib.SMTP('127.0.0.1', port)
        for i in range(count):
            reader = 'reader%d@example.net' % i
            chosen = papers
            if matching:
                chosen = [p for p in papers if any(phrase in (p['title'] + ' ' + p['abstract']).lower() for phrase in interests)]
            chosen = chosen[i % 20:i % 20 + 20]
            mail = EmailMessage()
            mail['From'], mail['To'], mail['Subject'] = 'Digest <digest@lists.example.org>', reader, 'Papers of the day'
            mail.set_content(plain.render(papers=chosen, reader=reader))
            mail.add_alternative(html.render(papers=chosen, reader=reader), subtype='html')
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
        python = Run("python3", ["-c", "import jinja2"]) is not null || Run("python3", ["-m", "pip", "install", "--quiet", "--target", folder, "jinja2"]) is not null;
    }

    /// <returns>Mails a second; null where node or the npm registry is not here.</returns>
    public double? NodemailerPerSecond(int port, int mails) => node ? Rate("node", [Path.Combine(folder, "send.js"), $"{port}", $"{mails}", folder]) : null;

    /// <param name="matching">The papers are chosen for each reader; else the choice is given, as it is to us.</param>
    /// <returns>Mails a second; null where jinja2 is not here and cannot be installed.</returns>
    public double? PythonPerSecond(int port, int mails, bool matching) =>
        python ? Rate("python3", [Path.Combine(folder, "send.py"), $"{port}", $"{mails}", folder, $"{matching}"]) : null;

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
