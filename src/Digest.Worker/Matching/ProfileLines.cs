using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching;

/// <summary>A profile cut into its lines, none of them parsed: a <see cref="ProfileIndex"/> knows what they ask for.</summary>
/// <param name="Interests">As written.</param>
/// <param name="PerDay">As <see cref="Profile.PerDay"/>.</param>
/// <param name="Rest">As <see cref="Profile.Rest"/>.</param>
internal sealed record ProfileLines(IReadOnlyList<string> Interests, double? PerDay, IReadOnlyList<string> Rest)
{
    public static ProfileLines Read(string profile)
    {
        var interests = new List<string>();
        var reader = new ProfileReader(profile);
        while (reader.Next(null))
        {
            interests.Add(reader.Line.ToString());
        }

        return new ProfileLines(interests, reader.PerDay, reader.Rest);
    }
}
