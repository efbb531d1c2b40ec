// node caniemail.mjs FILE.html ...: what the tables of caniemail.com call unsupported in Gmail, Apple Mail or Outlook on Windows; 1 where it is not
// on the list of harmless ones.
import { caniemail } from 'caniemail';
import fs from 'node:fs';

// gmail.mobile-webmail (Gmail's page in a telephone's browser) drops the style sheet: the mail stands by its style attributes, light, with wider
// margins. Outlook on Windows (Word) drops what it does not know: no dark colours of ours, it makes its own.
const Harmless = {
  'Type selector': ['gmail.mobile-webmail'],
  'Class selector': ['gmail.mobile-webmail'],
  'Descendant combinator': ['gmail.mobile-webmail'],
  'Chaining selectors': ['gmail.mobile-webmail', 'outlook.windows'],
  '<style> element': ['gmail.mobile-webmail'],
  '@media': ['gmail.mobile-webmail', 'outlook.windows'],
  ':hover': ['gmail.mobile-webmail', 'gmail.ios', 'outlook.windows'],
  'overflow-wrap': ['gmail.desktop-webmail', 'gmail.ios', 'gmail.android', 'outlook.windows'], // word-break says the same
  'overflow': ['outlook.windows'], // of the preheader, which has mso-hide
  'display:none': ['gmail.mobile-webmail'], // the preheader: 1 px high there
  'table-layout': ['outlook.windows'], // a word without an end makes the column wider
  'white-space': ['outlook.windows'], // a line may end inside a date or behind a hyphen
  'border-radius': ['outlook.windows'], // the button's corners are square
};

let [mails, harmless, errors] = [0, 0, 0];
for (const file of process.argv.slice(2)) {
  mails++;
  const { issues } = caniemail({ clients: ['gmail.*', 'apple-mail.*', 'outlook.windows'], html: fs.readFileSync(file, 'utf8') });
  for (const [client, list] of issues.errors) {
    for (const { title } of list) {
      if (Harmless[title]?.includes(client)) {
        harmless++;
      } else {
        errors++;
        console.log(`${file}: ${title}: ${client}`);
      }
    }
  }
}
console.log(`caniemail: ${mails} mails, ${errors} errors, ${harmless} on the list of harmless ones`);
process.exit(errors > 0 ? 1 : 0);
