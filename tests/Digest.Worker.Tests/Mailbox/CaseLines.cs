namespace Digest.Worker.Tests.Mailbox;

/// <summary>The lines of a case table, split at the bars.</summary>
internal static class CaseLines
{
    public static TheoryData<string, string, string> Read(string name)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Mailbox", "Cases", name)))
            if (line.Length > 0 && line[0] != '#' && line.Split('|') is { Length: >= 3 } fields)
                data.Add(fields[0].Trim(), fields[1].Trim(), string.Join('|', fields[2..]).Trim().Replace("\\n", "\n", StringComparison.Ordinal));
        return data;
    }
}
