using System.Xml;
using System.Xml.Linq;

namespace Digest.Worker.Papers.Formats;

/// <summary>Walks through an XML answer entry by entry, so that memory holds one entry at a time. No DTD, no external thing.</summary>
internal static class FeedXml
{
    /// <summary>
    /// Calls <paramref name="onRoot"/> for the root's start tag, then <paramref name="onElement"/> for every element whose name is wanted,
    /// complete with what is in it. A document that breaks off after its first entry is read up to there.
    /// </summary>
    /// <exception cref="AnswerException">Not XML, or not of this kind.</exception>
    public static void Read(Stream answer, Reading reading, Action<XmlReader> onRoot, Func<XmlReader, bool> wanted, Action<XElement> onElement, bool allowDoctype = false)
    {
        using var reader = XmlReader.Create(answer, Settings(allowDoctype));
        try
        {
            if (reader.MoveToContent() != XmlNodeType.Element)
                throw new AnswerException("the answer is empty");
            onRoot(reader);
            reader.Read();
            while (!reader.EOF)
                if (reader.NodeType == XmlNodeType.Element && wanted(reader))
                    onElement((XElement)XNode.ReadFrom(reader));
                else
                    reader.Read();
        }
        catch (XmlException e) when (reading.Entries.Count > 0)
        {
            reading.BreakOff($"the answer breaks off: {OneLine(e)}", $"line {e.LineNumber}");
        }
        catch (XmlException e)
        {
            throw new AnswerException($"not well-formed XML: {OneLine(e)}", e);
        }
    }

    /// <summary>The text of the first child of that local name, whatever its namespace; null where it is absent or blank.</summary>
    public static string? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    private static XmlReaderSettings Settings(bool allowDoctype) => new()
    {
        DtdProcessing = allowDoctype ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        MaxCharactersInDocument = 64L << 20,
    };

    private static string OneLine(XmlException e) => e.Message.ReplaceLineEndings(" ");
}
