using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching;

/// <summary>
/// A profile cut into its lines, none of them parsed: a <see cref="ProfileIndex"/> knows what they ask for. Where each stands, not its letters: of those that
/// a reader has, hardly two are told to them in an issue.
/// </summary>
internal sealed class ProfileLines
{
    private readonly string _text;
    private readonly (int Start, int Length)[] _lines;

    private ProfileLines(string text, (int Start, int Length)[] lines, double? perDay, IReadOnlyList<string> rest) => (_text, _lines, PerDay, Rest) = (text, lines, perDay, rest);

    /// <summary>How many interests there are.</summary>
    public int Count => _lines.Length;

    /// <summary>As <see cref="Profile.PerDay"/>.</summary>
    public double? PerDay { get; }

    /// <summary>As <see cref="Profile.Rest"/>.</summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>An interest, as written.</summary>
    public ReadOnlySpan<char> this[int place] => _text.AsSpan(_lines[place].Start, _lines[place].Length);

    public static ProfileLines Read(string profile)
    {
        var reader = new ProfileReader(profile);
        Span<(int, int)> lines = stackalloc (int, int)[32];
        var count = 0;
        while (reader.Next(null))
        {
            if (count == lines.Length)
            {
                var more = new (int, int)[count * 2];
                lines.CopyTo(more);
                lines = more;
            }

            profile.AsSpan().Overlaps(reader.Line, out var start);
            lines[count++] = (start, reader.Line.Length);
        }

        return new ProfileLines(profile, lines[..count].ToArray(), reader.PerDay, reader.Rest);
    }

    /// <summary>Those of interests that were parsed, as written.</summary>
    public static ProfileLines Of(IReadOnlyList<Interest> interests)
    {
        var (lines, start) = (new (int, int)[interests.Count], 0);
        for (var place = 0; place < lines.Length; place++)
        {
            lines[place] = (start, interests[place].Text.Length);
            start += interests[place].Text.Length;
        }

        return new ProfileLines(string.Concat(interests.Select(interest => interest.Text)), lines, null, []);
    }
}
