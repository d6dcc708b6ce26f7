import { networkRules, type ReplyPlace } from './network-rules.ts';

/**
 * Words as they stand; a link; a link that the network refuses; a place that is still to be filled; a person
 * or page that is named; signs of a markup that nobody will see as markup; what is past the limit.
 */
export type ReplyPieceKind = 'words' | 'link' | 'refused' | 'open' | 'mention' | 'signs' | 'beyond';

/** A part of a reply as its reader will see it. */
export interface PreviewPiece {
  readonly kind: ReplyPieceKind;
  readonly text: string;
}

/** Notes on the place for whoever writes, in the order they are told. */
export const PREVIEW_NOTES = ['by_hand', 'beyond', 'refused', 'open', 'signs', 'files'] as const;
export type PreviewNote = (typeof PREVIEW_NOTES)[number];

/** A reply as the network will show it. */
export interface ReplyPreview {
  readonly pieces: readonly PreviewPiece[];
  readonly notes: readonly PreviewNote[];
  /** Letters that are left; negative past the limit, null where there is none. */
  readonly left: number | null;
}

/** «[id1|Анна]»: VK shows the name alone, and leads to the page. */
const MENTION = String.raw`\[(?:id|club|public)\d{1,15}\|[^\]\n]{1,60}\]`;
const OPEN = String.raw`\{[^{}\n]{0,60}\}|\[[^[\]\n]{1,60}\](?!\()|_{3,60}`;
const LINK = String.raw`(?:https?:\/\/|www\.)[^\s<>"«»]{1,2000}`;
/** Markdown and HTML: replies are sent as plain words, and their readers would see the signs. */
const SIGNS = String.raw`\*\*|__|~~|${'`'}{1,3}|<\/?[a-z]{1,10}[^<>\n]{0,100}>|^#{1,6}(?=\s)`;

const PIECE = new RegExp(
  `(?<mention>${MENTION})|(?<open>${OPEN})|(?<link>${LINK})|(?<signs>${SIGNS})`,
  'gimu',
);
const FOUND = ['mention', 'open', 'link', 'signs'] as const;

/** Signs after an address belong to the sentence. */
const AFTER_LINK = '.,;:!?)';

function linkIn(found: string): string {
  let end = found.length;
  while (AFTER_LINK.includes(found[end - 1] ?? ' ')) end -= 1;
  return found.slice(0, end);
}

/** A reply has a few; what comes after so many is shown as its words. */
const MOST_PIECES = 500;

const nameIn = (mention: string): string => mention.slice(mention.indexOf('|') + 1, -1);

/** Pieces of a text that the network takes whole. */
function piecesOf(
  text: string,
  { takesLinks, namesPeople }: { readonly takesLinks: boolean; readonly namesPeople: boolean },
): PreviewPiece[] {
  const pieces: PreviewPiece[] = [];
  let from = 0;
  const put = (kind: ReplyPieceKind, words: string): void => {
    if (words !== '') pieces.push({ kind, text: words });
  };
  for (const { 0: matched, index, groups } of text.matchAll(PIECE)) {
    const kind = FOUND.find((name) => groups?.[name] !== undefined) ?? 'signs';
    const found = kind === 'link' ? linkIn(matched) : matched;
    put('words', text.slice(from, index));
    if (kind === 'mention') put(namesPeople ? 'mention' : 'signs', namesPeople ? nameIn(found) : found);
    else put(kind === 'link' && !takesLinks ? 'refused' : kind, found);
    from = index + found.length;
    if (pieces.length > MOST_PIECES) break;
  }
  put('words', text.slice(from));
  return pieces;
}

/** Shows a reply as its reader will see it at one place. */
export function replyPreview(reply: string, place: ReplyPlace): ReplyPreview {
  const text = reply.trim();
  const { letters, files, takesLinks, isByItself } = networkRules(place);
  const most = letters ?? text.length;
  const beyond = text.slice(most);
  const pieces = [
    ...piecesOf(text.slice(0, most), { takesLinks, namesPeople: place.network === 'vk' }),
    ...(beyond === '' ? [] : [{ kind: 'beyond', text: beyond } as const]),
  ];
  const kinds = new Set<string>(pieces.map(({ kind }) => kind));
  if (!isByItself) kinds.add('by_hand');
  if (files !== null && place.files > files) kinds.add('files');
  return {
    pieces,
    notes: PREVIEW_NOTES.filter((note) => kinds.has(note)),
    left: letters === null ? null : letters - text.length,
  };
}
