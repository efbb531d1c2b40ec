using System.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>
/// An element of an answer, found by local names alone, because feeds disagree about namespaces. Not <c>XElement</c>: that keeps every name
/// it ever saw for the life of the process, and a stranger chooses the names.
/// </summary>
internal sealed class FeedElement(string name, string space = "")
{
    private List<FeedElement>? children;
    private List<(string Name, string Value)>? attributes;
    private string? text;

    /// <summary>The local name; empty for a stretch of text between elements.</summary>
    public string Name { get; } = name;

    /// <summary>The namespace; empty where there is none.</summary>
    public string Space { get; } = space;

    public FeedElement? Parent { get; private set; }

    public IEnumerable<FeedElement> Elements => (children ?? []).Where(child => child.Name.Length > 0);

    public bool HasElements => Elements.Any();

    /// <summary>All text inside, in the order of the document.</summary>
    public string Value
    {
        get
        {
            if (children is null)
                return text ?? "";
            var value = new StringBuilder(text);
            foreach (var child in children)
                child.AppendTo(value);
            return value.ToString();
        }
    }

    /// <summary>The text of the first child of that local name, whatever its namespace; null where it is absent or blank.</summary>
    public string? Child(string name) => Find(name)?.Value.Trim() is { Length: > 0 } found ? found : null;

    /// <summary>The first child of that local name.</summary>
    public FeedElement? Find(string name)
    {
        foreach (var child in children ?? [])
            if (child.Name == name)
                return child;
        return null;
    }

    public IEnumerable<FeedElement> Children(string name) => (children ?? []).Where(child => child.Name == name);

    /// <summary>The value of the first attribute of that local name; null where it is absent.</summary>
    public string? Attribute(string name)
    {
        foreach (var attribute in attributes ?? [])
            if (attribute.Name == name)
                return attribute.Value;
        return null;
    }

    public FeedElement Add(FeedElement child)
    {
        child.Parent = this;
        (children ??= []).Add(child);
        return child;
    }

    public void Add(string said)
    {
        if (children is null)
            text = text is null ? said : text + said;
        else
            children.Add(new FeedElement("") { text = said });
    }

    public void SetAttribute(string name, string value) => (attributes ??= []).Add((name, value));

    private void AppendTo(StringBuilder value)
    {
        value.Append(text);
        foreach (var child in children ?? [])
            child.AppendTo(value);
    }
}
