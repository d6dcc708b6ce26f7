import { expect, test } from 'vitest';
import { pageSecretsSchema } from '#server/channels/networks/page-secrets.ts';
import { max } from '#server/channels/networks/max/max.ts';
import type { Page, NetworkConnector, ParsedEvent } from '#server/channels/networks/connector.ts';
import { ok } from '#server/channels/networks/ok/ok.ts';
import { telegram } from '#server/channels/networks/telegram/telegram.ts';
import { vk } from '#server/channels/networks/vk/vk.ts';
import { RESIDENTS_WORDS, RICH_MESSAGES, type RichMessage } from '#tests/fixtures/rich-messages.ts';
import { CASE_PAGES, WEBHOOK_CASES, type WebhookCase } from '#tests/fixtures/webhook-cases.ts';
import { oddBodies } from '#tests/helpers/odd-fields.ts';

const CONNECTORS: Readonly<Record<string, NetworkConnector>> = { vk, max, telegram, ok };
const SECRET = 'secret-1234';

const pageOf = (network: keyof typeof CASE_PAGES): Page =>
  ({
    region: 'eao',
    id: '01900000-0000-7000-8000-000000000001',
    network,
    name: 'ЦУР',
    pageId: CASE_PAGES[network],
    secrets: pageSecretsSchema.parse({ token: 'token', secret: SECRET }),
  }) as Page;

/** Takes a network's call and reads its event; both must succeed. */
function read({ network }: Pick<WebhookCase, 'network'>, body: unknown): ParsedEvent {
  const [page, connector] = [pageOf(network), CONNECTORS[network]];
  const headers = { 'x-telegram-bot-api-secret-token': SECRET, 'x-max-bot-api-secret': SECRET };
  const received = connector?.receive(page, { headers, secret: SECRET, body: JSON.stringify(body) });
  if (received?.kind !== 'event') throw new Error(`refused: ${received?.status} ${received?.text}`);
  const { key, kind } = received.event;
  expect(key.length).toBeLessThanOrEqual(500);
  expect(kind.length).toBeLessThanOrEqual(100);
  return (connector as NetworkConnector).read(page, received.event, []);
}

test.each(WEBHOOK_CASES.filter(({ words }) => words !== null))(
  '$name stands on the card in words',
  (example) => {
    expect(read(example, example.body)).toMatchObject({ kind: 'message', message: { text: example.words } });
  },
);

test.each(WEBHOOK_CASES.filter(({ words }) => words === null))(
  '$name is not taken for a message',
  (example) => {
    expect(() => read(example, example.body)).toThrow(/message/);
  },
);

/** True for a field that holds the resident's own words, or something they stand in. */
const isWords = (path: string): boolean => /(?:^|\.)(?:text|caption|body)$/.test(path);

/** Changes of one field after which a message is lost, or its words. */
function losses({ network, required, meant = [], body }: RichMessage): string[] {
  const lost: string[] = [];
  for (const odd of oddBodies(body)) {
    const name = `${odd.path}: ${odd.change}`;
    if (required.includes(odd.path) || meant.includes(name)) continue;
    try {
      const parsed = read({ network }, odd.body);
      const text = parsed.kind === 'message' ? parsed.message.text : '';
      if (parsed.kind !== 'message') lost.push(`${name} is ${parsed.kind}`);
      else if (!isWords(odd.path) && !text.includes(RESIDENTS_WORDS))
        lost.push(`${name}: ${text.slice(0, 50)}`);
      if (parsed.kind === 'message' && parsed.message.key.length > 500) lost.push(`${name}: a long key`);
    } catch (error) {
      lost.push(`${name}: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
    }
  }
  return lost;
}

test.each(RICH_MESSAGES)('$name enters whatever of it is missing, null or of another type', (example) => {
  expect(read(example, example.body)).toMatchObject({ kind: 'message' });
  expect(losses(example)).toEqual([]);
});

const fields = [...RICH_MESSAGES, ...WEBHOOK_CASES].reduce(
  (sum, { body }) => sum + [...oddBodies(body)].length,
  0,
);
test(`the sweep changes ${fields} fields`, () => expect(fields).toBeGreaterThan(5000));
