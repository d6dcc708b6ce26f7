import { useCallback, useRef, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import { useCentreTime, useProfile } from '#renderer/kit/context/console-context.tsx';
import { useDraft } from '#renderer/kit/forms/drafts.ts';
import { useChosenFiles, type ChosenFiles } from '#renderer/kit/attachments/use-chosen-files.ts';
import { keepOrigin, lastOrigin, type SaidOrigin } from './last-origin.ts';
import { filled, inNetwork, type RegisterFields } from './register-fields.ts';

type Name = keyof RegisterFields;

/** The form of registering by hand. */
export interface RegisterForm {
  readonly fields: RegisterFields;
  /** The person types: from now on the field is his. */
  readonly set: <N extends Name>(name: N, value: RegisterFields[N]) => void;
  /** Something was found: it goes where nobody has typed. */
  readonly fill: (found: Partial<RegisterFields>) => void;
  /** Screenshots and papers it came as. */
  readonly chosen: ChosenFiles;
  /** The message was registered: its draft is no longer needed, its origin is a good guess for the next. */
  readonly forget: () => void;
}

/** A message that was found somewhere and is registered by hand. `name` tells its draft from others. */
export interface FoundOutside {
  readonly name: string;
  readonly fields: Partial<RegisterFields>;
  readonly onRegistered: () => void;
}

type Rest = Omit<RegisterFields, 'text'>;

const emptyFields = (origin: SaidOrigin, createdAt: Instant): Rest => ({
  url: '',
  ...origin,
  author: '',
  contact: '',
  createdAt,
  hasMedia: false,
});

/**
 * Keeps the form; its text and files outlive the dialog and the workstation. It begins with what was found,
 * if anything.
 */
export function useRegister(found: FoundOutside | null = null): RegisterForm {
  const draft = found === null ? 'register.text' : `register.${found.name}`;
  const [text, setText, forgetText] = useDraft(draft, found?.fields.text ?? '');
  const chosen = useChosenFiles(draft);
  const centreTime = useCentreTime();
  const profile = useProfile();
  const [rest, setRest] = useState<Rest>(() => ({
    ...emptyFields(lastOrigin(profile), centreTime()),
    ...(chosen.files.length > 0 ? { kind: 'screenshot' as const } : {}),
    ...found?.fields,
  }));
  const touched = useRef<Set<Name>>(new Set(text.trim() === '' ? [] : ['text']));
  const set: RegisterForm['set'] = (name, value) => {
    if (value === '') touched.current.delete(name);
    else touched.current.add(name);
    if (name === 'text') setText(String(value));
    else
      setRest((before) => {
        const next = { ...before, text: '', [name]: value };
        return name === 'network' ? inNetwork(next, next.network) : next;
      });
  };
  const fill = useCallback(
    (found: Partial<RegisterFields>): void => {
      const { text: foundText, ...others } = found;
      if (foundText !== undefined && !touched.current.has('text')) setText(foundText);
      setRest((before) => filled({ ...before, text: '' }, others, touched.current));
    },
    [setText],
  );
  const forget = (): void => {
    forgetText();
    chosen.forget();
    if (found === null) keepOrigin(profile, rest);
  };
  return { fields: { ...rest, text }, set, fill, chosen, forget };
}

/** The form's files; adding one to a message without an address says that it came as a screenshot. */
export function useRegisterFiles({ fields, fill, chosen }: RegisterForm): ChosenFiles {
  const add: ChosenFiles['add'] = (files) => {
    if (fields.url === '') fill({ kind: 'screenshot' });
    return chosen.add(files);
  };
  return { ...chosen, add };
}
