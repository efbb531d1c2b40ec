using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Digest.Worker.Telemetry;

/// <summary>Writes each log event as one line, for people or as JSON, cleaned of addresses and secrets.</summary>
internal sealed class LogWriter(LogForm form, Lazy<LogRedaction> redaction, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "digest";

    /// <summary>What our methods that log a thing begin with is no part of the event's name.</summary>
    private const string Verb = "Log";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (form == LogForm.Json)
            textWriter.WriteLine(Object(logEntry, message));
        else
            textWriter.WriteLine($"{time.GetLocalNow():HH:mm:ss} {Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}{(logEntry.Exception is { } e ? $" {Clean(e.ToString())}" : "")}");
    }

    private string Object<TState>(in LogEntry<TState> entry, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", entry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("category", entry.Category);
            if (entry.EventId.Name is { } name)
                json.WriteString("event", name.StartsWith(Verb, StringComparison.Ordinal) ? name[Verb.Length..] : name);
            json.WriteString("message", message);
            if (entry.State is IReadOnlyList<KeyValuePair<string, object?>> values)
                foreach (var (key, value) in values)
                    if (key != "{OriginalFormat}" && key.Length > 0)
                        Write(json, char.ToLowerInvariant(key[0]) + key[1..], value);
            if (entry.Exception is { } exception)
                json.WriteString("exception", Clean(exception.ToString()));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(Utf8JsonWriter json, string key, object? value)
    {
        // A value never replaces a field of ours.
        var name = key is "time" or "level" or "category" or "event" or "message" or "exception" ? $"{key}_" : key;
        switch (value)
        {
            case int or long or short or byte:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                json.WriteString(name, Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    /// <summary>On one line, without what moves a terminal's cursor: a server's words are somebody else's.</summary>
    private string Clean(string text) => redaction.Value.Clean(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
