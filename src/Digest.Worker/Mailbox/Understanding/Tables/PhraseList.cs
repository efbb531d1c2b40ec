using System.Buffers;

namespace Digest.Worker.Mailbox.Understanding.Tables;

/// <summary>Phrases sought anywhere in a text, without regard to case and white space. Linear in the text, whatever it holds.</summary>
internal sealed class PhraseList(IEnumerable<string> phrases)
{
    private readonly SearchValues<string> values = SearchValues.Create([.. phrases.Select(Flatten)], StringComparison.Ordinal);

    /// <summary>True when one of the phrases stands in the text, which <see cref="Flatten"/> has made comparable.</summary>
    public bool IsIn(string flattened) => flattened.AsSpan().ContainsAny(values);

    /// <summary>The place of the first phrase, or -1.</summary>
    public int IndexIn(string flattened) => flattened.AsSpan().IndexOfAny(values);

    /// <summary>Lower case, one space for any white space, plain apostrophes.</summary>
    public static string Flatten(string text)
    {
        var flat = new System.Text.StringBuilder(text.Length);
        var space = false;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || character == '\u00ad')
            {
                space = flat.Length > 0;
                continue;
            }
            if (space)
                flat.Append(' ');
            space = false;
            flat.Append(character is '\u2019' or '\u2018' or '`' ? '\'' : char.ToLowerInvariant(character));
        }
        return flat.ToString();
    }
}
