using System.Net.Http.Headers;
using System.Security.Authentication;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Digest.Worker.Papers.Wire;

/// <summary>How we ask again: with growing, jittered pauses, never sooner than the provider said, and a limit on each attempt.</summary>
internal static class Politeness
{
    public static ResiliencePipeline Pipeline(WireLimits options, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(2),
                MaxDelay = options.LongestPause,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception, options)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RefusedException)?.RetryAfter),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();

    /// <summary>The header in either of its forms (RFC 9110, 10.2.3); null where it is absent or unreadable.</summary>
    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    private static bool MayPass(Exception? failure, WireLimits options) => failure switch
    {
        RefusedException refused => refused.Passing && (refused.RetryAfter ?? TimeSpan.Zero) <= options.LongestPause,
        TooLargeException or InnerAddressException or RedirectException => false,
        HttpRequestException { InnerException: InnerAddressException or AuthenticationException } => false,
        HttpRequestException or IOException or TimeoutRejectedException => true,
        _ => false,
    };
}
