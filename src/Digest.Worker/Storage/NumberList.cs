using System.Globalization;

namespace Digest.Worker.Storage;

/// <summary>
/// Row numbers as they may stand between the parentheses of <c>in (...)</c>. Digits and commas only, so nothing else can come into a
/// statement by it; a parameter for each number would make a new statement for each count of them.
/// </summary>
internal readonly struct NumberList(IEnumerable<long> numbers)
{
    private readonly string text = string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    public override string ToString() => text;
}
