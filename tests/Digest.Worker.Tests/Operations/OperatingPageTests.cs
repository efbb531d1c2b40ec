using System.Collections;
using System.Globalization;
using Digest.Worker.Settings;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Operations;

/// <summary>Holds docs/OPERATING.md to the options that the code binds: every setting stands there, with its default, and no other.</summary>
public sealed class OperatingPageTests
{
    [Fact]
    public void Every_setting_stands_on_the_page_and_no_other()
    {
        Assert.Equal(Bound().Keys.Order(StringComparer.Ordinal), Page().Keys.Order(StringComparer.Ordinal));
        Assert.True(Bound().Count > 30, "too few settings were found: the walk is broken");
    }

    [Fact]
    public void Every_default_on_the_page_is_the_one_in_the_code()
    {
        var page = Page();
        foreach (var (key, value) in Bound().Where(setting => setting.Value is not null))
            Assert.True(page[key] == value, $"{key}: the page says '{page[key]}', the code '{value}'");
    }

    private static Dictionary<string, string?> Page() =>
        (from line in File.ReadLines(Path.Combine(Repository.Folder, "docs", "OPERATING.md"))
         where line.StartsWith("| `", StringComparison.Ordinal)
         let cells = line.Split('|', StringSplitOptions.TrimEntries)
         select (Key: cells[1].Trim('`'), Default: cells[2])).ToDictionary(row => row.Key, row => (string?)row.Default);

    /// <summary>Key to default as text; null where the default depends on something or there is none.</summary>
    private static Dictionary<string, string?> Bound() => SettingKeys.All.ToDictionary(setting => setting.Key, setting => Text(setting.Default));

    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        IEnumerable => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
