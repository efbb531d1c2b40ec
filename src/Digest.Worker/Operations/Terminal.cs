using Spectre.Console;

namespace Digest.Worker.Operations;

/// <summary>Progress bars and tables where a person looks on; plain lines where a script or a log does.</summary>
internal static class Terminal
{
    /// <summary>True when the output goes to a terminal.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;

    /// <summary>Runs work that can say how far it is, from 0 to 1.</summary>
    public static async Task<T> WithProgressAsync<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (!IsInteractive)
            return await work(_ => { });
        return await AnsiConsole.Progress().HideCompleted(true).StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(title));
            return await work(done => task.Value = done * task.MaxValue);
        });
    }

    /// <summary>A table; not on a terminal: one line a row, cells separated by tabs, so that cut and awk can read it.</summary>
    public static void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!IsInteractive)
        {
            Console.WriteLine(string.Join('\t', headings));
            foreach (var row in rows)
                Console.WriteLine(string.Join('\t', row.Select(OneLine)));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)));
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(OneLine(cell)))]);
        AnsiConsole.Write(table);
    }

    private static string OneLine(string cell) => new([.. cell.Select(c => char.IsControl(c) ? ' ' : c)]);
}
