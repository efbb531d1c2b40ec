namespace Digest.Worker.Tests.Web;

/// <summary>
/// What a page looks wrong by, asked of the browser that shows it (WCAG 2.2: 1.3.1, 1.4.3, 1.4.10, 2.4.2, 2.4.6, 3.1.1, 4.1.2): it is wider than its
/// window, text that stands out too little from what is behind it, fields without a label, links and buttons without a name.
/// </summary>
internal static class PageFaults
{
    public const string Script =
        """
        (() => {
          const faults = [], add = (what, e) => faults.push(what + (e ? ': ' + e.outerHTML.slice(0, 120) : ''));
          const root = document.documentElement;
          if (root.scrollWidth > window.innerWidth) add(`is ${root.scrollWidth} wide`);
          if (!root.lang) add('has no language');
          if (!document.title) add('has no title');
          if (document.querySelectorAll('h1').length !== 1) add(`has ${document.querySelectorAll('h1').length} first headings`);
          if (document.querySelectorAll('main').length !== 1) add('has no main part of its own');
          const ids = new Set();
          for (const e of document.querySelectorAll('[id]')) { if (ids.has(e.id)) add('the same id twice', e); ids.add(e.id); }
          const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
          for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
            if (seen(e) && !e.closest('[aria-hidden=true]') && !e.labels?.length && !e.getAttribute('aria-label')) add('no label', e);
          for (const e of document.querySelectorAll('a[href], button'))
            if (seen(e) && !e.textContent.trim() && !e.getAttribute('aria-label') && !e.querySelector('[alt], title')) add('no name', e);
          for (const e of document.querySelectorAll('img:not([alt])')) add('no words for the picture', e);
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].map((part, i) => i < 3 ? part : part / 255); };
          const over = (top, below) => top.slice(0, 3).map((part, i) => part * top[3] + below[i] * (1 - top[3]));
          const behind = e => { if (!e) return matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(root).colorScheme.includes('dark') ? [18, 18, 18] : [255, 255, 255]; const own = rgba(getComputedStyle(e).backgroundColor); return own[3] === 1 ? own : over(own, behind(e.parentElement)); };
          const light = colour => { const [r, g, b] = colour.map(part => { part /= 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !seen(e) || e.closest('script, style, svg, :disabled')) continue;
            const style = getComputedStyle(e), ground = behind(e), [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((x, y) => y - x);
            const size = parseFloat(style.fontSize), wanted = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            if ((a + 0.05) / (b + 0.05) < wanted) add(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}`, e);
          }
          return faults.join('\n');
        })()
        """;
}
