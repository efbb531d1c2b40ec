using System.Buffers;
using Digest.Templates.Output;

namespace Digest.Templates.Site;

/// <summary>Addresses of our own site, the only ones that begin with a slash.</summary>
internal static class LocalLink
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("<>\"'`\\");

    /// <summary>Null unless it is a path of ours in printable ASCII; two slashes at its beginning would lead to another host.</summary>
    public static Markup? Of(string? path)
    {
        if (path is not ['/', ..] || path is ['/', '/' or '\\', ..] || path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.AsSpan().ContainsAny(Unsafe))
            return null;
        return new Markup(path.Replace("&", "&amp;", StringComparison.Ordinal));
    }

    /// <summary>The same address with the language that the reader asked for.</summary>
    public static Markup? Of(string? path, SiteFrame frame) => Of(path is not null && frame.LanguageAsked ? With(path, frame.Language) : path);

    public static string With(string path, string language)
    {
        var fragment = path.IndexOf('#', StringComparison.Ordinal);
        var (before, after) = fragment < 0 ? (path, "") : (path[..fragment], path[fragment..]);
        return $"{before}{(before.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}{after}";
    }
}
