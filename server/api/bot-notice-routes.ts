import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  botCodeRequestSchema,
  botCodeSchema,
  botSettingsSchema,
  botsViewSchema,
  ownBotKindsSchema,
  botChoiceSchema,
} from '#shared/protocol/bot-notices.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { changeBots, viewBots } from '#server/notices/bot/centre-bots.ts';
import { chooseBotKinds, makeBotCode, readBotChoice, untieBot } from '#server/notices/bot/own-bot.ts';
import { MAIL_DUE } from '#server/sync/region-change.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';
import { ownActOf } from './notice-routes.ts';

const OWN = '/api/v1/notices/bot';
const CENTRE = '/api/v1/notices/bots';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };
const done = { 200: z.object({ done: z.literal(true) }) };
const DONE = { done: true } as const;

/** A person's own chat with a bot. */
function installOwn(api: Api, { db, now }: Mailer): void {
  api.get(OWN, { schema: { response: { 200: botChoiceSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return readBotChoice(db, ownActOf(request), now());
  });

  api.put(OWN, { schema: { body: ownBotKindsSchema, response: done } }, async (request) => {
    await chooseBotKinds(db, ownActOf(request), request.body.off, now());
    return DONE;
  });

  const code = { body: botCodeRequestSchema, response: { 200: botCodeSchema } };
  api.post(`${OWN}/code`, { schema: code }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const made = await makeBotCode(db, ownActOf(request), request.body.bot, now());
    if (made === null) throw new ApiFailure('bot_not_there');
    return made;
  });

  api.post(`${OWN}/untie`, { schema: { response: done } }, async (request) => {
    await untieBot(db, ownActOf(request), now());
    return DONE;
  });
}

/** How the centre's bots tell people: for its administrator. */
function installCentre(api: Api, { db, now }: Mailer, scheduler: ApiDeps['scheduler']): void {
  api.get(CENTRE, { config, schema: { response: { 200: botsViewSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return viewBots(db, sessionOf(request).region.code);
  });

  const change = { body: botSettingsSchema, response: { 200: botsViewSchema } };
  api.put(CENTRE, { config, schema: change }, async (request) => {
    const { account, region } = sessionOf(request);
    const act = { by: account.id, now: now(), ...auditOriginOf(request) };
    if (!(await changeBots(db, region.code, request.body, act))) throw new ApiFailure('mail_not_set');
    scheduler?.follow(region.code, MAIL_DUE);
    return viewBots(db, region.code);
  });
}

/** Notices by the centre's bots in messengers. */
export const botNoticeRoutes: Routes = (api, { mailer, scheduler }) => {
  if (mailer === undefined) return;
  installOwn(api, mailer);
  installCentre(api, mailer, scheduler);
};
