using Digest.Worker.Papers;
using Microsoft.Data.Sqlite;

namespace Digest.Bench.Matching;

/// <summary>The way of most systems: the papers in a full-text table, one MATCH a subscriber.</summary>
internal static class Fts5
{
    public static (long Hits, double Cpu) Run(SyntheticWorld world, List<Paper> papers, int profiles)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "create virtual table papers using fts5(title, abstract)";
        setup.ExecuteNonQuery();
        setup.CommandText = "insert into papers (rowid, title, abstract) values ($id, $title, $abstract)";
        foreach (var paper in papers)
        {
            setup.Parameters.Clear();
            setup.Parameters.AddWithValue("$id", paper.Id);
            setup.Parameters.AddWithValue("$title", paper.Title);
            setup.Parameters.AddWithValue("$abstract", paper.Abstract);
            setup.ExecuteNonQuery();
        }

        var questions = Enumerable.Range(0, profiles).Select(key => string.Join(" OR ", world.Interests(key).Select(Question))).ToList();
        using var match = connection.CreateCommand();
        match.CommandText = "select rowid from papers where papers match $question";
        var question = match.Parameters.Add("$question", SqliteType.Text);
        match.Prepare();
        var before = Environment.CpuUsage.TotalTime;
        long hits = 0;
        foreach (var text in questions)
        {
            question.Value = text;
            using var rows = match.ExecuteReader();
            while (rows.Read())
            {
                hits++;
            }
        }

        return (hits, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    /// <summary>A word that is only repeated ("a a") means the phrase; without quotation marks FTS5 would take it for "a and a".</summary>
    private static string Question(string interest)
    {
        var words = interest.Split(' ').Distinct().ToArray();
        return interest[0] == '"' ? interest : words.Length == 1 ? $"\"{interest}\"" : $"NEAR({string.Join(' ', words)}, {2 * words.Length})";
    }
}
