using Deque.AxeCore.Commons;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// axe-core, asked about a page that a browser shows: every rule that it has, violations and what it could not decide. A single sign, such as an arrow
/// beside its words, is too short for axe to judge.
/// </summary>
internal static class Axe
{
    private const string Ask =
        """
        (async () => {
          const short = node => node.any.some(check => ['shortTextContent', 'nonBmp'].includes(check.data?.messageKey));
          const found = await axe.run(document, { iframes: false, resultTypes: ['violations', 'incomplete'] });
          const undecided = found.incomplete.filter(one => one.id === 'color-contrast').map(one => ({ ...one, nodes: one.nodes.filter(node => !short(node)) }));
          return [...found.violations, ...undecided].flatMap(one => one.nodes.map(node => `axe ${one.id}: ${node.target.join(' ')} ${node.html.slice(0, 120)}`)).join('\n');
        })()
        """;

    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>A line each: the rule's name, the selector, and how the element begins.</summary>
    public static async Task<string> FaultsAsync(BrowserPage page)
    {
        await page.EvaluateAsync(Script.Value + "; ''");
        return await page.EvaluateAsync(Ask);
    }
}
