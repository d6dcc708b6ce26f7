import { expect, test } from 'vitest';
import { ClaimAsks } from '#renderer/triage/acts/claim-asks.ts';
import { build, EXAMPLES, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const CLAIMED = [{ incident: build([...WAY_TO.new, EXAMPLES.claim]), claimant: 'operator-1', until: 1 }];

test('a question is answered by the person, once', async () => {
  const asks = new ClaimAsks();
  asks.watch(() => undefined);
  const answer = asks.ask(CLAIMED);
  expect(asks.current()?.claimed).toBe(CLAIMED);
  asks.current()?.answer(true);
  expect(await answer).toBe(true);
  expect(asks.current()).toBeNull();
});

test('a question that nobody sees any more is answered with no', async () => {
  const asks = new ClaimAsks();
  const leave = asks.watch(() => undefined);
  const [first, second] = [asks.ask(CLAIMED), asks.ask(CLAIMED)];
  expect(await first).toBe(false);
  leave();
  expect(await second).toBe(false);
  await expect(asks.ask(CLAIMED)).rejects.toThrow('no screen');
});
