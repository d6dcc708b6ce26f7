import { useCallback, useState } from 'react';

const PREFIX = 'pult.draft.';

export interface Draft {
  readonly key: string;
  readonly text: string;
}

/** Texts begun on this workstation and not handed over yet. Plain localStorage: written at every keystroke, there after any crash. */
export function listDrafts(): readonly Draft[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key: key.slice(PREFIX.length), text: localStorage.getItem(key) ?? '' }))
    .filter(({ text }) => text.trim() !== '');
}

export function keepDraft(key: string, text: string): void {
  localStorage.setItem(PREFIX + key, text);
}

function forgetDraft(key: string): void {
  localStorage.removeItem(PREFIX + key);
}

/** Text that outlives the screen. `key` names the thing it belongs to, such as `<incident>.reply`. */
export function useDraft(
  key: string,
  initial: string,
): readonly [text: string, setText: (text: string) => void, forget: () => void] {
  const read = (): string => localStorage.getItem(PREFIX + key) ?? initial;
  const [kept, setKept] = useState({ key, text: read() });
  const text = kept.key === key ? kept.text : read();
  const setText = useCallback(
    (next: string) => {
      keepDraft(key, next);
      setKept({ key, text: next });
    },
    [key],
  );
  const forget = useCallback(() => {
    forgetDraft(key);
    setKept({ key, text: '' });
  }, [key]);
  return [text, setText, forget];
}
