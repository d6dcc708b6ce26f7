import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { makeSignal } from '#renderer/kit/context/signal.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';

const keyOf = (profile: string): string => ownKey(profile, 'places');
const schema = z.array(z.string());
const changes = makeSignal();

/** Reads by the text that is kept, so that what is drawn by it is the same while nothing changes. */
const parsed = new Map<string, readonly string[] | null>();
function read(profile: string): readonly string[] | null {
  const text = localStorage.getItem(keyOf(profile));
  if (text === null) return null;
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return parsed.get(text) ?? null;
}

function parse(text: string): readonly string[] | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps which municipalities this person looks at here; none: all of them. */
export function keepPlaceChoice(profile: string, places: readonly string[]): void {
  localStorage.setItem(keyOf(profile), JSON.stringify(places));
  changes.tell();
}

/** The municipalities that this person chose here last; null where they have never chosen. */
export const usePlaceChoice = (profile: string): readonly string[] | null =>
  useSyncExternalStore(changes.watch, () => read(profile));
