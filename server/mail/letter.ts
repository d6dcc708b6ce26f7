/** A mail to one person, ready to be sent. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The part of the `Message-ID` before the `@`: a repeat of one mail has the same. */
  readonly id: string;
  /** Where one press ends such mails (RFC 8058); absent where nobody subscribed to anything. */
  readonly unsubscribe?: string;
}

/** A line of a mail: a text, with an address where it leads somewhere. */
export interface LetterLine {
  readonly text: string;
  readonly url?: string;
  /** A further sentence of the line, in smaller letters. */
  readonly note?: string;
}

/** The parts that a mail is laid out of, in their order. */
export interface LetterParts {
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly { readonly title: string; readonly lines: readonly LetterLine[] }[];
  /** The one thing to do; drawn as a button. */
  readonly act?: { readonly text: string; readonly url: string };
  /** Small sentences at the end: who writes, why, and how to end it. */
  readonly foot: readonly LetterLine[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const INK = '#1c2530';
const SOFT = '#5b6673';
const BRAND = '#0b5cad';

const BUTTON =
  `display:inline-block;padding:10px 18px;border-radius:6px;` +
  `background:${BRAND};color:#ffffff;text-decoration:none`;

const anchor = (url: string, text: string, style = `color:${BRAND}`): string =>
  `<a href="${escaped(url)}" style="${style}">${escaped(text)}</a>`;

const lineHtml = ({ text, url, note }: LetterLine): string => {
  const first = url === undefined ? escaped(text) : anchor(url, text);
  const second =
    note === undefined ? '' : `<br><span style="color:${SOFT};font-size:13px">${escaped(note)}</span>`;
  return `<li style="margin:0 0 8px">${first}${second}</li>`;
};

/** Lays a mail out as simple HTML: one column, no pictures, nothing that is fetched from anywhere. */
export function letterHtml({ title, lead, groups, act, foot }: LetterParts, language: 'ru' | 'en'): string {
  const parts = [
    `<h1 style="margin:0 0 8px;font-size:20px;line-height:1.3">${escaped(title)}</h1>`,
    ...(lead === '' ? [] : [`<p style="margin:0 0 16px">${escaped(lead)}</p>`]),
    ...groups.flatMap((group) => [
      `<h2 style="margin:16px 0 6px;font-size:15px">${escaped(group.title)}</h2>`,
      `<ul style="margin:0;padding:0 0 0 20px">${group.lines.map(lineHtml).join('')}</ul>`,
    ]),
    ...(act === undefined ? [] : [`<p style="margin:18px 0">${anchor(act.url, act.text, BUTTON)}</p>`]),
    `<div style="margin:24px 0 0;padding:12px 0 0;border-top:1px solid #d9dee4;`,
    `color:${SOFT};font-size:13px">`,
    ...foot.map(
      ({ text, url }) =>
        `<p style="margin:0 0 6px">${url === undefined ? escaped(text) : anchor(url, text)}</p>`,
    ),
    '</div>',
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<title>${escaped(title)}</title></head>`,
    `<body style="margin:0;background:#ffffff"><div style="max-width:600px;margin:0 auto;padding:24px 16px;`,
    `color:${INK};font:15px/1.5 Arial,Helvetica,sans-serif">`,
    ...parts,
    '</div></body></html>',
  ].join('\n');
}

const lineText = ({ text, url, note }: LetterLine): string =>
  [text, note, url].filter((part) => part !== undefined).join('\n  ');

/** Lays the same mail out as plain text. */
export function letterText({ title, lead, groups, act, foot }: LetterParts): string {
  const blocks = [
    title,
    lead,
    ...groups.map((group) => [group.title, ...group.lines.map((line) => `- ${lineText(line)}`)].join('\n')),
    act === undefined ? '' : `${act.text}:\n${act.url}`,
    `-- \n${foot.map(({ text, url }) => (url === undefined ? text : `${text}: ${url}`)).join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
