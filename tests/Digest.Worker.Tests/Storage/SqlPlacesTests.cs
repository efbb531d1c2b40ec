using System.Text.RegularExpressions;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Storage;

/// <summary>SQL stands only in stores and in what runs the migrations, and values reach it only as parameters.</summary>
public sealed partial class SqlPlacesTests
{
    private static readonly string Source = Path.Combine(Repository.Folder, "src", "Digest.Worker");

    [Fact]
    public void Sql_stands_only_in_stores_and_migrations()
    {
        var elsewhere = Files()
            .Where(file => !Allowed(file))
            .SelectMany(file => Strings().Matches(File.ReadAllText(file)).Where(text => Statement().IsMatch(text.Value)).Select(text => $"{Path.GetRelativePath(Source, file)}: {text.Value}"))
            .ToList();
        Assert.True(elsewhere.Count == 0, string.Join('\n', elsewhere));
    }

    [Fact]
    public void What_a_store_puts_into_its_sql_is_its_own_column_list_row_numbers_a_part_of_the_dialect_or_a_parameter()
    {
        var stores = Files().Where(file => file.EndsWith("Store.cs", StringComparison.Ordinal)).ToList();
        Assert.True(stores.Count > 5);
        foreach (var file in stores)
        {
            var text = File.ReadAllText(file);
            foreach (Match sql in Strings().Matches(text))
                if (sql.Value.StartsWith('$') && Statement().IsMatch(sql.Value))
                    foreach (Match hole in Hole().Matches(sql.Value))
                        Assert.True(Regex.IsMatch(text, $@"(?:const \w+|NumberList|SqlPart) {Regex.Escape(hole.Groups[1].Value)}\b"), $"{Path.GetRelativePath(Source, file)} puts {hole.Value} into its SQL");
        }
    }

    [Fact]
    public void The_search_would_find_a_statement()
    {
        Assert.Matches(Statement(), Strings().Match("var x = \"select a from b where c = 1\";").Value);
        Assert.Matches(Statement(), Strings().Match("var x = $\"\"\"\n update t set a = {b}\n \"\"\";").Value);
        Assert.DoesNotMatch(Statement(), "\"Select a paper from the list\"");
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Source, file).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(Source, file).StartsWith("bin", StringComparison.Ordinal));

    private static bool Allowed(string file) => Path.GetFileName(file) is var name
        && (name.EndsWith("Store.cs", StringComparison.Ordinal) || name == "Migrations.cs" || name.EndsWith("Dialect.cs", StringComparison.Ordinal));

    [GeneratedRegex(@"\$?""{3}.*?""{3}|\$?""(?:[^""\\\n]|\\.)*""", RegexOptions.Singleline)]
    private static partial Regex Strings();

    [GeneratedRegex(@"\b(?:select\s[^;]*?\sfrom\s+\w+|insert into \w+|update \w+\s+set \w+|delete from \w+|create table \w)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Hole();
}
