using System.Text;

namespace Digest.Worker.Tests.Support;

/// <summary>Names and titles as nobody should send them, the same ones for the same seed.</summary>
internal sealed class HostileText(int seed)
{
    private static readonly string[] Pieces =
    [
        "\r\nBcc: victim@example.org\r\n", "\r\n\r\n<html>", "\n.\r\n", "\r\n.\r\nMAIL FROM:<x@y>\r\n", "\0", "\u202Eevil\u202C", "\u2028", "\u0085", "\uFEFF", "\u200B",
        "🜁🧬𝔘𝔫𝔦", "=?utf-8?B?4pyT?=", "=?", "?=", "\"quoted\" <a@b>", "(comment", "\\", ";,:@<>", "naïve Bayes", "机器学习", "алгоритм", "مرحبا", "ﬁ", "e\u0301", "\uD800", "\uDFFF",
        "\t", "   ", "a", "plain words", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s%n", "--=_boundary", ".", "..", "From me", "X\u007FY", "\u001B[31m",
    ];

    private readonly Random random = new(seed);

    public string Next()
    {
        var text = new StringBuilder();
        var pieces = random.Next(20) == 0 ? 600 : random.Next(1, 9);
        for (var i = 0; i < pieces; i++)
            text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? " " : "");
        if (random.Next(25) == 0)
            text.Append('x', 5_000);
        return text.ToString();
    }
}
