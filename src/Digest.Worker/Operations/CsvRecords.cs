using System.Runtime.CompilerServices;

namespace Digest.Worker.Operations;

/// <summary>
/// Cuts a CSV file into its records (RFC 4180). A quotation mark that is never closed, or closed in the middle of a cell, spoils the
/// line it stands on and no other: a reader that goes on to the next mark would swallow all lines between.
/// </summary>
internal sealed class CsvRecords(TextReader reader)
{
    /// <summary>The most lines that one record may have.</summary>
    private const int MostLines = 200;

    private readonly List<string> ahead = [];
    private bool ended;

    public async IAsyncEnumerable<CsvRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; await LineAsync(0, cancellationToken) is { } first;)
        {
            var (lines, intact) = await ExtentAsync(first, cancellationToken);
            if (!string.IsNullOrWhiteSpace(first))
                yield return new CsvRecord(number, string.Join('\n', ahead.Take(lines)), intact);
            ahead.RemoveRange(0, lines);
            number += lines;
        }
    }

    private async Task<(int Lines, bool Intact)> ExtentAsync(string first, CancellationToken cancellationToken)
    {
        var (open, wellFormed) = Scan(first, open: false);
        for (var lines = 1; wellFormed && lines <= MostLines; lines++)
        {
            if (!open)
                return (lines, true);
            if (await LineAsync(lines, cancellationToken) is not { } next)
                break;
            (open, wellFormed) = Scan(next, open);
        }
        return (1, false);
    }

    private async Task<string?> LineAsync(int index, CancellationToken cancellationToken)
    {
        while (!ended && ahead.Count <= index)
        {
            if (await reader.ReadLineAsync(cancellationToken) is { } line)
                ahead.Add(line);
            else
                ended = true;
        }
        return index < ahead.Count ? ahead[index] : null;
    }

    /// <summary>Whether a quoted cell is open at the end of a line, and whether every mark on it stands where it may.</summary>
    private static (bool Open, bool WellFormed) Scan(string line, bool open)
    {
        var cellBegins = !open;
        for (var i = 0; i < line.Length; i++)
        {
            if (open && line[i] == '"')
            {
                if (i + 1 < line.Length && line[i + 1] == '"')
                    i++;
                else if (line.AsSpan(i + 1).TrimStart() is [not ',', ..])
                    return (false, false);
                else
                    open = false;
            }
            else if (!open && line[i] == '"' && cellBegins)
                (open, cellBegins) = (true, false);
            else if (!open)
                cellBegins = line[i] == ',' || (cellBegins && char.IsWhiteSpace(line[i]));
        }
        return (open, true);
    }
}

/// <param name="Line">The first line of the record, counted from 1.</param>
/// <param name="Intact">False: a quotation mark stands where none may, or is never closed.</param>
internal sealed record CsvRecord(int Line, string Text, bool Intact);
