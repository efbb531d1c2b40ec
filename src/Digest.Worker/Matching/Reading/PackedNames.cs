using System.Collections;
using System.Text;

namespace Digest.Worker.Matching.Reading;

/// <summary>Names of authors in few octets, unpacked for the first who asks: most queries name nobody.</summary>
internal sealed class PackedNames(ReadOnlyMemory<byte> octets) : IReadOnlyList<string>
{
    private const char Between = '\n';

    private string[]? _names;

    public int Count => Names.Length;

    public string this[int index] => Names[index];

    private string[] Names => _names ??= octets.IsEmpty ? [] : Encoding.UTF8.GetString(octets.Span[..^1]).Split(Between);

    /// <summary>Each is followed by the end of a line; one within a name becomes a space, which parts names as well.</summary>
    public static byte[] Pack(IReadOnlyList<string> names) => Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name.Replace(Between, ' ') + Between)));

    public IEnumerator<string> GetEnumerator() => Names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
