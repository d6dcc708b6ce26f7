import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  channelProblemSchema,
  channelSchema,
  loggedEventSchema,
  newChannelSchema,
  replySendSchema,
} from '#shared/protocol/channels.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import type { Channels } from '#server/channels/channels.ts';
import { paceOf } from '#server/channels/pace.ts';
import { callbackPath, readChannels, readLog, readSending, replay } from '#server/channels/read-channels.ts';
import { cancelReply } from '#server/channels/replies.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/channels';
const CENTRE: readonly Role[] = ['operator', 'approver', 'administrator'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];
/** A comment of a megabyte, each letter written as \uXXXX. */
const MAX_CALL = 8 * 1024 ** 2;

const byId = z.object({ id: z.uuid() });

/** Networks call here without a session; the connector judges who it is. In a scope of its own: the body is kept as bytes. */
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
          const { region, id } = request.params;
          const { secret = null } = request.query;
          const { status, text } = await channels.receive(region, id, request.headers, body, secret);
          return reply.code(status).type('text/plain; charset=utf-8').send(text);
        },
      );
  });
}

function installPages(api: Api, { db, now }: ApiDeps, channels: Channels): void {
  const list = { response: { 200: z.object({ channels: z.array(channelSchema) }) } };
  api.get(PATH, { config: { access: CENTRE }, schema: list }, async (request) => ({
    channels: await readChannels(db, sessionOf(request).region.code),
  }));

  const add = { body: newChannelSchema, response: { 201: z.object({ id: z.uuid(), callback: z.string() }) } };
  api.post(PATH, { config: { access: ADMINISTRATOR }, schema: add }, async (request, reply) => {
    const { account, region } = sessionOf(request);
    const id = await channels.add(region.code, request.body);
    const line = {
      at: now(),
      actor: account.id,
      action: 'channel_add',
      address: request.ip,
      detail: { channel: id },
    };
    await auditAlone(db, region.code, line);
    return reply.code(201).send({ id, callback: callbackPath(region.code, id) });
  });

  const check = { params: byId, response: { 200: z.object({ problems: z.array(channelProblemSchema) }) } };
  api.post(`${PATH}/:id/check`, { config: { access: ADMINISTRATOR }, schema: check }, async (request) => {
    const region = sessionOf(request).region.code;
    const channel = await channels.find(region, request.params.id);
    const connector = channel === null ? null : channels.connector(channel.network);
    if (channel === null || connector === null) throw new ApiFailure('not_found');
    return { problems: [...(await connector.check(channel, paceOf(db, region)))] };
  });
}

function installLog(api: Api, { db }: ApiDeps, channels: Channels): void {
  const log = { params: byId, response: { 200: z.object({ events: z.array(loggedEventSchema) }) } };
  api.get(`${PATH}/:id/log`, { config: { access: CENTRE }, schema: log }, async (request) => ({
    events: await readLog(db, sessionOf(request).region.code, request.params.id),
  }));

  const again = { params: byId, response: { 200: z.object({ events: z.int() }) } };
  api.post(`${PATH}/:id/replay`, { config: { access: ADMINISTRATOR }, schema: again }, async (request) => {
    const region = sessionOf(request).region.code;
    const events = await replay(db, region, request.params.id);
    channels.onStored(region);
    return { events };
  });
}

function installReplies(api: Api, { db }: ApiDeps, channels: Channels): void {
  const sending = { params: byId, response: { 200: z.object({ replies: z.array(replySendSchema) }) } };
  api.get(
    '/api/v1/incidents/:id/sending',
    { config: { access: CENTRE }, schema: sending },
    async (request) => ({
      replies: await readSending(db, sessionOf(request).region.code, request.params.id),
    }),
  );

  const cancel = { params: byId, response: { 200: z.object({ cancelled: z.boolean() }) } };
  api.post('/api/v1/sending/:id/cancel', { config: { access: CENTRE }, schema: cancel }, async (request) => ({
    cancelled: await cancelReply(channels, sessionOf(request).region.code, request.params.id),
  }));
}

/** Official pages in networks: their calls, their health, and replies on their way. */
export const channelRoutes: Routes = (api, deps) => {
  const { channels } = deps;
  if (channels === undefined) return;
  installCallback(api, channels);
  installPages(api, deps, channels);
  installLog(api, deps, channels);
  installReplies(api, deps, channels);
};
