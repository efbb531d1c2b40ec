using System.Xml;

namespace Digest.Worker.Papers.Formats;

/// <summary>The names that an XML reader keeps for the whole document: a stranger may invent millions.</summary>
internal sealed class BoundedNames : NameTable
{
    /// <summary>The largest vocabularies, JATS and MathML together, have some hundreds.</summary>
    private const int MostNames = 5_000;
    private int count;

    /// <exception cref="AnswerException">There are more names than any honest document has.</exception>
    public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

    /// <inheritdoc/>
    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

    private string Counted(string name) => ++count <= MostNames ? name : throw new AnswerException($"more than {MostNames} different names of elements and attributes");
}
