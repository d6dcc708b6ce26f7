import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { Channels } from '#server/channels/channels.ts';
import { channelCounts, type ChannelCounts } from '#server/channels/channel-counts.ts';
import type { Api, ApiDeps } from './api.ts';
import { ApiFailure } from './errors.ts';
import { ownHostOf } from './own-host.ts';

/**
 * Registers the metrics of what pages of networks brought and sent. A database that is away leaves these two
 * out and does not spoil the rest.
 */
function installChannelMetrics(register: Registry, channels: Channels): void {
  const counts = channelCounts(channels.inbox);
  const gauge = (name: string, help: string, part: keyof ChannelCounts): void => {
    new Gauge({
      name,
      help,
      labelNames: ['network', 'state'],
      registers: [register],
      async collect() {
        this.reset();
        const all = await counts().catch(() => null);
        for (const { network, state, count } of all?.[part] ?? []) this.set({ network, state }, count);
      },
    });
  };
  gauge(
    'pult_channel_events',
    'Events of networks by what became of them: new, done, logged, unknown, failed',
    'events',
  );
  gauge('pult_channel_replies', 'Replies to networks by how far they have come', 'replies');
  const { removedEvents } = channels.inbox;
  const removed = 'Raw events of channels removed because of their age';
  installCounter(register, 'pult_channel_events_removed_total', removed, removedEvents);
}

function installStreamCount(register: Registry, api: Api): void {
  new Gauge({
    name: 'pult_open_streams',
    help: 'Consoles listening for changes',
    registers: [register],
    collect() {
      this.set(api.openStreams.size);
    },
  });
}

const SWELLED = 'Accounts, pages, partners and imports that swelled the feed beyond the bound of a day';

/** Registers what the jobs of this process count. */
function installCounter(
  register: Registry,
  name: string,
  help: string,
  counted: { readonly count: number },
): void {
  new Counter({
    name,
    help,
    registers: [register],
    collect() {
      this.reset();
      this.inc(counted.count);
    },
  });
}

/**
 * /metrics for Prometheus: from this machine, or with `Authorization: Bearer METRICS_TOKEN`. Holds no names
 * and no texts.
 */
export function installMetrics(
  api: Api,
  token: string | null,
  { channels, feedAlarms }: Pick<ApiDeps, 'channels' | 'feedAlarms'>,
): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: 'pult_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [register],
  });
  installStreamCount(register, api);
  if (channels !== undefined) installChannelMetrics(register, channels);
  if (feedAlarms !== undefined) installCounter(register, 'pult_feed_alarms_total', SWELLED, feedAlarms);
  api.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  api.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const authorization = request.headers.authorization ?? '';
    if (ownHostOf(request) === null && (token === null || !isSameSecret(authorization, `Bearer ${token}`)))
      throw new ApiFailure('forbidden');
    return reply.type(register.contentType).send(await register.metrics());
  });
}
