using System.Globalization;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Site;

/// <summary>What of a list is asked for: the period, a category, the order, the page.</summary>
internal sealed record ListAddress(Period Period, string? Category, bool Newest, int Page)
{
    private const int LastPage = 500;
    private const int LongestCategory = 60;

    /// <summary>Null where the address is not one of ours.</summary>
    public static ListAddress? Read(Period period, IQueryCollection query)
    {
        var category = query["cat"].ToString();
        var page = query["page"].ToString();
        if (category.Length > LongestCategory || category.Any(char.IsControl))
            return null;
        if (page.Length > 0 && (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked is < 1 or > LastPage))
            return null;
        return new ListAddress(period, category.Length == 0 ? null : category, query["order"] == "newest", page.Length == 0 ? 1 : int.Parse(page, CultureInfo.InvariantCulture));
    }

    public string Url => Write("");

    /// <summary>The same list as a feed or as data.</summary>
    public string Write(string ending)
    {
        var parts = new List<string>();
        if (Category is not null)
            parts.Add("cat=" + Uri.EscapeDataString(Category));
        if (Newest)
            parts.Add("order=newest");
        if (Page > 1)
            parts.Add("page=" + Page.ToString(CultureInfo.InvariantCulture));
        return $"/{Period}{ending}{(parts.Count > 0 ? "?" : "")}{string.Join('&', parts)}";
    }

    /// <summary>The page of one paper.</summary>
    public static string Of(Paper paper) => "/p/" + string.Join('/', paper.ShortId.Split('/').Select(Uri.EscapeDataString));
}
