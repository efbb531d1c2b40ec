using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Digest.Worker.Papers.Formats;

/// <summary>Takes one element out of a stream of XML, within bounds: a hostile document must not become a forest of objects.</summary>
internal sealed class EntryXml(XmlReader reader)
{
    /// <summary>Three thousand authors with their affiliations come to some forty thousand.</summary>
    private const int MostNodes = 200_000;
    private const int MostText = 4 << 20;
    private const int DeepestNesting = 60;
    private readonly char[] chunk = new char[4096];

    /// <summary>The element that the reader stands on; the reader stands behind it afterwards. Null when it breaks a bound.</summary>
    public XElement? Read()
    {
        var depth = reader.Depth;
        var root = Start();
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }
        var (open, nodes, text) = (root, 1, 0);
        while (reader.Read() && reader.Depth > depth)
        {
            if (++nodes > MostNodes || text > MostText || reader.Depth - depth > DeepestNesting)
                return Leave(depth);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = Start();
                    open.Add(child);
                    if (!reader.IsEmptyElement)
                        open = child;
                    break;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    var said = Text(MostText - text);
                    text += said.Length;
                    open.Add(new XText(said));
                    break;
                default:
                    break;
            }
        }
        reader.Read();
        return text > MostText ? null : root;
    }

    private XElement Start()
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
            if (reader.NamespaceURI != XNamespace.Xmlns.NamespaceName)
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
        reader.MoveToElement();
        return element;
    }

    /// <summary>In pieces: asking for the value of a huge text would hold it twice.</summary>
    private string Text(int limit)
    {
        var text = new StringBuilder();
        int read;
        while ((read = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
            if (text.Length <= limit)
                text.Append(chunk, 0, read);
        return text.ToString();
    }

    private XElement? Leave(int depth)
    {
        while (reader.Depth > depth && reader.Read())
        {
        }
        reader.Read();
        return null;
    }
}
