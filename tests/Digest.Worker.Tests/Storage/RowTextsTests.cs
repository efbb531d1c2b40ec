using Digest.Worker.Storage;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Storage;

public sealed class RowTextsTests
{
    /// <summary>The letters are what the driver's own string would be, also where a text is none of ours: U+0000 in it, broken UTF-8, long after short.</summary>
    [Theory]
    [InlineData("''")]
    [InlineData("'Zoë 漢字 𝔘'")]
    [InlineData("'before' || char(0) || 'after'")]
    [InlineData("char(0)")]
    [InlineData("cast(x'61FF62C3' as text)")]
    [InlineData("replace(hex(zeroblob(5000)), '00', 'é')")]
    [InlineData("42")]
    public async Task The_letters_of_a_row_are_those_of_its_string(string expression)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select 'short', {expression} union all select {expression}, 'x'";
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new SqliteRowTexts(rows);
        while (await rows.ReadAsync())
            for (var column = 0; column < 2; column++)
                Assert.Equal(rows.GetString(column), texts[column].ToString());
    }
}
