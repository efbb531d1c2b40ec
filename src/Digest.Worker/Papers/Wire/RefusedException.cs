using System.Net;

namespace Digest.Worker.Papers.Wire;

/// <summary>The provider answered, and the answer was no.</summary>
internal sealed class RefusedException(HttpStatusCode status, TimeSpan? retryAfter, string said)
    : IOException($"answered {(int)status}{(said.Length > 0 ? $" ({said})" : "")}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>How long the provider asked us to stay away.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Another attempt may succeed. 406 is what arXiv's edge answers on bad days.</summary>
    public bool Passing => (int)Status is 406 or 408 or 425 or 429 or >= 500;
}
