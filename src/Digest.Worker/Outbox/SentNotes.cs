using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Digest.Worker.Outbox;

/// <summary>
/// Final answers as they are read, one line each in the file of this worker, before the database has them. A line is with the kernel when
/// the call returns, so it outlives kill -9; the next start settles from it what the database still has in doubt. Without it each mail whose
/// answer waited for the next group commit would be sent twice.
/// </summary>
internal sealed class SentNotes(SafeFileHandle file)
{
    private readonly Lock gate = new();
    private long end;

    public void Add(long mail, long attempts, string answer)
    {
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mail} {attempts} {answer.ReplaceLineEndings(" ")}\n"));
        try
        {
            lock (gate)
            {
                RandomAccess.Write(file, line, end);
                end += line.Length;
            }
        }
        catch (IOException)
        {
            // A full disk: the database is told all the same, and until then the mail is in doubt.
        }
    }

    /// <summary>All of them are in the database.</summary>
    public void Clear()
    {
        lock (gate)
        {
            RandomAccess.SetLength(file, 0);
            end = 0;
        }
    }

    /// <summary>Reads what a dead worker left; a line that was cut off is none.</summary>
    public static IReadOnlyList<SentNote> Read(string path)
    {
        var notes = new List<SentNote>();
        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split(' ', 3) is [var mail, var attempts, var answer] && long.TryParse(mail, CultureInfo.InvariantCulture, out var id) && long.TryParse(attempts, CultureInfo.InvariantCulture, out var before))
                notes.Add(new SentNote(id, before, answer));
        return notes;
    }
}

/// <param name="Attempts">The attempts of the mail before this one.</param>
internal sealed record SentNote(long Mail, long Attempts, string Answer);
