import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CENTRE_ROLES, type Role } from '#shared/domain/actor.ts';
import {
  CHANNEL_STATES,
  channelProblemSchema,
  listedChannelSchema,
  type ChannelHealth,
  channelSettingsSchema,
  eventWordsSchema,
  loggedEventSchema,
  newChannelSchema,
  replySendSchema,
  settleReplySchema,
} from '#shared/protocol/channels.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { PageHealthReader } from '#server/channels/pages/page-health.ts';
import type { Channels } from '#server/channels/channels.ts';
import { takeWanted } from '#server/channels/inbox/drain.ts';
import { readEventLog, rereadEvents } from '#server/channels/inbox/event-log.ts';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { readReplyDeliveries, readUnsentDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { callbackPath, readListedPages } from '#server/channels/pages/read-pages.ts';
import { settleUnreadEvent, findEventWords } from '#server/channels/inbox/settle-event.ts';
import { cancelReply, settleReply } from '#server/channels/outbox/settle-reply.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditRequest } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/channels';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
/** A comment of a megabyte, each letter written as \uXXXX. */
const MAX_CALL = 8 * 1024 ** 2;

const byId = z.object({ id: z.uuid() });
/** Of a page added a moment ago. */
const NO_NEWS: ChannelHealth = { delayMs: null, silentSince: null, limitUntil: null, needsYou: 0, unread: 0 };
const SECRETS = ['token', 'readToken', 'secret', 'confirmation'] as const;

/**
 * Networks call here without a session; the connector judges who it is. In a scope of its own: the body is
 * kept as bytes.
 */
function installCallback(api: Api, channels: Channels): void {
  const params = z.object({ region: z.string().max(40), id: z.uuid() });
  /** A network that signs nothing is told an address with the secret in it. */
  const querystring = z.object({ secret: z.string().max(100).optional() });
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope
      .withTypeProvider<ZodTypeProvider>()
      .post(
        `${PATH}/:region/:id/callback`,
        { config: { access: 'public' }, bodyLimit: MAX_CALL, schema: { params, querystring } },
        async (request, reply) => {
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const { secret = null } = request.query;
          const { status, text } = await receiveCall(channels.inbox, {
            ...request.params,
            headers: request.headers,
            body,
            secret,
          });
          return reply.code(status).type('text/plain; charset=utf-8').send(text);
        },
      );
  });
}

/** A page as the audit log shows it: of authors who are passed over only how many, of secrets nothing. */
async function pageFields({ db }: ApiDeps, region: string, id: string) {
  const page = (await readListedPages(db, region)).find((listed) => listed.id === id);
  if (page === undefined) throw new ApiFailure('not_found');
  const { network, name, pageId, agency, baseUrl, reception, watch, rules, togetherHours, state } = page;
  const { stop, ignore, off } = rules;
  const own = { network, name, pageId, agency, baseUrl, reception, watch, togetherHours, state };
  return { ...own, stop, ignored: ignore.length, off, ownRoot: page.certificate !== null };
}

function installPages(api: Api, deps: ApiDeps, channels: Channels, healthReader: PageHealthReader): void {
  const { db } = deps;
  const list = { response: { 200: z.object({ channels: z.array(listedChannelSchema) }) } };
  api.get(PATH, { config: { access: CENTRE_ROLES }, schema: list }, async (request) => {
    const region = sessionOf(request).region.code;
    const health = await healthReader.read(region);
    const pages = await readListedPages(db, region);
    return { channels: pages.map((page) => ({ ...page, health: health.get(page.id) ?? NO_NEWS })) };
  });

  const add = { body: newChannelSchema, response: { 201: z.object({ id: z.uuid(), callback: z.string() }) } };
  api.post(PATH, { config: { access: ADMINISTRATOR }, schema: add }, async (request, reply) => {
    const { region } = sessionOf(request);
    const id = await channels.pages.add(region.code, request.body);
    const detail = { channel: id, after: await pageFields(deps, region.code, id) };
    await auditRequest(deps, request, { action: 'channel_add', detail });
    return reply.code(201).send({ id, callback: callbackPath(region.code, id) });
  });

  const check = { params: byId, response: { 200: z.object({ problems: z.array(channelProblemSchema) }) } };
  api.post(`${PATH}/:id/check`, { config: { access: ADMINISTRATOR }, schema: check }, async (request) => {
    const region = sessionOf(request).region.code;
    const connected = await channels.pages.connect(region, request.params.id);
    if (connected === null) throw new ApiFailure('not_found');
    const { page, connector } = connected;
    return { problems: [...(await connector.check(page, page.pace))] };
  });
}

function installEditing(api: Api, deps: ApiDeps, channels: Channels): void {
  const settings = {
    params: byId,
    body: channelSettingsSchema,
    response: { 200: z.object({ id: z.uuid() }) },
  };
  api.put(`${PATH}/:id`, { config: { access: ADMINISTRATOR }, schema: settings }, async (request) => {
    const { id } = request.params;
    const { body } = request;
    const region = sessionOf(request).region.code;
    const before = await pageFields(deps, region, id);
    if (!(await channels.pages.edit(region, id, body))) throw new ApiFailure('not_found');
    const secrets = SECRETS.filter((name) => body[name] !== null);
    const change = changeBetween(before, await pageFields(deps, region, id));
    await auditRequest(deps, request, {
      action: 'channel_edit',
      detail: { channel: id, name: before.name, secrets, ...change },
    });
    return { id };
  });

  const state = {
    params: byId,
    body: z.strictObject({ state: z.enum(CHANNEL_STATES) }),
    response: { 200: z.object({ id: z.uuid() }) },
  };
  api.put(`${PATH}/:id/state`, { config: { access: ADMINISTRATOR }, schema: state }, async (request) => {
    const { id } = request.params;
    const { region } = sessionOf(request);
    const before = await pageFields(deps, region.code, id);
    if (!(await channels.pages.setState(region.code, id, request.body.state)))
      throw new ApiFailure('not_found');
    channels.inbox.arrivals.emit('stored', region.code);
    const { name, state: was } = before;
    const detail = { channel: id, before: { name, state: was }, after: { name, state: request.body.state } };
    await auditRequest(deps, request, { action: 'channel_state', detail });
    return { id };
  });
}

function installLog(api: Api, { db }: ApiDeps, channels: Channels): void {
  const log = { params: byId, response: { 200: z.object({ events: z.array(loggedEventSchema) }) } };
  api.get(`${PATH}/:id/log`, { config: { access: CENTRE_ROLES }, schema: log }, async (request) => {
    const region = sessionOf(request).region.code;
    const connected = await channels.pages.connect(region, request.params.id);
    if (connected === null) throw new ApiFailure('not_found');
    const { page, connector } = connected;
    return {
      events: await readEventLog(db, page.region, page.id, (event) => connector.read(page, event, [])),
    };
  });

  const take = {
    params: byId,
    body: z.strictObject({ key: z.string().max(500) }),
    response: { 200: z.object({ incident: z.uuid().nullable() }) },
  };
  api.post(`${PATH}/:id/log/take`, { config: { access: CENTRE_ROLES }, schema: take }, async (request) => {
    const { id } = request.params;
    return {
      incident: await takeWanted(channels.inbox, sessionOf(request).region.code, {
        id,
        key: request.body.key,
      }),
    };
  });

  const again = { params: byId, response: { 200: z.object({ events: z.int() }) } };
  api.post(`${PATH}/:id/replay`, { config: { access: ADMINISTRATOR }, schema: again }, async (request) => {
    const region = sessionOf(request).region.code;
    const events = await rereadEvents(db, region, request.params.id);
    channels.inbox.arrivals.emit('stored', region);
    return { events };
  });
}

/** Events that nobody could read wait for a person: what can be found in one, and that it was dealt with. */
function installUnread(api: Api, deps: ApiDeps, channels: Channels, health: PageHealthReader): void {
  const words = {
    params: byId,
    querystring: z.object({ key: z.string().max(500) }),
    response: { 200: eventWordsSchema },
  };
  api.get(`${PATH}/:id/log/words`, { config: { access: CENTRE_ROLES }, schema: words }, async (request) => {
    const region = sessionOf(request).region.code;
    const found = await findEventWords(channels.inbox, {
      region,
      page: request.params.id,
      key: request.query.key,
    });
    if (found === null) throw new ApiFailure('not_found');
    return found;
  });

  const settle = {
    params: byId,
    body: z.strictObject({ key: z.string().max(500), registered: z.boolean() }),
    response: { 200: z.object({ settled: z.boolean() }) },
  };
  api.post(
    `${PATH}/:id/log/settle`,
    { config: { access: CENTRE_ROLES }, schema: settle },
    async (request) => {
      const { key, registered } = request.body;
      const name = { region: sessionOf(request).region.code, page: request.params.id, key };
      const settled = await settleUnreadEvent(channels.inbox, name, registered);
      health.forget(name.region);
      const detail = { channel: name.page, registered };
      if (settled) await auditRequest(deps, request, { action: 'channel_event_settle', detail });
      return { settled };
    },
  );
}

function installReplies(api: Api, { db }: ApiDeps, channels: Channels): void {
  const sending = { params: byId, response: { 200: z.object({ replies: z.array(replySendSchema) }) } };
  api.get(
    '/api/v1/incidents/:id/sending',
    { config: { access: CENTRE_ROLES }, schema: sending },
    async (request) => ({
      replies: await readReplyDeliveries(db, sessionOf(request).region.code, request.params.id),
    }),
  );

  const unsent = { response: { 200: z.object({ replies: z.array(replySendSchema) }) } };
  api.get('/api/v1/sending', { config: { access: CENTRE_ROLES }, schema: unsent }, async (request) => ({
    replies: await readUnsentDeliveries(db, sessionOf(request).region.code),
  }));

  const cancel = { params: byId, response: { 200: z.object({ cancelled: z.boolean() }) } };
  api.post(
    '/api/v1/sending/:id/cancel',
    { config: { access: CENTRE_ROLES }, schema: cancel },
    async (request) => {
      const { account, region } = sessionOf(request);
      return { cancelled: await cancelReply(channels.outbox, region.code, request.params.id, account.id) };
    },
  );

  const settle = {
    params: byId,
    body: settleReplySchema,
    response: { 200: z.object({ settled: z.boolean() }) },
  };
  api.post(
    '/api/v1/sending/:id/settle',
    { config: { access: CENTRE_ROLES }, schema: settle },
    async (request) => {
      const { account, region } = sessionOf(request);
      const word = { region: region.code, id: request.params.id, by: account.id };
      return { settled: await settleReply(channels.outbox, word, request.body) };
    },
  );
}

/** Official pages in networks: their calls, their health, and replies on their way. */
export const channelRoutes: Routes = (api, deps) => {
  const { channels } = deps;
  if (channels === undefined) return;
  installCallback(api, channels);
  const health = new PageHealthReader(deps.db, deps.now);
  installPages(api, deps, channels, health);
  installEditing(api, deps, channels);
  installLog(api, deps, channels);
  installUnread(api, deps, channels, health);
  installReplies(api, deps, channels);
};
