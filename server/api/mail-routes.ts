import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  mailChangeSchema,
  mailCheckSchema,
  mailOutcomeSchema,
  mailViewSchema,
} from '#shared/protocol/mail.ts';
import { mailLogSchema } from '#shared/protocol/notices.ts';
import { resendMail } from '#server/notices/lease-mail.ts';
import { readSentMails } from '#server/notices/read-mails.ts';
import { MAIL_DUE } from '#server/sync/region-change.ts';
import type { Routes } from './api.ts';
import { auditOriginOf, auditRequest } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/mail';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };

/** How the region's centre sends mail: for its administrator. */
export const mailRoutes: Routes = (api, deps) => {
  const { mailer, scheduler } = deps;
  if (mailer === undefined) return;
  api.get(PATH, { config, schema: { response: { 200: mailViewSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return mailer.view(sessionOf(request).region.code);
  });

  const change = { body: mailChangeSchema, response: { 200: mailViewSchema } };
  api.put(PATH, { config, schema: change }, async (request) => {
    const { account, region } = sessionOf(request);
    const act = { by: account.id, ...auditOriginOf(request) };
    const changed = await mailer.change(region.code, request.body, act);
    scheduler?.follow(region.code, MAIL_DUE);
    return changed;
  });

  const check = { body: mailCheckSchema, response: { 200: mailOutcomeSchema } };
  api.post(`${PATH}/check`, { config, schema: check }, async (request) => {
    const { to } = request.body;
    const outcome = await mailer.check(sessionOf(request).region.code, to);
    if (outcome === null) throw new ApiFailure('mail_not_set');
    const detail = { to, sent: outcome.problem === null };
    await auditRequest(deps, request, { action: 'mail_check', detail });
    return outcome;
  });

  api.get(`${PATH}/log`, { config, schema: { response: { 200: mailLogSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return readSentMails(mailer.db, sessionOf(request).region.code);
  });

  const again = { params: z.object({ id: z.uuid() }), response: { 200: z.object({ done: z.boolean() }) } };
  api.post(`${PATH}/log/:id/again`, { config, schema: again }, async (request) => {
    const { code } = sessionOf(request).region;
    const done = await resendMail(mailer.db, code, request.params.id, mailer.now());
    if (done) scheduler?.follow(code, MAIL_DUE);
    return { done };
  });
};
