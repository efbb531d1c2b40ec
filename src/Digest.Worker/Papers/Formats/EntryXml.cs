using System.Text;
using System.Xml;

namespace Digest.Worker.Papers.Formats;

/// <summary>Takes one element out of a stream of XML, within bounds: a hostile document must not become a forest of objects.</summary>
internal sealed class EntryXml(XmlReader reader)
{
    /// <summary>Elements, attributes and texts. Three thousand authors with their affiliations come to some forty thousand.</summary>
    private const int MostNodes = 200_000;
    private const int MostText = 4 << 20;
    private const int DeepestNesting = 60;
    private readonly char[] chunk = new char[4096];
    private readonly StringBuilder said = new();
    private int nodes;
    private int text;

    /// <summary>The element that the reader stands on; the reader stands behind it afterwards. Null when it breaks a bound.</summary>
    public FeedElement? Read()
    {
        var depth = reader.Depth;
        (nodes, text) = (0, 0);
        var root = Start();
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return Within(depth) ? root : null;
        }
        var open = root;
        while (reader.Read() && reader.Depth > depth)
        {
            if (!Within(depth))
                return Leave(depth);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = open.Add(Start());
                    if (!reader.IsEmptyElement)
                        open = child;
                    break;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    Text(open);
                    break;
                default:
                    break;
            }
        }
        reader.Read();
        return Within(depth) ? root : null;
    }

    private bool Within(int depth) => nodes <= MostNodes && text <= MostText && reader.Depth - depth <= DeepestNesting;

    private FeedElement Start()
    {
        nodes++;
        var element = new FeedElement(reader.LocalName, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
        {
            nodes++;
            text += reader.Value.Length;
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns" && nodes <= MostNodes && text <= MostText)
                element.SetAttribute(reader.LocalName, reader.Value);
        }
        reader.MoveToElement();
        return element;
    }

    /// <summary>In pieces: asking for the value of a huge text would hold it twice.</summary>
    private void Text(FeedElement open)
    {
        nodes++;
        said.Clear();
        int read;
        while ((read = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
            if ((text += read) <= MostText)
                said.Append(chunk, 0, read);
        open.Add(said.ToString());
        if (said.Capacity > 1 << 16)
            said.Capacity = said.Length < 1 << 16 ? 1 << 16 : said.Length;
    }

    private FeedElement? Leave(int depth)
    {
        while (reader.Depth > depth && reader.Read())
        {
        }
        reader.Read();
        return null;
    }
}
