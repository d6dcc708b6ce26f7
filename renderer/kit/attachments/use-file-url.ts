import { useEffect, useRef, useState } from 'react';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useStatus, useStore } from '#renderer/kit/context/console-context.tsx';

/** A file as the screen has it. `away`: neither here nor to be had from the centre now. */
export type FileView =
  | { readonly state: 'loading' | 'away' }
  /** `url` is a blob's, of a type that was judged by the bytes. */
  | { readonly state: 'here'; readonly url: string };

const LOADING: FileView = { state: 'loading' };
const AWAY: FileView = { state: 'away' };
/**
 * A file that its author's workstation still has to hand in is asked for again after so long, then ever less
 * often.
 */
const AGAIN_MS = 2000;
const SELDOM_MS = 60_000;

/**
 * Pictures are read one after another: ten at once would be refused by the centre, and stand in the way of
 * the work.
 */
const inTurn = serialQueue();

/**
 * A picture's address for as long as it is shown, from this workstation at once or from the centre when it
 * has it.
 */
export function useFileUrl(incident: string, { hash, type }: Attachment): FileView {
  const store = useStore();
  const isLive = useStatus().connection.state === 'live';
  const [view, setView] = useState(LOADING);
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);
  useEffect(() => {
    let isWanted = true;
    let url: string | null = null;
    const show = (bytes: Uint8Array<ArrayBuffer> | null): void => {
      if (!isWanted) return;
      url = bytes === null ? null : URL.createObjectURL(new Blob([bytes], { type }));
      setView(url === null ? AWAY : { state: 'here', url });
    };
    inTurn(async () => (isWanted ? store.attachment(incident, hash) : null)).then(show, () => show(null));
    return () => {
      isWanted = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [store, incident, hash, type, attempt]);
  const isAway = view.state === 'away';
  useEffect(() => {
    if (!isLive) failures.current = 0;
    if (!isAway || !isLive) return undefined;
    const wait = Math.min(SELDOM_MS, AGAIN_MS * 2 ** failures.current);
    const timer = setTimeout(() => {
      failures.current += 1;
      setAttempt((before) => before + 1);
    }, wait);
    return () => clearTimeout(timer);
  }, [isAway, isLive, attempt]);
  return view;
}
