import type { MailedKind } from '#shared/protocol/notices.ts';
import {
  letterHtml,
  letterText,
  type Letter,
  type LetterLine,
  type LetterParts,
} from '#server/mail/letter.ts';
import { MAIL_WORDS } from '#server/mail/mail-words.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import type { NoticeNow } from './still-true.ts';
import { consolePath } from './console-path.ts';

/** Lines of one mail; of the rest it says how many there are. */
const MOST_LINES = 60;

/** Order of the groups: what calls louder stands first. */
const ORDER: readonly MailedKind[] = ['overdue', 'near', 'sentBack', 'promised', 'assigned'];

/** Each incident once, where it calls loudest. */
function sorted(notices: readonly NoticeNow[]): readonly NoticeNow[] {
  const seen = new Set<string>();
  return ORDER.flatMap((kind) =>
    notices
      .filter((notice) => notice.kind === kind)
      .toSorted((a, b) => (a.incident.due?.at ?? 0) - (b.incident.due?.at ?? 0)),
  ).filter(({ incident }) => !seen.has(incident.id) && seen.add(incident.id));
}

/** Number, topic, link and the centre's own dates: nothing of what a resident wrote, and not who it was. */
function lineOf({ kind, incident }: NoticeNow, { settings, timeZone }: MailWay): LetterLine {
  const words = MAIL_WORDS[settings.language];
  const format = new Intl.DateTimeFormat(settings.language, {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  const { number, classification, due } = incident;
  const isDueTold = due !== null && kind !== 'promised';
  return {
    text: words.notices.line(number, classification?.topic ?? null),
    url: consolePath(settings, `/incident/${incident.id}`),
    ...(isDueTold ? { note: words.notices.due(format.format(due.at), kind === 'overdue') } : {}),
  };
}

/** «просрочено: 2, новых: 1». */
function subjectOf(all: readonly NoticeNow[], names: Readonly<Record<MailedKind, string>>): string {
  const counted = ORDER.map((kind) => ({ kind, count: all.filter((notice) => notice.kind === kind).length }));
  return counted
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${names[kind]}: ${count}`)
    .join(', ');
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The parts of a message that tells of all this, and its subject; of so many lines at most. */
export function noticeParts(
  way: MailWay,
  notices: readonly NoticeNow[],
  most: number,
): { readonly subject: string; readonly parts: Omit<LetterParts, 'foot'> } {
  const words = MAIL_WORDS[way.settings.language];
  const all = sorted(notices);
  const shown = all.slice(0, most);
  const groups = ORDER.map((kind) => ({
    title: words.notices.kinds[kind],
    lines: shown.filter((notice) => notice.kind === kind).map((notice) => lineOf(notice, way)),
  })).filter(({ lines }) => lines.length > 0);
  const subject = subjectOf(all, words.notices.short);
  const parts = {
    title: capital(subject),
    lead: all.length > shown.length ? words.notices.more(all.length - shown.length) : '',
    groups,
    act: { text: words.openConsole, url: way.settings.consoleUrl },
  };
  return { subject, parts };
}

/** A mail that tells a person of all this. */
export function noticeLetter(
  way: MailWay,
  { id, to, unsubscribe }: Pick<Letter, 'id' | 'to'> & { readonly unsubscribe: string },
  notices: readonly NoticeNow[],
): Letter {
  const { settings, regionName } = way;
  const words = MAIL_WORDS[settings.language];
  const { subject, parts: said } = noticeParts(way, notices, MOST_LINES);
  const parts = {
    ...said,
    foot: [
      { text: words.from(regionName) },
      { text: words.notices.choose, url: consolePath(settings, '/settings') },
      { text: words.notices.unsubscribe, url: unsubscribe },
    ],
  };
  return {
    id,
    to,
    subject: words.subject(subject),
    unsubscribe,
    text: letterText(parts),
    html: letterHtml(parts, settings.language),
  };
}
