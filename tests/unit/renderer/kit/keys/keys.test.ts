import { expect, test } from 'vitest';
import { actionsFor, beginsSequence, codeOf, KEY_MAP, type KeyAction } from '#renderer/kit/keys/keys.ts';

const press = (code: string, over: Partial<KeyboardEvent> = {}) =>
  codeOf({ code, key: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...over });

test('a key means the same in the Russian layout', () => {
  expect(press('KeyJ', { key: 'о' })).toBe('KeyJ');
  expect(actionsFor(press('KeyJ', { key: 'j' }))).toEqual(actionsFor(press('KeyJ', { key: 'о' })));
});

test('a question mark is one wherever the layout keeps it', () => {
  expect(press('Digit7', { key: '?', shiftKey: true })).toBe('Shift+Slash');
  expect(press('Slash', { key: '?', shiftKey: true })).toBe('Shift+Slash');
});

test('Meta counts as Ctrl, and the second Enter key as the first', () => {
  expect(press('KeyK', { metaKey: true })).toBe('Ctrl+KeyK');
  expect(press('NumpadEnter')).toBe('Enter');
});

test('only G begins a sequence', () => {
  const begins = ['KeyG', 'KeyJ', 'KeyT', 'Slash', 'Enter'].filter(beginsSequence);
  expect(begins).toEqual(['KeyG']);
});

test('no two actions that can be open together share a key', () => {
  const together: readonly (readonly string[])[] = [
    ['everywhere', 'queue', 'card'],
    ['everywhere', 'queue', 'approval'],
    ['everywhere', 'card', 'incident'],
    ['everywhere', 'report'],
  ];
  const actions = Object.keys(KEY_MAP) as KeyAction[];
  for (const scopes of together) {
    const codes = actions
      .filter((action) => scopes.includes(KEY_MAP[action].scope))
      .flatMap((action) => [...KEY_MAP[action].codes] as string[]);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  }
});
