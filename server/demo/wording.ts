import type { Place } from '#shared/domain/incident.ts';
import { russianForm } from '#shared/text/plural.ts';
import type { Random } from './random.ts';
import { placePhrase } from './scene.ts';

const NUMBER = /\{n(?::([^|}]+)\|([^|}]+)\|([^}]+))?\}/g;

/**
 * Fills a text of the themes: `{place}` becomes a phrase with the street and house, `{n}` a number from 2 to
 * 5, and `{n:день|дня|дней}` such a number with its noun in the form it asks for.
 */
export function worded(text: string, place: Place, random: Random): string {
  const filled = text
    .replaceAll('{place}', placePhrase(place))
    .replaceAll(NUMBER, (_all, one: string | undefined, few: string, many: string) => {
      const count = 2 + random.below(4);
      return one === undefined ? String(count) : `${count} ${russianForm(count, [one, few, many])}`;
    });
  return filled.replaceAll(/(?:^|[.!?] )\p{Ll}/gu, (start) => start.toLocaleUpperCase('ru'));
}

const stemsOf = (text: string): ReadonlySet<string> =>
  new Set((text.toLocaleLowerCase('ru').match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 4)));

/** One of the replies that speak of the same things as the text; any of them when none does. */
export function fittingReply(text: string, replies: readonly string[], random: Random): string {
  const stems = stemsOf(text);
  const common = replies.map((reply) => [...stemsOf(reply)].filter((stem) => stems.has(stem)).length);
  const most = Math.max(...common);
  return random.pick(replies.filter((_, index) => common[index] === most));
}
