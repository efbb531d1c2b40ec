using System.Xml;

namespace Digest.Worker.Papers.Formats;

/// <summary>Walks through an XML answer entry by entry, so that memory holds one entry at a time. No DTD, no external thing.</summary>
internal static class FeedXml
{
    /// <summary>What an honest answer has in its head and between its entries is far less.</summary>
    private const int MostSteps = 500_000;

    /// <summary>
    /// Calls <paramref name="onRoot"/> for the root's start tag, then <paramref name="onElement"/> for every element whose name is wanted,
    /// complete with what is in it. A document that breaks off after its first entry is read up to there.
    /// </summary>
    /// <exception cref="AnswerException">Not XML, or not of this kind.</exception>
    public static void Read(Stream answer, Reading reading, Action<XmlReader> onRoot, Func<XmlReader, bool> wanted, Action<FeedElement> onElement, bool allowDoctype = false)
    {
        using var text = new MendingReader(CharacterSet.Read(answer));
        SkipSpace(text);
        using var reader = XmlReader.Create(text, Settings(allowDoctype));
        try
        {
            if (reader.MoveToContent() != XmlNodeType.Element)
                throw new AnswerException("the answer is empty");
            if (reader.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase))
                throw new AnswerException("an HTML page, not a feed");
            onRoot(reader);
            if (!wanted(reader))
                reader.Read();
            var entry = new EntryXml(reader);
            for (var steps = 0; !reader.EOF; steps++)
                if (steps > MostSteps)
                    throw new AnswerException($"more than {MostSteps} elements outside of entries");
                else if (reading.IsFull)
                    break;
                else if (reader.NodeType != XmlNodeType.Element || !wanted(reader))
                    reader.Read();
                else if (entry.Read() is { } element)
                    onElement(element);
                else
                    reading.PutAside("an entry beyond all measure", $"entry {reading.Count + 1}");
        }
        catch (XmlException e) when (reading.Taken > 0)
        {
            reading.BreakOff($"the answer breaks off: {OneLine(e)}", $"line {e.LineNumber}");
        }
        catch (XmlException e)
        {
            throw new AnswerException(text.Opening.Contains("<html", StringComparison.OrdinalIgnoreCase) ? "an HTML page, not a feed" : $"not well-formed XML: {OneLine(e)}", e);
        }
    }

    /// <summary>White space before the XML declaration is a common fault, and a plain text instead of XML a common answer.</summary>
    private static void SkipSpace(MendingReader text)
    {
        while (text.Peek() is var c and >= 0 && char.IsWhiteSpace((char)c))
            text.Read();
        if (text.Peek() < 0)
            throw new AnswerException("the answer is empty");
        if (text.Peek() != '<')
            throw new AnswerException($"not XML; the answer begins: {Text.ReadableText.Title(text.Opening)}");
        // The prolog says in which characters and which version of XML the answer would like to be: we know the one, and read all of the other as 1.0.
        if (text.Opening.TrimStart().StartsWith("<?xml ", StringComparison.Ordinal) && text.Opening.IndexOf("?>", StringComparison.Ordinal) is > 0 and var end)
            for (var left = text.Opening.AsSpan(0, end + 2).TrimStart().Length; left > 0; left--)
                text.Read();
    }

    private static XmlReaderSettings Settings(bool allowDoctype) => new()
    {
        DtdProcessing = allowDoctype ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
        XmlResolver = null,
        NameTable = new BoundedNames(),
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        MaxCharactersInDocument = 64L << 20,
    };

    private static string OneLine(XmlException e) => e.Message.ReplaceLineEndings(" ");
}
