using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching;

/// <summary>What a reader is interested in: one interest a line, as written. The language is described in <c>docs/PROFILE.md</c>.</summary>
internal sealed class Profile
{
    public const int MostInterests = 200;
    public const int LongestLine = 500;

    private Profile(IReadOnlyList<Interest> interests, IReadOnlyList<ProfileProblem> problems)
    {
        Interests = interests;
        Problems = problems;
        Categories = [.. interests.SelectMany(interest => QueryParts.Categories(interest.Query)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public IReadOnlyList<Interest> Interests { get; }

    /// <summary>What could not be taken as written, in the order of the lines.</summary>
    public IReadOnlyList<ProfileProblem> Problems { get; }

    /// <summary>The categories that the profile names, lower case, in order of appearance; <c>cs.*</c> as written.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Nothing to look for (exclusions alone look for nothing): the reader gets what is trending.</summary>
    public bool IsEmpty => Interests.All(interest => interest.Excludes);

    /// <summary>Reads a profile. Blank lines and lines that begin with <c>#</c> are ignored; anything else matches in some way.</summary>
    public static Profile Parse(string text)
    {
        var interests = new List<Interest>();
        var problems = new List<ProfileProblem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = new ProfileReader(text);
        while (reader.Next(problems))
        {
            Add(InterestLine.Read(reader.Line.ToString(), reader.Number, reader.Column, problems), interests, seen);
        }

        return new Profile(interests, problems);
    }

    /// <summary>Two lines that ask for the same are one interest: the first.</summary>
    private static void Add(Interest? interest, List<Interest> interests, HashSet<string> seen)
    {
        if (interest is not null && seen.Add(interest.Canonical))
        {
            interests.Add(interest);
        }
    }
}
