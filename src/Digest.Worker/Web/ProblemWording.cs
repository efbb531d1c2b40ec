using Digest.Worker.Matching.Language;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web;

internal static class ProblemWording
{
    /// <summary>What could not be taken as written, in a reader's language.</summary>
    public static string In(this ProfileProblem problem, string language) => string.Join(language is "zh" or "ja" ? "" : " ", problem.Sentences.Select(said => Wording.Sentence(language, said)));
}
