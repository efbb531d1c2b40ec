using Scriban.Runtime;

namespace Digest.Templates.Site.Admin;

/// <summary>A page for the operator, as its template sees it.</summary>
internal static class AdminView
{
    /// <param name="root">The address that all of these pages are below.</param>
    public static ScriptObject Of(AdminPage page, string siteName, string styleUrl, string root) => new()
    {
        ["title"] = page.Title,
        ["site_name"] = siteName,
        ["style_url"] = LocalLink.Of(styleUrl),
        ["root"] = LocalLink.Of(root),
        ["is_open"] = page.Here is not null,
        ["places"] = new ScriptArray(AdminPage.Places.Select(place => new ScriptObject
        {
            ["name"] = place.ToString(),
            ["url"] = LocalLink.Of(place == AdminPlace.Month ? root : $"{root}/{place.ToString().ToLowerInvariant()}"),
            ["here"] = place == page.Here,
        })),
        ["blocks"] = new ScriptArray(page.Blocks.Select((block, place) => Of(block, place))),
    };

    private static ScriptObject Of(AdminBlock block, int place)
    {
        var view = block switch
        {
            AdminNote note => new ScriptObject { ["kind"] = "note", ["text"] = note.Text, ["bad"] = note.Bad },
            AdminHeading heading => new ScriptObject { ["kind"] = "heading", ["text"] = heading.Text, ["hint"] = heading.Hint },
            AdminFacts facts => new ScriptObject { ["kind"] = "facts", ["large"] = facts.Large, ["facts"] = new ScriptArray(facts.Facts.Select(fact => new ScriptObject { ["name"] = fact.Name, ["value"] = fact.Value, ["bad"] = fact.Bad })) },
            AdminTable table => Of(table),
            AdminPlot plot => new ScriptObject { ["kind"] = "plot", ["title"] = plot.Title, ["summary"] = plot.Summary, ["plot"] = PlotView.Of(plot) },
            AdminStrip strip => new ScriptObject { ["kind"] = "plot", ["title"] = strip.Title, ["summary"] = strip.Summary, ["plot"] = PlotView.Of(strip) },
            AdminSearch search => new ScriptObject { ["kind"] = "search", ["action"] = LocalLink.Of(search.Action), ["text"] = search.Text, ["states"] = new ScriptArray(search.States.Select(state => new ScriptObject { ["name"] = state, ["here"] = state == search.State })) },
            AdminMore more => new ScriptObject { ["kind"] = "more", ["action"] = LocalLink.Of(more.Action), ["text"] = more.Text, ["state"] = more.State ?? "", ["cursor"] = more.Cursor },
            AdminLinks links => new ScriptObject { ["kind"] = "links", ["links"] = Cells(links.Links, null) },
            AdminText text => new ScriptObject { ["kind"] = "text", ["text"] = Paragraphs.Of(text.Text) },
            AdminInset inset => new ScriptObject { ["kind"] = "inset", ["url"] = LocalLink.Of(inset.Url), ["title"] = inset.Title },
            AdminLogin login => new ScriptObject { ["kind"] = "login", ["action"] = LocalLink.Of(login.Action) },
            _ => throw new InvalidOperationException($"Nobody shows a {block.GetType().Name}."),
        };
        view["place"] = place;
        return view;
    }

    private static ScriptObject Of(AdminTable table) => new()
    {
        ["kind"] = "table",
        ["caption"] = table.Caption,
        ["headings"] = new ScriptArray(table.Headings),
        ["rows"] = new ScriptArray(table.Rows.Select(row => Cells(row, table.Headings))),
        ["empty"] = table.Empty,
    };

    /// <param name="names">Of the columns: on a telephone each stands before its cell.</param>
    private static ScriptArray Cells(IReadOnlyList<AdminCell> cells, IReadOnlyList<string>? names) =>
        new(cells.Select((cell, column) => new ScriptObject { ["text"] = cell.Text, ["url"] = LocalLink.Of(cell.Url), ["bad"] = cell.Bad, ["name"] = names?[column] }));
}
