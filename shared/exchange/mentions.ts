/**
 * VK writes a mention as `[club700000|Город Б.]`. On the incident stands what a person reads, «Город Б.»; who
 * was meant is kept beside it as `start:length:target` per mention, so that the export gives the original
 * text back. A mention is kept by position, because a name may occur in the text more than once.
 */

/** In answers to comments VK names the comment too: `[id12:bp-5_7|Анна]`. */
const MENTION = /\[((?:id|club|public|event)\d+(?::bp-?\d+_\d+)?)\|([^[\]|]+)\]/g;

/** A text as read, and its mentions packed into one string ('' when there are none). */
export interface ReadableText {
  readonly text: string;
  readonly mentions: string;
}

/** Takes the mentions out of a text. */
export function takeMentions(original: string): ReadableText {
  if (!original.includes('|')) return { text: original, mentions: '' };
  const parts: string[] = [];
  let shift = 0;
  const text = original.replaceAll(MENTION, (whole: string, target: string, name: string, at: number) => {
    parts.push(`${at - shift}:${name.length}:${target}`);
    shift += whole.length - name.length;
    return name;
  });
  return { text, mentions: parts.join(';') };
}

/** Puts the mentions back. */
export function putMentions(text: string, mentions: string): string {
  if (mentions === '') return text;
  let result = '';
  let done = 0;
  for (const part of mentions.split(';')) {
    const [start = '', length = '', ...target] = part.split(':');
    const from = Number(start);
    const to = from + Number(length);
    result += `${text.slice(done, from)}[${target.join(':')}|${text.slice(from, to)}]`;
    done = to;
  }
  return result + text.slice(done);
}
