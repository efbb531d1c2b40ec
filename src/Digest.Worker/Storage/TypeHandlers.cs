using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;

namespace Digest.Worker.Storage;

/// <summary>
/// How values stand in the database: times as UTC ISO 8601 text of fixed width (so that they compare as text),
/// dates as <c>yyyy-MM-dd</c>, lists of words as a JSON array.
/// </summary>
internal static class TypeHandlers
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    static TypeHandlers()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(new TimeHandler());
        SqlMapper.AddTypeHandler(new DateHandler());
        SqlMapper.AddTypeHandler(new WordsHandler());
    }

    /// <summary>To be called before the first statement. Not at the program's start: verbs that need no database then load nothing of it.</summary>
    public static void Register() => RuntimeHelpers.RunClassConstructor(typeof(TypeHandlers).TypeHandle);

    /// <summary>"O" is the one format with this order that is not read letter by letter for each time; it has four digits more.</summary>
    public static string ToText(DateTimeOffset value) => string.Create(24, value.UtcDateTime, static (text, time) =>
    {
        Span<char> longer = stackalloc char[28];
        time.TryFormat(longer, out _, "O", CultureInfo.InvariantCulture);
        longer[..^5].CopyTo(text);
        text[^1] = 'Z';
    });

    /// <exception cref="FormatException">It is not a time as <see cref="ToText"/> writes it.</exception>
    public static DateTimeOffset ToTime(ReadOnlySpan<char> text)
    {
        // As in ToText: "O" is the one format that is not read letter by letter.
        Span<char> longer = stackalloc char[28];
        if (text.Length == 24 && text[^1] == 'Z')
        {
            text[..23].CopyTo(longer);
            "0000Z".CopyTo(longer[23..]);
            if (DateTimeOffset.TryParseExact(longer, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                return time;
        }
        return DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = ToText(value);
        }

        public override DateTimeOffset Parse(object value) => ToTime((string)value);
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private sealed class WordsHandler : SqlMapper.TypeHandler<IReadOnlyList<string>>
    {
        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<string>? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = JsonSerializer.Serialize(value ?? []);
        }

        public override IReadOnlyList<string> Parse(object value) => JsonSerializer.Deserialize<string[]>((string)value) ?? [];
    }
}
