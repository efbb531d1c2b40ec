using System.ComponentModel;
using System.Text.Json.Serialization;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Api;

/// <summary>Why something could not be done, for a program and for who reads its log (RFC 9457).</summary>
internal sealed record Problem
{
    private const string Namespace = "urn:digest:problem:";

    private Problem(int status, string kind, string title, string detail) => (Status, Type, Title, Detail) = (status, Namespace + kind, title, detail);

    [Description("What kind of problem: one of the list in docs/API.md.")]
    public string Type { get; init; }

    public string Title { get; init; }

    public int Status { get; init; }

    [Description("What was wrong with this request, and what helps.")]
    public string Detail { get; init; }

    [Description("Each fault by itself, where the request had faults in what it sent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Errors { get; init; }

    public static Problem Faulty(IReadOnlyList<Fault> faults) => new(400, "faulty-request", "The request has faults", string.Join("; ", faults.Select(fault => $"{fault.Name}: {fault.Detail}"))) { Errors = faults };

    public static Problem NoKey() => new(401, "key-needed", "A key is needed", "Send 'Authorization: Bearer KEY' with a key that 'key add' made and nobody revoked.");

    public static Problem Forbidden() => new(403, "scope-needed", "This key may only read", "Use a key that was made with 'key add NAME --scope write'.");

    public static Problem NotFound(string what) => new(404, "not-found", "There is no such thing", $"There is no {what}.");

    public static Problem WrongMethod(string allowed) => new(405, "wrong-method", "This is not done here", $"Possible here: {allowed}.");

    public static Problem Conflict(IReadOnlyList<FormattableString> problems) => new(409, "conflict", "It cannot be done as things are", Sentences(problems));

    public static Problem TooLarge() => new(413, "too-large", "The body is too large", "A body has 256 KB at most.");

    public static Problem NotJson() => new(415, "not-json", "The body is no JSON", "Send the body as 'Content-Type: application/json'.");

    public static Problem Refused(IReadOnlyList<FormattableString> problems) => new(422, "refused", "What was sent cannot be used", Sentences(problems));

    public static Problem NameReused() => new(422, "idempotency-key-reused", "This Idempotency-Key names another request", "The same key came within a day with another method, address or body. Use a new one for each thing that is to be done.");

    public static Problem TooMany() => new(429, "too-many", "Too many requests without a key", "Try again in a minute.");

    public static Problem Busy() => new(429, "busy", "It could not be counted just now", "Many look back over the papers at this moment. Try again in a few seconds.");

    public static Problem Broken() => new(500, "internal", "Something is broken here", "The log has the details; nothing was changed.");

    private static string Sentences(IReadOnlyList<FormattableString> problems) => string.Join(" ", problems.Select(problem => Wording.Sentence("en", problem)));
}

/// <param name="In"><c>path</c>, <c>query</c>, <c>header</c> or <c>body</c>.</param>
/// <param name="Name">Of the parameter; in a body a JSON Pointer (RFC 6901).</param>
internal sealed record Fault(string In, string Name, string Detail);
