// node axe.mjs FILE.html|ADDRESS ...: every rule of axe, light and dark, a mail at 600 and 375 px, a page at 1280 and 375; 1 where something is violated.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// A mail is shown inside a page that has landmarks of its own.
const NotOfMails = ['region', 'landmark-one-main'];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
// A single sign, such as an arrow beside its words, is too short for axe to judge.
const isUndecided = one => one.id === 'color-contrast' && one.nodes.some(node => node.any.some(check => !['shortTextContent', 'nonBmp'].includes(check.data?.messageKey)));
let [pages, violations, undecided] = [0, 0, 0];
for (const named of process.argv.slice(2)) {
  const isPage = /^https?:/.test(named);
  for (const [colorScheme, width] of [['light', isPage ? 1280 : 600], ['dark', 375]]) {
    // Our pages allow no script of others', and axe is one.
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: isPage });
    await page.goto(isPage ? named : pathToFileURL(path.resolve(named)).href);
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run({ resultTypes: ['violations', 'incomplete'] }));
    pages++;
    undecided += result.incomplete.length;
    for (const { id, nodes } of [...result.violations.filter(one => isPage || !NotOfMails.includes(one.id)), ...result.incomplete.filter(isUndecided)]) {
      violations++;
      console.log(`${isPage ? named : path.basename(named)} ${colorScheme} ${width}: ${id}: ${nodes[0].html.slice(0, 200)}`);
    }
    await page.close();
  }
}
await browser.close();
console.log(`axe: ${pages} pages, ${violations} violations, ${undecided} undecided`);
process.exit(violations > 0 ? 1 : 0);
