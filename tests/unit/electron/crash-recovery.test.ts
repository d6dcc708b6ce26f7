import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { recoverFromCrashes } from '#electron/desktop/crash-recovery.ts';

let page: EventEmitter & { reload: () => void };
let now: number;
let did: string[];
let errors: string[];

beforeEach(() => {
  [now, did, errors] = [0, [], []];
  page = Object.assign(new EventEmitter(), { reload: () => void did.push('reload') });
  recoverFromCrashes(page as unknown as WebContents, {
    log: { info: () => undefined, warn: () => undefined, error: (line) => void errors.push(line) },
    now: () => now,
    onCrash: () => did.push('crash'),
    onHopeless: () => did.push('hopeless'),
  });
});

const die = (reason = 'crashed'): boolean => page.emit('render-process-gone', {}, { reason, exitCode: 5 });

test('a page whose process died is loaded again, after it was noted; one that was closed is not', () => {
  die('clean-exit');
  expect(did).toEqual([]);
  die();
  expect(did).toEqual(['crash', 'reload']);
  expect(errors).toEqual(['the page’s process is gone: crashed (5)'.replace('’', "'")]);
});

test('the fourth death within a minute is the last, and quiet minutes are forgiven', () => {
  for (let death = 0; death < 3; death += 1) die('oom');
  now = 61_000;
  die();
  expect(did).not.toContain('hopeless');
  for (let death = 0; death < 3; death += 1) die();
  expect(did.at(-1)).toBe('hopeless');
  expect(did.filter((what) => what === 'reload')).toHaveLength(6);
});

test('a load that failed is noted, one that was given up for another is not', () => {
  page.emit('did-fail-load', {}, -3, 'ERR_ABORTED', '', true);
  page.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', '', false);
  expect(errors).toEqual([]);
  page.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', '', true);
  expect(errors).toEqual(['the page did not load: ERR_FILE_NOT_FOUND (-6)']);
});
