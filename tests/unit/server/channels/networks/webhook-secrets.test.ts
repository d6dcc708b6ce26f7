import { describe, expect, test } from 'vitest';
import type { ChannelNetwork } from '#shared/protocol/channels.ts';
import type { NetworkCall, Page } from '#server/channels/networks/connector.ts';
import { CONNECTORS } from '#server/channels/networks/connectors.ts';
import { must } from '#shared/domain/must.ts';
import { CASE_PAGES, WEBHOOK_CASES } from '#tests/fixtures/webhook-cases.ts';

const SECRET = 'secret-of-this-page';
const OTHER = 'secret-of-other-page';

const pageOf = (network: ChannelNetwork, secret = SECRET): Page => ({
  region: 'eao',
  id: '0197a000-0000-7000-8000-000000000001',
  network,
  name: 'ЦУР',
  baseUrl: 'http://127.0.0.1:1',
  certificate: null,
  pageId: CASE_PAGES[network],
  watch: [],
  active: true,
  reception: 'callback',
  secrets: {
    token: 'token-of-the-page',
    readToken: null,
    secret,
    confirmation: 'c0nf1rm',
    applicationKey: null,
    applicationSecret: null,
  },
  pace: undefined as unknown as Page['pace'],
});

const bodyOf = (network: ChannelNetwork): object =>
  must(
    WEBHOOK_CASES.find((call) => call.network === network),
    network,
  ).body;

/** A call that says `secret` in the way of this network; null: it says none. */
const CALLS: Readonly<Record<ChannelNetwork, (secret: unknown) => NetworkCall>> = {
  vk: (secret) => {
    const { secret: _said, ...rest } = bodyOf('vk') as Record<string, unknown>;
    return { headers: {}, body: JSON.stringify(secret === null ? rest : { ...rest, secret }) };
  },
  max: (secret) => headed('max', 'x-max-bot-api-secret', secret),
  telegram: (secret) => headed('telegram', 'x-telegram-bot-api-secret-token', secret),
  ok: (secret) => ({ headers: {}, secret: secret as string, body: JSON.stringify(bodyOf('ok')) }),
};

const headed = (network: ChannelNetwork, name: string, secret: unknown): NetworkCall => ({
  headers: secret === null ? {} : { [name]: secret as string },
  body: JSON.stringify(bodyOf(network)),
});

const NETWORKS = Object.keys(CONNECTORS) as ChannelNetwork[];
const receive = (network: ChannelNetwork, call: NetworkCall, page = pageOf(network)) =>
  CONNECTORS[network].receive(page, call);

describe.each(NETWORKS)('a call of %s', (network) => {
  test('with the secret of its page is an event', () => {
    expect(receive(network, CALLS[network](SECRET)).kind).toBe('event');
  });

  test.each([
    null,
    '',
    OTHER,
    SECRET.slice(0, -1),
    `${SECRET} `,
    ` ${SECRET}`,
    SECRET.toUpperCase(),
    `${SECRET}\u0000`,
    `${SECRET},${OTHER}`,
    'token-of-the-page',
    'c0nf1rm',
    'undefined',
    'x'.repeat(100_000),
  ])('that says %j instead is refused, and nothing is stored', (secret) => {
    expect(receive(network, CALLS[network](secret))).toMatchObject({ kind: 'answer', status: 403 });
  });

  test('that says its secret in the way of another network is refused', () => {
    for (const other of NETWORKS) {
      if (other === network) continue;
      const { headers, secret = null } = CALLS[other](SECRET);
      const call = { ...CALLS[network](null), headers, secret: network === 'ok' ? null : secret };
      expect(receive(network, call), other).toMatchObject({ kind: 'answer', status: 403 });
    }
  });

  test('of another shape than a text is refused', () => {
    for (const secret of [[SECRET], { secret: SECRET }, 7, true])
      expect(
        receive(network, CALLS.vk === CALLS[network] ? CALLS.vk(secret) : shaped(network, secret)),
      ).toMatchObject({
        kind: 'answer',
        status: 403,
      });
  });

  test('that comes again is the same event', () => {
    const [first, again] = [CALLS[network](SECRET), CALLS[network](SECRET)].map((call) =>
      receive(network, call),
    );
    expect(first).toEqual(again);
  });
});

/** A header that came more than once is a list; an address never gives anything but a text. */
const shaped = (network: ChannelNetwork, secret: unknown): NetworkCall =>
  network === 'ok' ? CALLS.ok(null) : CALLS[network](Array.isArray(secret) ? secret : [String(secret)]);

test('VK: a page is not confirmed to another group, nor to who says a wrong secret', () => {
  const confirm = (fields: object) => ({
    headers: {},
    body: JSON.stringify({ type: 'confirmation', ...fields }),
  });
  const group = Number(CASE_PAGES.vk);
  expect(receive('vk', confirm({ group_id: group, secret: SECRET }))).toMatchObject({ status: 200 });
  for (const fields of [{ group_id: group, secret: OTHER }, { group_id: group + 1, secret: SECRET }, {}])
    expect(receive('vk', confirm(fields))).not.toMatchObject({ status: 200 });
});

test('VK: an event of another group is refused, its secret right or not', () => {
  const foreign = { ...bodyOf('vk'), group_id: 777, secret: SECRET };
  expect(receive('vk', { headers: {}, body: JSON.stringify(foreign) })).toMatchObject({ status: 403 });
});
