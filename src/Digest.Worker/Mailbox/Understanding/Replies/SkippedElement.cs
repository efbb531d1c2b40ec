using MimeKit.Text;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>Follows an element whose content is passed over, by counting elements of its own name.</summary>
internal sealed class SkippedElement
{
    private string? name;
    private int depth;

    public bool IsOpen => name is not null;

    public void Begin(HtmlTagToken tag) => (name, depth) = (tag.Name, 1);

    /// <summary>True while the tag belongs to what is passed over.</summary>
    public bool Passes(HtmlTagToken tag)
    {
        if (name is null)
            return false;
        if (tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && !tag.IsEmptyElement)
            depth += tag.IsEndTag ? -1 : 1;
        if (depth == 0)
            name = null;
        return true;
    }
}
