namespace Digest.Worker.Papers.Formats;

/// <summary>The answer is an error, or not of its kind; the message is one line for the operator.</summary>
internal sealed class AnswerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The provider's own code, where it has codes.</summary>
    public string? Code { get; init; }
}
