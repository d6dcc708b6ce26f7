import { useState, type ClipboardEvent, type DragEvent } from 'react';
import { ATTACHMENT_LIMITS, type Attachment } from '#shared/domain/attachment.ts';
import type { FileProblem } from '#shared/files/accept-file.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';
import { useDraftFiles } from '#renderer/kit/forms/drafts.ts';

/** A chosen file that was not taken in, and why. */
export interface FileTrouble {
  readonly name: string;
  readonly problem: FileProblem | 'eleventh' | 'unreadable' | 'not_kept';
}

/** Files chosen for something that is being written; they outlive the screen as its text does. */
export interface ChosenFiles {
  readonly files: readonly Attachment[];
  readonly troubles: readonly FileTrouble[];
  /** True while files are being taken in: what is sent now would go without them. */
  readonly isTaking: boolean;
  readonly add: (files: readonly File[]) => Promise<void>;
  readonly remove: (hash: string) => void;
  /** Moves a file by one place, towards the beginning or the end. */
  readonly move: (at: number, by: -1 | 1) => void;
  readonly forget: () => void;
}

const { perMessage, fileBytes } = ATTACHMENT_LIMITS;

type Taken = Attachment | FileTrouble['problem'];

function useTake(): (file: File) => Promise<Taken> {
  const store = useStore();
  return async (file) => {
    if (file.size > fileBytes) return 'too_large';
    const buffer = await file.arrayBuffer().catch(() => null);
    if (buffer === null) return 'unreadable';
    const kept = await store.keepAttachment(new Uint8Array(buffer), file.name).catch(() => null);
    if (kept === null) return 'not_kept';
    return kept.ok ? kept.attachment : kept.problem;
  };
}

const swapped = (files: readonly Attachment[], from: number, to: number): readonly Attachment[] => {
  const next = [...files];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
};

/** `draft` names what is written, as that of its text; `initial` are the files it had before. */
export function useChosenFiles(draft: string, initial: readonly Attachment[] = []): ChosenFiles {
  const [files, change, forget] = useDraftFiles(draft, initial);
  const [troubles, setTroubles] = useState<readonly FileTrouble[]>([]);
  const [taking, setTaking] = useState(0);
  const take = useTake();
  const add = async (chosen: readonly File[]): Promise<void> => {
    setTroubles([]);
    setTaking((count) => count + 1);
    let room = perMessage - files.length;
    for (const file of chosen) {
      const taken = room > 0 ? await take(file) : 'eleventh';
      if (typeof taken === 'string')
        setTroubles((before) => [...before, { name: file.name, problem: taken }]);
      else {
        room -= 1;
        change((before) =>
          before.length >= perMessage || before.some(({ hash }) => hash === taken.hash)
            ? before
            : [...before, taken],
        );
      }
    }
    setTaking((count) => count - 1);
  };
  return {
    files,
    troubles,
    isTaking: taking > 0,
    add,
    remove: (hash) => change((before) => before.filter((file) => file.hash !== hash)),
    move: (at, by) => change((before) => swapped(before, at, at + by)),
    forget,
  };
}

/**
 * Files that lie in a clipboard; none where there is text, for a word processor puts a picture of its text
 * beside it.
 */
export const pastedFiles = ({ clipboardData }: ClipboardEvent): readonly File[] =>
  clipboardData.types.includes('text/plain') ? [] : [...clipboardData.files];

/** Handlers of a form for files dropped or pasted anywhere on it. */
export const catchFiles = (add: ChosenFiles['add']) => ({
  onPaste: (event: ClipboardEvent): void => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    void add(files);
  },
  onDragOver: (event: DragEvent): void => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  },
  onDrop: (event: DragEvent): void => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void add([...event.dataTransfer.files]);
  },
});
