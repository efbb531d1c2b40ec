using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>Ask, read, and say in one line what went wrong.</summary>
internal static class Asking
{
    /// <exception cref="SourceException">No answer, or one that is an error or of another kind.</exception>
    public static async Task<Reading> ReadAsync(this Fetcher fetcher, Question question, Action<Stream, Reading> read, CancellationToken cancellationToken)
    {
        var (reading, _) = await fetcher.ReadIfChangedAsync(question, read, cancellationToken);
        return reading ?? throw new SourceException($"{question.Address.GetLeftPart(UriPartial.Path)} answered 304 to a question without a condition");
    }

    /// <returns>Null when the server says that nothing changed since <see cref="Question.Known"/>.</returns>
    /// <exception cref="SourceException">No answer, or one that is an error or of another kind.</exception>
    public static async Task<(Reading? Reading, Validators Validators)> ReadIfChangedAsync(
        this Fetcher fetcher, Question question, Action<Stream, Reading> read, CancellationToken cancellationToken)
    {
        var answer = await fetcher.AskAsync(question, cancellationToken);
        if (answer.Raw is not { } raw)
            return (null, answer.Validators);
        using (raw)
        {
            await using var body = raw.Open();
            try
            {
                var reading = new Reading();
                read(body, reading);
                return (reading, answer.Validators);
            }
            catch (AnswerException e)
            {
                throw new SourceException($"{question.Address.GetLeftPart(UriPartial.Path)}: {e.Message}", e);
            }
        }
    }
}
