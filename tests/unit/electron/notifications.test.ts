import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createNotifier } from '#electron/desktop/notifications.ts';

const WANTED = { title: 'Горит срок', body: 'Откройте пульт', path: '/queue/burning' };

test('a notification is shown, and a click on it leads where it says', () => {
  const shown: (EventEmitter & { readonly title: string | undefined })[] = [];
  const opened: (string | null)[] = [];
  const notify = createNotifier({
    create: ({ title }) => {
      const made = Object.assign(new EventEmitter(), { title, show: () => void shown.push(made) });
      return made as never;
    },
    isSupported: () => true,
    onClick: (path) => opened.push(path),
  });
  expect(notify(WANTED)).toBe(true);
  expect(shown.map(({ title }) => title)).toEqual(['Горит срок']);
  shown[0]?.emit('click');
  expect(opened).toEqual(['/queue/burning']);
});

test('where the system shows none, that is said', () => {
  const notify = createNotifier({
    create: () => {
      throw new Error('made');
    },
    isSupported: () => false,
    onClick: () => undefined,
  });
  expect(notify(WANTED)).toBe(false);
});
