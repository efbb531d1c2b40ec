using System.Diagnostics;
using Digest.Worker.Matching;
using Microsoft.Data.Sqlite;

namespace Digest.Bench.Matching;

/// <summary>Profiles as rows of a database, and the compiled form of all of them beside: how long a start takes.</summary>
internal sealed class StoredProfiles : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"digest-bench-{Environment.ProcessId}.db");
    private readonly SqliteConnection _connection;

    public StoredProfiles(SyntheticWorld world, int profiles)
    {
        _connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        _connection.Open();
        Execute("pragma journal_mode = off; pragma synchronous = off; create table subscriber (id integer primary key, profile text not null); create table compiled (id integer primary key, form blob not null)");
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.CommandText = "insert into subscriber (id, profile) values ($id, $profile)";
        var (id, profile) = (insert.Parameters.Add("$id", SqliteType.Integer), insert.Parameters.Add("$profile", SqliteType.Text));
        for (var key = 0; key < profiles; key++)
        {
            (id.Value, profile.Value) = (key, world.Profile(key));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Every text read and compiled.</summary>
    public (ProfileIndex Index, double Seconds, double Cpu) Cold() => Timed(() =>
    {
        var index = new ProfileIndex();
        Bring(index);
        return index;
    });

    /// <summary>The kept form, and every text looked at whether it is still the one that was compiled.</summary>
    public (ProfileIndex Index, double Seconds, double Cpu) Warm() => Timed(() =>
    {
        using var form = new SqliteBlob(_connection, "compiled", "form", 1, readOnly: true);
        var index = ProfileIndex.Read(new BufferedStream(form, 1 << 20));
        if (Bring(index) != 0)
        {
            throw new InvalidOperationException("The kept form is not that of these profiles.");
        }

        return index;
    });

    /// <returns>The size of the form.</returns>
    public long Keep(ProfileIndex index)
    {
        var file = _file + ".form";
        using (var to = File.Create(file))
        {
            index.Write(to);
        }

        using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        Execute($"insert into compiled (id, form) values (1, zeroblob({from.Length}))");
        using var form = new SqliteBlob(_connection, "compiled", "form", 1);
        from.CopyTo(form);
        return from.Length;
    }

    public void Dispose()
    {
        _connection.Dispose();
        File.Delete(_file);
    }

    /// <returns>How many had to be compiled.</returns>
    private int Bring(ProfileIndex index)
    {
        using var select = _connection.CreateCommand();
        select.CommandText = "select id, profile from subscriber order by id";
        using var rows = select.ExecuteReader();
        var compiled = 0;
        while (rows.Read())
        {
            compiled += index.Add(rows.GetInt64(0), rows.GetString(1)) ? 1 : 0;
        }

        return compiled;
    }

    private static (ProfileIndex, double, double) Timed(Func<ProfileIndex> load)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var index = load();
        return (index, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
