namespace Digest.Templates;

/// <summary>The built-in files that an operator can make their own: templates of mails and of the pages behind their links, and language tables.</summary>
public static class TemplateFiles
{
    private static readonly TemplateSource BuiltIn = new(null);

    /// <summary>Their names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. BuiltIn.Files(".sbn").Where(name => !name.StartsWith("site", StringComparison.Ordinal) && !name.StartsWith("admin", StringComparison.Ordinal)).Concat(BuiltIn.Files(".json"))];

    /// <exception cref="TemplateException">There is no such file.</exception>
    public static string Read(string name) => BuiltIn.Read(name);
}
