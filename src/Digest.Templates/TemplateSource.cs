namespace Digest.Templates;

/// <summary>The files that mails are made from: the embedded ones, each replaced by the file of that name in the override folder.</summary>
internal sealed class TemplateSource(string? overrideFolder)
{
    private static readonly string[] Embedded = typeof(TemplateSource).Assembly.GetManifestResourceNames();

    /// <summary>Names of all files with that ending, in ordinal order.</summary>
    public IEnumerable<string> Files(string ending)
    {
        var own = overrideFolder is not null && Directory.Exists(overrideFolder)
            ? Directory.EnumerateFiles(overrideFolder, "*" + ending).Select(file => Path.GetFileName(file))
            : [];
        return Embedded.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Union(own).Order(StringComparer.Ordinal);
    }

    /// <summary>Templates in the operator's folder that no mail or page is made from: their names are written otherwise.</summary>
    public IEnumerable<string> Unused() => Files(".sbn").Except(Embedded).Select(Name);

    /// <summary>The path to name in a fault: the operator's own file, or the embedded file's name.</summary>
    public string Name(string file) => Own(file) ?? file;

    public string Read(string file)
    {
        if (Own(file) is { } path)
            return File.ReadAllText(path);
        using var stream = typeof(TemplateSource).Assembly.GetManifestResourceStream(file)
            ?? throw new TemplateException(file, 0, 0, "there is no such template");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private string? Own(string file)
    {
        var path = overrideFolder is null ? null : Path.Combine(overrideFolder, file);
        return path is not null && File.Exists(path) ? path : null;
    }
}
