import { expect, test } from 'vitest';
import {
  GESTURES_KEPT,
  gestureOf,
  OwnGestures,
  type OwnAct,
  type OwnGesture,
} from '#renderer/triage/acts/own-gestures.ts';
import { actOf as idOf } from '#tests/fixtures/undoing.ts';
import { storageOf } from '#tests/helpers/memory-storage.ts';

const ANNA = 'pult:eao:operator';
const act = (n: number, change: Partial<OwnAct> = {}): OwnAct => ({
  incident: `incident-${n}`,
  command: idOf(n),
  name: 'route',
  handledAt: null,
  ...change,
});
/** One Enter in the queue: three acts. */
const enter = (n: number): OwnGesture =>
  gestureOf([act(10 * n, { name: 'classify' }), act(10 * n + 1, { name: 'place' }), act(10 * n + 2)]);
const numbers = (gestures: OwnGestures): readonly number[] =>
  gestures.all().map(({ id }) => Number(id.slice(-4)));

test('the last ten gestures are kept, however many acts each has, the newest last', () => {
  const gestures = new OwnGestures(ANNA, storageOf({}));
  for (let n = 1; n <= GESTURES_KEPT + 3; n += 1) gestures.keep(enter(n));
  expect(numbers(gestures)).toEqual([40, 50, 60, 70, 80, 90, 100, 110, 120, 130]);
  expect(gestures.all().at(-1)).toEqual(enter(13));
});

test('one that is kept again keeps its place and takes its new form', () => {
  const gestures = new OwnGestures(ANNA, storageOf({}));
  for (const n of [1, 2, 3]) gestures.keep(gestureOf([act(n)]));
  gestures.forget(idOf(2));
  expect(numbers(gestures)).toEqual([1, 3]);
  gestures.keep(gestureOf([act(2, { handledAt: 5 })]));
  expect(numbers(gestures)).toEqual([1, 2, 3]);
  expect(gestures.all()[1]?.acts[0]?.handledAt).toBe(5);
});

test('a reload finds them, another person does not', () => {
  const storage = storageOf({});
  new OwnGestures(ANNA, storage).keep(enter(1));
  expect(new OwnGestures(ANNA, storage).all()).toEqual([enter(1)]);
  expect(new OwnGestures('pult:eao:operator2', storage).all()).toEqual([]);
});

test('nothing but ids, names of acts and moments comes back from the storage', () => {
  const storage = storageOf({});
  const [first] = enter(1).acts;
  const wordy = { ...enter(1), text: 'Не чистят снег', acts: [{ ...first, text: 'Не чистят снег' }] };
  const gestures = new OwnGestures(ANNA, storage);
  gestures.keep(wordy as unknown as OwnGesture);
  gestures.keep(enter(2));
  expect(JSON.stringify(storage.all())).not.toContain('снег');
});

test.each(['', '{', '[1]', '[{"id":"1","acts":[]}]', '[{"id":"1","acts":[{"name":"close"}]}]'])(
  'a memory that cannot be read is none: %j',
  (text) => {
    const storage = storageOf({});
    new OwnGestures(ANNA, storage).keep(enter(1));
    const [key = ''] = Object.keys(storage.all());
    storage.setItem(key, text);
    expect(new OwnGestures(ANNA, storage).all()).toEqual([]);
  },
);

test('without room the oldest give way, and nothing fails', () => {
  const plain = storageOf({});
  const setItem = (key: string, value: string): void => {
    if (value.length > 700) throw new DOMException('full', 'QuotaExceededError');
    plain.setItem(key, value);
  };
  const gestures = new OwnGestures(ANNA, { ...plain, setItem });
  for (const n of [1, 2, 3, 4]) gestures.keep(enter(n));
  expect(numbers(gestures)).toEqual([40]);
});

test('the key that takes back waits for the gesture that is being done', async () => {
  const gestures = new OwnGestures(ANNA, storageOf({}));
  let end = (): void => undefined;
  const doing = gestures.during(() => new Promise<void>((done) => void (end = done)));
  let isSettled = false;
  const waiting = gestures.allDone().then(() => (isSettled = true));
  await Promise.resolve();
  expect(isSettled).toBe(false);
  end();
  await Promise.all([doing, waiting]);
});
