import { useCallback, useState } from 'react';
import { attachmentsSchema, type Attachment } from '#shared/domain/attachment.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';
import { useProfile } from '#renderer/kit/context/console-context.tsx';

/** The key of a draft, or the beginning of all of them. */
const keyOf = (profile: string, key: string): string => ownKey(profile, `draft.${key}`);

export interface Draft {
  readonly key: string;
  readonly text: string;
}

/**
 * Texts this person has begun on this workstation and not handed over yet. Plain localStorage: written at
 * every keystroke, there after any crash.
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

/**
 * Text that outlives the screen and the login. `key` names the thing it belongs to, such as
 * `<incident>.reply`.
 */
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

/** A word that lies beside a draft as long as it does; `stands`: the word until one is kept. */
function useBeside(
  key: string,
  stands: string,
): readonly [word: string, keep: (word: string) => void, forget: () => void] {
  const besideKey = ownKey(useProfile(), key);
  const [word, setWord] = useState(() => localStorage.getItem(besideKey) ?? stands);
  const keep = (next: string): void => {
    localStorage.setItem(besideKey, next);
    setWord(next);
  };
  const forget = (): void => {
    localStorage.removeItem(besideKey);
    setWord(stands);
  };
  return [word, keep, forget];
}

/** The id of the template that a draft was begun with; '' for none. `stands`: that of the saved draft. */
export const useDraftTemplate = (key: string, stands: string): ReturnType<typeof useBeside> =>
  useBeside(`draftTemplate.${key}`, stands);

/**
 * The mark of what a draft was begun upon (shared/domain/subject.ts): kept from the first keystroke on, so
 * that somebody else's change in the meantime is noticed after a reload, too. `stands`: the mark of today.
 */
export const useDraftBase = (key: string, stands: string): ReturnType<typeof useBeside> =>
  useBeside(`draftBase.${key}`, stands);

/** The key of a draft's files. Their bytes are kept by the store; here they are only named. */
const filesKeyOf = (profile: string, key: string): string => ownKey(profile, `files.${key}`);

function readFiles(profile: string, key: string): readonly Attachment[] | null {
  const kept = localStorage.getItem(filesKeyOf(profile, key));
  if (kept === null) return null;
  try {
    return attachmentsSchema.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    return null;
  }
}

export function keepDraftFiles(profile: string, key: string, files: readonly Attachment[]): void {
  localStorage.setItem(filesKeyOf(profile, key), JSON.stringify(files));
}

/** Files of a draft, which outlive the screen as its text does; `key` is that of {@link useDraft}. */
export function useDraftFiles(
  key: string,
  initial: readonly Attachment[],
): readonly [
  files: readonly Attachment[],
  change: (next: (files: readonly Attachment[]) => readonly Attachment[]) => void,
  forget: () => void,
] {
  const profile = useProfile();
  const read = (): readonly Attachment[] => readFiles(profile, key) ?? initial;
  const [kept, setKept] = useState(() => ({ key, files: read() }));
  const files = kept.key === key ? kept.files : read();
  // Files are taken in one after another and may be taken out meanwhile: every change begins with what is
  // kept now.
  const change = (next: (files: readonly Attachment[]) => readonly Attachment[]): void => {
    const changed = next(read());
    keepDraftFiles(profile, key, changed);
    setKept({ key, files: changed });
  };
  const forget = (): void => {
    localStorage.removeItem(filesKeyOf(profile, key));
    setKept({ key, files: [] });
  };
  return [files, change, forget];
}
