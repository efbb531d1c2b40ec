using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching;

/// <summary>What a reader is interested in: one interest a line, as written. The language is described in <c>docs/PROFILE.md</c>.</summary>
internal sealed class Profile
{
    public const int MostInterests = 200;
    public const int LongestLine = 500;

    private Profile(IReadOnlyList<Interest> interests, IReadOnlyList<ProfileProblem> problems, double? perDay, IReadOnlyList<string> rest)
    {
        Interests = interests;
        Problems = problems;
        PerDay = perDay;
        Rest = rest;
        Categories = [.. interests.SelectMany(interest => QueryParts.Categories(interest.Query)).Concat(rest).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public IReadOnlyList<Interest> Interests { get; }

    /// <summary>What could not be taken as written, in the order of the lines.</summary>
    public IReadOnlyList<ProfileProblem> Problems { get; }

    /// <summary>The categories that the profile names, lower case, in order of appearance; <c>cs.*</c> as written.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>How many papers a day are wanted (<c>about 8 a day</c>), from one a week to 100; null where the profile does not say.</summary>
    public double? PerDay { get; }

    /// <summary>The categories of which the rest is wanted as a short list below the hits (<c>rest of cs.LG</c>), lower case.</summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>Nothing to look for (exclusions alone look for nothing): the reader gets what is trending.</summary>
    public bool IsEmpty => Rest.Count == 0 && Interests.All(interest => interest.Excludes);

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

        return new Profile(interests, problems, reader.PerDay, reader.Rest);
    }

    /// <summary>One line as a profile of its own, as if it asked for papers. Lines are known by their text: an exclusion that asks needs another.</summary>
    public static Profile Of(Interest interest) => new([interest.Excludes ? interest with { Excludes = false, Text = "+" + interest.Text } : interest], [], null, []);

    /// <summary>Two lines that ask for the same are one interest: the first.</summary>
    private static void Add(Interest? interest, List<Interest> interests, HashSet<string> seen)
    {
        if (interest is not null && seen.Add(interest.Canonical))
        {
            interests.Add(interest);
        }
    }
}
