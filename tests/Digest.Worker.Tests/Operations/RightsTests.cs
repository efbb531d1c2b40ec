using System.Text.Json;
using Dapper;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Operations;

public sealed class RightsTests
{
    [Fact]
    public async Task A_person_gets_all_that_we_know_of_them_and_is_forgotten_when_they_ask()
    {
        using var program = new DigestProgram(("Papers:Sources:0:Name", "samples"), ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")));
        await program.MustAsync("subscriber", "add", "ottoline@example.org", "--name", "Ottoline", "--interest", "large language models", "--welcome", "--at", "2026-11-20T05:00:00Z");
        await program.MustAsync("subscriber", "add", "ben@example.org", "--at", "2026-11-20T05:00:00Z");
        await program.MustAsync("once", "--at", "2026-11-20T21:00:00Z");

        using var person = JsonDocument.Parse(await program.MustAsync("subscriber", "export", "--email", "ottoline@example.org"));
        var root = person.RootElement;
        Assert.Equal("ottoline@example.org", root.GetProperty("subscription")[0].GetProperty("email").GetString());
        Assert.Equal(1, root.GetProperty("issues").GetArrayLength());
        Assert.True(root.GetProperty("papers").GetArrayLength() > 0);
        Assert.Equal(2, root.GetProperty("mails").GetArrayLength());
        Assert.DoesNotContain("ben@", root.GetRawText(), StringComparison.Ordinal);

        await program.MustAsync("subscriber", "erase", "OTTOLINE@example.org");
        Assert.Equal(1, (await program.RunAsync("subscriber", "export", "--email", "ottoline@example.org")).Code);
        // A long name: three letters of the right kind turn up in hashes by chance.
        using (var connection = new SqliteConnection(program.ConnectionString))
            foreach (var table in connection.Query<string>("select name from sqlite_master where type = 'table'").ToList())
                foreach (IDictionary<string, object> row in connection.Query($"select * from \"{table}\""))
                    Assert.DoesNotContain("ottoline", string.Join('|', row.Where(cell => cell.Key is not ("title" or "abstract" or "authors")).Select(cell => cell.Value)), StringComparison.OrdinalIgnoreCase);
        program.Write("back.csv", "email\nottoline@example.org\n");
        await program.RunAsync("subscriber", "import", Path.Combine(program.Folder, "back.csv"));
        Assert.DoesNotContain("ottoline@", await program.MustAsync("subscriber", "list"), StringComparison.Ordinal);
    }
}
