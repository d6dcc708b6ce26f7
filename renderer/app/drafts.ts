import { useCallback, useState } from 'react';
import { ownKey } from '#renderer/session/own-keys.ts';
import { useProfile } from './console-context.tsx';

/** The key of a draft, or the beginning of all of them. */
const keyOf = (profile: string, key: string): string => ownKey(profile, `draft.${key}`);

export interface Draft {
  readonly key: string;
  readonly text: string;
}

/**
 * Texts this person has begun on this workstation and not handed over yet. Plain localStorage: written at every keystroke, there after
 * any crash.
 */
export function listDrafts(profile: string): readonly Draft[] {
  const prefix = keyOf(profile, '');
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ key: key.slice(prefix.length), text: localStorage.getItem(key) ?? '' }))
    .filter(({ text }) => text.trim() !== '');
}

export function keepDraft(profile: string, key: string, text: string): void {
  localStorage.setItem(keyOf(profile, key), text);
}

function forgetDraft(profile: string, key: string): void {
  localStorage.removeItem(keyOf(profile, key));
}

/** Text that outlives the screen and the login. `key` names the thing it belongs to, such as `<incident>.reply`. */
export function useDraft(
  key: string,
  initial: string,
): readonly [text: string, setText: (text: string) => void, forget: () => void] {
  const profile = useProfile();
  const read = (): string => localStorage.getItem(keyOf(profile, key)) ?? initial;
  const [kept, setKept] = useState({ key, text: read() });
  const text = kept.key === key ? kept.text : read();
  const setText = useCallback(
    (next: string) => {
      keepDraft(profile, key, next);
      setKept({ key, text: next });
    },
    [profile, key],
  );
  const forget = useCallback(() => {
    forgetDraft(profile, key);
    setKept({ key, text: '' });
  }, [profile, key]);
  return [text, setText, forget];
}
