using Digest.Worker.Papers.Text;

namespace Digest.Worker.Tests.Papers.Text;

/// <summary>The case file: what a source says, and what a careful editor would make of it.</summary>
public sealed class ReadableTextCases
{
    private const string Arrow = " ⟹ ";

    public static TheoryData<int, string, string> Cases()
    {
        var cases = new TheoryData<int, string, string>();
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Papers", "Text", "Cases", "readable-text.txt")))
        {
            number++;
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal))
                continue;
            var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
            var source = arrow < 0 ? line : line[..arrow];
            cases.Add(number, source.Replace('⏎', '\n'), arrow < 0 ? line : line[(arrow + Arrow.Length)..]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_line_of_the_case_file_reads_as_it_says(int line, string source, string wanted)
    {
        var read = ReadableText.Abstract(source);
        Assert.True(read == wanted, $"line {line}: {source}\n  wanted {wanted}\n  read   {read}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_that_was_made_readable_stays_as_it_is(int line, string source, string wanted)
    {
        var once = ReadableText.Abstract(source);
        var twice = ReadableText.Abstract(once);
        Assert.True(once == twice, $"line {line}: {source}\n  once  {once}\n  twice {twice} (wanted {wanted})");
    }

    [Fact]
    public void There_are_as_many_cases_as_we_promised() => Assert.True(Cases().Count >= 300);
}
