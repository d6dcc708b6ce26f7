import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { guardContents } from '#electron/security/guard-contents.ts';
import { WEB_PREFERENCES } from '#electron/window/main-window.ts';

test('a page runs sandboxed, isolated and without Node, and nothing loosens it', () => {
  expect(WEB_PREFERENCES).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
});

function guarded() {
  const contents = new EventEmitter();
  const warned: string[] = [];
  let opening: (details: { url: string }) => unknown = () => null;
  Object.assign(contents, { setWindowOpenHandler: (handler: typeof opening) => (opening = handler) });
  guardContents(contents as unknown as WebContents, {
    info: () => undefined,
    warn: (line) => warned.push(line),
    error: () => undefined,
  });
  const isStopped = (name: string, url: string, isMainFrame = true): boolean => {
    let stopped = false;
    contents.emit(name, { url, isMainFrame, preventDefault: () => (stopped = true) });
    return stopped;
  };
  return { isStopped, warned, open: (url: string) => opening({ url }) };
}

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
  '%s leads to pages of ours only',
  (name) => {
    const { isStopped } = guarded();
    expect(isStopped(name, 'app://pult/queue/new')).toBe(false);
    for (const url of [
      'https://evil.example/?next=app://pult/',
      'app://pult.evil/',
      'file:///etc/passwd',
      'about:blank',
    ])
      expect(isStopped(name, url), url).toBe(true);
  },
);

test('a frame may show what the console made and no other blob; the window may not', () => {
  const { isStopped } = guarded();
  expect(isStopped('will-frame-navigate', 'blob:app://pult/1', false)).toBe(false);
  expect(isStopped('will-frame-navigate', 'blob:app://pult/1', true)).toBe(true);
  expect(isStopped('will-frame-navigate', 'blob:https://evil.example/1', false)).toBe(true);
});

test('embedded browsers and windows are refused, and the log holds places without what they say', () => {
  const { isStopped, open, warned } = guarded();
  expect(isStopped('will-attach-webview', '')).toBe(true);
  expect(open('https://evil.example/слова-жителя?q=тайна')).toEqual({ action: 'deny' });
  expect(warned.at(-1)).toBe('refused a window to https://evil.example');
});
