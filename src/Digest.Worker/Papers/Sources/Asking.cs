using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>Ask, read, and say in one line what went wrong.</summary>
internal static class Asking
{
    /// <returns>Null when the server says that nothing changed.</returns>
    /// <exception cref="SourceException">No answer, or one that is an error or of another kind.</exception>
    public static async Task<(Reading? Reading, Validators Validators)> ReadAsync(
        this Fetcher fetcher, Question question, Func<Stream, Reading> read, CancellationToken cancellationToken)
    {
        var answer = await fetcher.AskAsync(question, cancellationToken);
        if (answer.Raw is not { } raw)
            return (null, answer.Validators);
        using (raw)
        {
            await using var body = raw.Open();
            try
            {
                return (read(body), answer.Validators);
            }
            catch (AnswerException e)
            {
                throw new SourceException($"{question.Address.GetLeftPart(UriPartial.Path)}: {e.Message}", e);
            }
        }
    }
}
