import { groupOf, renamedTo, type Dictionary } from './dictionary.ts';
import type { Instant } from './instant.ts';
import type { RouteBook } from './route-book.ts';
import type { TriedMessage } from './route-trial.ts';

/** A topic of last month that is called otherwise; a topic of another group is one, too. */
export interface RenamedTopic {
  readonly from: string;
  readonly to: string;
  readonly group: string;
  readonly count: number;
}

/** A topic of last month that nothing, or no single topic, goes on with. */
export interface FallenTopic {
  readonly topic: string;
  readonly group: string;
  /** Names that it fell apart into, where somebody said. */
  readonly became: readonly string[];
  readonly messages: readonly TriedMessage[];
}

/** A pair of last month that had a route and has none under its new name. */
export interface LostRoute {
  readonly topic: string;
  readonly group: string;
  readonly municipality: string;
  readonly count: number;
}

export interface TopicTrial {
  /** Messages tried, with those that have no topic. */
  readonly total: number;
  readonly untouched: number;
  readonly renamed: readonly RenamedTopic[];
  readonly fallen: readonly FallenTopic[];
  readonly lost: readonly LostRoute[];
}

/** The draft: the dictionary with its changes made, and the moment at which all of them have come about. */
export interface TriedDictionary {
  readonly dictionary: Dictionary;
  readonly at: Instant;
  readonly routes: RouteBook;
  /** The moment that routes are looked up at today. */
  readonly now: Instant;
}

const byCount = (a: { readonly count: number }, b: { readonly count: number }): number => b.count - a.count;

/** Says what becomes of messages' topics by a draft of the dictionary, the most messages first. */
export function tryTopics(messages: readonly TriedMessage[], tried: TriedDictionary): TopicTrial {
  const { dictionary, at } = tried;
  const [renamed, fallen, lost]: [RenamedTopic[], FallenTopic[], LostRoute[]] = [[], [], []];
  let untouched = 0;
  const byTopic = Map.groupBy(messages, ({ group, topic }) => JSON.stringify([group, topic]));
  for (const own of byTopic.values()) {
    const [first] = own;
    const [from, was] = [first?.topic ?? '', first?.group ?? ''];
    if (from === '') {
      untouched += own.length;
      continue;
    }
    const to = renamedTo(dictionary, from, at);
    if (to === null) {
      fallen.push({ topic: from, group: was, became: dictionary.became.get(from) ?? [], messages: own });
      continue;
    }
    const group = groupOf(dictionary, to, at) ?? was;
    lost.push(...lostRoutes(own, { topic: to, group }, tried));
    if (to === from && group === was) untouched += own.length;
    else renamed.push({ from, to, group, count: own.length });
  }
  return {
    total: messages.length,
    untouched,
    renamed: renamed.toSorted(byCount),
    fallen: fallen.toSorted((a, b) => b.messages.length - a.messages.length),
    lost: lost.toSorted(byCount),
  };
}

/** Places of messages from which a route leads today and none would under the new name. */
function lostRoutes(
  messages: readonly TriedMessage[],
  to: { readonly topic: string; readonly group: string },
  { routes, at, now }: TriedDictionary,
): readonly LostRoute[] {
  const byPlace = Map.groupBy(messages, ({ municipality }) => municipality ?? '');
  return [...byPlace].flatMap(([municipality, own]): LostRoute[] => {
    const [first] = own;
    if (first === undefined || routes.first(first, now) === null) return [];
    if (routes.first({ ...to, municipality: first.municipality }, at) !== null) return [];
    return [{ ...to, municipality, count: own.length }];
  });
}
