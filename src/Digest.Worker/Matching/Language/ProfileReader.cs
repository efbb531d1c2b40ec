using System.Text;

namespace Digest.Worker.Matching.Language;

/// <summary>Goes through a profile line by line, without the blank ones and the comments.</summary>
internal ref struct ProfileReader(ReadOnlySpan<char> text)
{
    private SpanLineEnumerator _lines = text.EnumerateLines();
    private int _interests;

    /// <summary>The interest, trimmed, without its list mark, at most <see cref="Profile.LongestLine"/> long.</summary>
    public ReadOnlySpan<char> Line { get; private set; }

    /// <summary>1-based number of the line.</summary>
    public int Number { get; private set; }

    /// <summary>0-based column where the interest begins.</summary>
    public int Column { get; private set; }

    /// <summary>How many papers a day a line read so far asks for; null where none does. The last such line counts.</summary>
    public double? PerDay { get; private set; }

    /// <summary>The categories of which the lines read so far want the rest, see <see cref="Profile.Rest"/>.</summary>
    public IReadOnlyList<string> Rest { get; private set; } = [];

    /// <summary>Goes to the next interest.</summary>
    /// <param name="problems">Gets what is too much; null where nobody asks.</param>
    public bool Next(List<ProfileProblem>? problems)
    {
        while (_lines.MoveNext())
        {
            Number++;
            var raw = _lines.Current;
            Column = InterestLine.Start(raw);
            Line = raw[Column..].TrimEnd();
            if (Line.IsEmpty || Line[0] == '#')
            {
                continue;
            }

            if (VolumeLine.TryRead(Line, out var perDay))
            {
                PerDay = Math.Clamp(perDay, VolumeLine.Least, VolumeLine.Most);
                if (PerDay != perDay)
                {
                    problems?.Add(new ProfileProblem(Number, Column + 1, [$"From 1 a week to 100 a day are possible; the nearest holds."]));
                }

                continue;
            }

            if (RestLine.TryRead(Line, out var categories))
            {
                Rest = [.. Rest.Union(categories)];
                continue;
            }

            if (_interests++ == Profile.MostInterests)
            {
                problems?.Add(new ProfileProblem(Number, 1, [$"Only the first {Profile.MostInterests} interests count; this line and those below are left out. Join or remove some."]));
                return false;
            }

            if (Line.Length > Profile.LongestLine)
            {
                problems?.Add(new ProfileProblem(Number, Column + Profile.LongestLine + 1, [$"The line is longer than {Profile.LongestLine} characters; what comes after that is left out. Split it into several lines."]));
                Line = Line[..Profile.LongestLine].TrimEnd();
            }

            return true;
        }

        return false;
    }
}
