namespace Digest.Worker.Matching.Index;

/// <summary>Texts and numbers of the compiled form, written to a list of numbers and read from a run of them.</summary>
internal static class NumberRun
{
    /// <summary>Its length, then two letters a number.</summary>
    public static void Add(this List<int> run, string text)
    {
        run.Add(text.Length);
        for (var i = 0; i < text.Length; i += 2)
        {
            run.Add(text[i] | (i + 1 < text.Length ? text[i + 1] << 16 : 0));
        }
    }

    public static string TakeText(ref ReadOnlySpan<int> run)
    {
        var letters = run[0];
        var text = string.Create(letters, run[1..], static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = (char)(i % 2 == 0 ? from[i / 2] : from[i / 2] >> 16);
            }
        });
        run = run[(1 + ((letters + 1) / 2))..];
        return text;
    }

    public static int Take(ref ReadOnlySpan<int> run)
    {
        var number = run[0];
        run = run[1..];
        return number;
    }
}
