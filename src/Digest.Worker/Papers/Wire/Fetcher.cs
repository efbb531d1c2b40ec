using System.Net;
using System.Net.Http.Headers;
using Digest.Worker.Papers.Sources;
using Polly;
using Polly.Timeout;

namespace Digest.Worker.Papers.Wire;

/// <summary>
/// Asks providers politely and believes nothing that they say: sizes, times and redirects are bounded. The configured address may be an
/// inner one, a redirect may not, unless it stays on the very same host and port.
/// </summary>
internal sealed class Fetcher : IDisposable
{
    private readonly HttpClient configured;
    private readonly HttpClient redirected;
    private readonly ResiliencePipeline pipeline;
    private readonly WireLimits options;
    private readonly Gates gates;
    private readonly RawAnswers raws;
    private readonly TimeProvider time;

    public Fetcher(PapersOptions papers, WireLimits options, Gates gates, RawAnswers raws, TimeProvider time)
    {
        (this.options, this.gates, this.raws, this.time) = (options, gates, raws, time);
        pipeline = Politeness.Pipeline(options, time);
        configured = Client(WireSetup.Handler(), papers);
        // Its own connections: one that was opened to a configured inner address must not be lent to a redirect. A proxy would connect
        // in our place and past our check, so a redirect goes without one.
        var open = WireSetup.Handler();
        open.ConnectCallback = OpenInternet.ConnectAsync;
        open.UseProxy = false;
        redirected = Client(open, papers);
    }

    /// <exception cref="SourceException">The provider could not be reached, refused, or answered beyond our limits.</exception>
    public async Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token =>
            {
                using var turn = await TurnAsync(question, token);
                return await AttemptAsync(question, token);
            }, cancellationToken);
        }
        catch (RefusedException e)
        {
            throw new SourceException($"{Shown(question.Address)} {e.Message}", e) { NotBefore = e.RetryAfter is { } wait ? time.GetUtcNow() + wait : null };
        }
        catch (TimeoutRejectedException e)
        {
            throw new SourceException($"{Shown(question.Address)} did not answer within {options.AttemptTimeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new SourceException($"{Shown(question.Address)}: {(e.InnerException as InnerAddressException ?? e).Message}", e);
        }
    }

    public void Dispose()
    {
        configured.Dispose();
        redirected.Dispose();
    }

    /// <summary>Whoever asks arXiv, also a plain feed, waits at arXiv's own gate.</summary>
    private Task<IDisposable> TurnAsync(Question question, CancellationToken cancellationToken) => Arxiv.Owns(question.Address)
        ? gates.EnterAsync(Arxiv.Provider, Arxiv.Pause, cancellationToken)
        : gates.EnterAsync(question.Provider ?? question.Address.Authority, question.Pause, cancellationToken);

    private async Task<Answer> AttemptAsync(Question question, CancellationToken cancellationToken)
    {
        var address = question.Address;
        for (var hop = 0; ; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            AddConditions(request, question.Known);
            var client = address.Authority == question.Address.Authority && address.Scheme == question.Address.Scheme ? configured : redirected;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified)
                return new Answer(null, question.Known);
            if (response.IsSuccessStatusCode)
                return await KeepAsync(question.Source, response, cancellationToken);
            if (response.Headers.Location is { } location && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
                address = Next(address, location, hop);
            else
                throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async Task<Answer> KeepAsync(string source, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.LargestAnswer);
        var raw = await raws.KeepAsync(source, body, cancellationToken);
        return new Answer(raw, new Validators(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified?.ToString("r")));
    }

    private Uri Next(Uri from, Uri location, int hop)
    {
        if (hop >= options.Redirects)
            throw new RedirectException($"more than {options.Redirects} redirects");
        var next = new Uri(from, location);
        if (next.Scheme is not ("http" or "https") || (from.Scheme == "https" && next.Scheme == "http"))
            throw new RedirectException($"a redirect from {from.Scheme} to {next.Scheme}");
        return next;
    }

    private async Task<RefusedException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var said = "";
        if (response.Content.Headers.ContentType?.MediaType is "text/plain" or "application/json")
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var start = new byte[200];
            var read = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
            said = Text.ReadableText.Title(System.Text.Encoding.UTF8.GetString(start, 0, read));
        }
        return new RefusedException(response.StatusCode, Politeness.RetryAfter(response.Headers.RetryAfter, time.GetUtcNow()), said);
    }

    private static void AddConditions(HttpRequestMessage request, Validators known)
    {
        if (known.ETag is not null && EntityTagHeaderValue.TryParse(known.ETag, out var tag))
            request.Headers.IfNoneMatch.Add(tag);
        if (known.LastModified is not null)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", known.LastModified);
    }

    private static HttpClient Client(SocketsHttpHandler handler, PapersOptions papers)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", WireSetup.UserAgent(papers.Contact));
        return client;
    }

    /// <summary>An address without its query: a query may hold a key.</summary>
    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);
}
