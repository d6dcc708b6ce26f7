import { useLayoutEffect, useRef } from 'react';
import { actionsFor, beginsSequence, codeOf, type KeyAction } from './keys.ts';

type Handler = () => void;
export type KeyHandlers = Partial<Record<KeyAction, Handler>>;

/** Handlers of the screens that are open; the last one opened is asked first. */
const layers: { current: KeyHandlers }[] = [];
const SEQUENCE_MS = 1500;
let begun: { readonly code: string; readonly at: number } | null = null;

/** Inputs that take no letters: a mark or a choice keeps only the keys below for itself. */
const isChoice = (target: HTMLElement): boolean =>
  target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type);

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !isChoice(target) &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Keys an element answers by itself: Enter on a button presses the button, not the row. */
const isNative = (target: EventTarget | null, code: string): boolean =>
  target instanceof HTMLElement &&
  // In an open menu Escape closes the menu, and is no step back.
  ((code === 'Escape' && target.closest('[role="menu"], [role="listbox"]') !== null) ||
    (['Enter', 'Space', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(code) &&
      (isChoice(target) ||
        target.closest('button, a[href], [role="tab"], [role="menu"], [role="listbox"], [role="dialog"]') !==
          null)));

/**
 * Elements that lie over the screen and take its keys; menus and popovers take only the key that closes them.
 */
const OVER = '[role="dialog"][aria-modal="true"]';
const CLOSABLE = '[role="dialog"], [role="menu"]';

/**
 * True when an element lay over the screen as the key went down: a dialog that this very key closes is gone
 * before the key comes here.
 */
let isCovered = false;
const lookOver = ({ key }: KeyboardEvent): void => {
  isCovered = document.querySelector(key === 'Escape' ? CLOSABLE : OVER) !== null;
};
// Before any dialog's own listener, which is there too.
if (typeof window !== 'undefined') window.addEventListener('keydown', lookOver, true);

function isOurs(event: KeyboardEvent, code: string): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const isCommand = code.startsWith('Ctrl+');
  if (isEditable(event.target)) return isCommand;
  if (isNative(event.target, code)) return false;
  return isCommand || !isCovered;
}

function handlerFor(code: string): Handler | null {
  const actions = actionsFor(code);
  for (const layer of layers.toReversed()) {
    for (const action of actions) {
      const handler = layer.current[action];
      if (handler !== undefined) return handler;
    }
  }
  return null;
}

/** Keys that may be held down: they only move. Any other, held, would act on one message after another. */
const HELD: readonly KeyAction[] = ['next', 'previous'];

function onKeyDown(event: KeyboardEvent): void {
  const code = codeOf(event);
  if (!isOurs(event, code)) return;
  if (event.repeat && !actionsFor(code).some((action) => HELD.includes(action)))
    return event.preventDefault();
  const isSecond = begun !== null && event.timeStamp - begun.at < SEQUENCE_MS;
  const first = isSecond ? begun?.code : undefined;
  begun = null;
  const handler = (first === undefined ? null : handlerFor(`${first} ${code}`)) ?? handlerFor(code);
  if (handler !== null) {
    event.preventDefault();
    handler();
  } else if (beginsSequence(code)) {
    begun = { code, at: event.timeStamp };
  }
}

/**
 * Answers keys of the map while the component is shown, from the moment it is: a key never meets what stood
 * there before.
 */
export function useKeys(handlers: KeyHandlers): void {
  const layer = useRef(handlers);
  useLayoutEffect(() => {
    layer.current = handlers;
  });
  useLayoutEffect(() => {
    if (layers.length === 0) document.addEventListener('keydown', onKeyDown);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
