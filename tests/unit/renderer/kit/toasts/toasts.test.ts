import { notifications, notificationsStore } from '@mantine/notifications';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TOASTS_SHOWN, tellDone, tellHint, tellTrouble, untellHints } from '#renderer/kit/toasts/toasts.tsx';

/** As the console sets it up. */
beforeEach(() => {
  notificationsStore.setState({ ...notificationsStore.getState(), limit: TOASTS_SHOWN });
});
afterEach(() => notifications.clean());

const shownIds = (): readonly unknown[] => notificationsStore.getState().notifications.map(({ id }) => id);
const back = { label: 'Отменить', run: (): void => undefined };
const done = (id: string): void => tellDone(id, back, id);

test('the word about the newest act is shown at once, whatever older words still stand', () => {
  for (let act = 1; act <= 10; act += 1) done(`act ${act}`);
  expect(shownIds()).toEqual(['act 8', 'act 9', 'act 10']);
  expect(notificationsStore.getState().queue).toEqual([]);
});

test('a trouble stays to be read while acts go by', () => {
  tellTrouble('Не сохранено', 'Закрыть');
  for (let act = 1; act <= 4; act += 1) done(`act ${act}`);
  expect(shownIds().slice(1)).toEqual(['act 3', 'act 4']);
  expect(notificationsStore.getState().notifications[0]).toMatchObject({ message: 'Не сохранено' });
});

test('more troubles than fit wait for their turn, none is dropped', () => {
  for (const trouble of ['one', 'two', 'three', 'four']) tellTrouble(trouble, 'Закрыть');
  const { notifications: shown, queue } = notificationsStore.getState();
  expect([...shown, ...queue].map(({ message }) => message)).toEqual(['one', 'two', 'three', 'four']);
});

test('a hint gives way to the next one, and goes once it is followed', () => {
  tellHint('Сначала выберите тему.');
  tellHint('Выберите адресата.');
  expect(notificationsStore.getState().notifications).toMatchObject([{ message: 'Выберите адресата.' }]);
  tellHint('Выберите адресата.');
  expect(notificationsStore.getState().notifications).toHaveLength(1);
  done('act');
  untellHints();
  expect(shownIds()).toEqual(['act']);
});
