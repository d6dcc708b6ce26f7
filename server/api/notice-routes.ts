import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import { mailOutcomeSchema } from '#shared/protocol/mail.ts';
import {
  codeSchema,
  noticeChoiceSchema,
  ownAddressSchema,
  ownNoticesSchema,
  personNoticesSchema,
} from '#shared/protocol/notices.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { changeChoice, readChoice } from '#server/notices/choices.ts';
import { orderInvitation } from '#server/notices/order-invitation.ts';
import { confirmAddress, sendCode, type OwnChoiceAct } from '#server/notices/own-address.ts';
import { withScope } from '#server/store/database.ts';
import { MAIL_DUE } from '#server/sync/region-change.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const OWN = '/api/v1/notices';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };
const params = z.object({ id: z.string().min(1).max(60) });
const done = { 200: z.object({ done: z.literal(true) }) };
const choice = { 200: noticeChoiceSchema };
const DONE = { done: true } as const;

/** A person's own act; an executor's transaction sees only this person's choice in any case. */
export function ownActOf(request: FastifyRequest): OwnChoiceAct {
  const { account, region } = sessionOf(request);
  const { id, agency } = account;
  return { region: region.code, account: id, by: id, agency, ...auditOriginOf(request) };
}

/** How somebody is told: their own choice. */
function installOwn(api: Api, mailer: Mailer): void {
  const { db, now } = mailer;
  api.get(OWN, { schema: { response: choice } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return readChoice(mailer, ownActOf(request));
  });

  api.put(OWN, { schema: { body: ownNoticesSchema, response: done } }, async (request) => {
    const act = ownActOf(request);
    await withScope(db, act, (tx) => changeChoice(tx, act, request.body, now()));
    return DONE;
  });

  const address = { body: ownAddressSchema, response: { 200: mailOutcomeSchema } };
  api.post(`${OWN}/address`, { schema: address }, async (request) => {
    const act = ownActOf(request);
    const { address: wanted } = request.body;
    if (wanted === null) {
      await withScope(db, act, (tx) => changeChoice(tx, act, { address: null }, now()));
      return { problem: null, code: null };
    }
    const sent = await sendCode(mailer, act, wanted);
    if (typeof sent === 'string') throw new ApiFailure(sent);
    return sent;
  });

  api.post(`${OWN}/confirm`, { schema: { body: codeSchema, response: done } }, async (request) => {
    const outcome = await confirmAddress(mailer, ownActOf(request), request.body.code);
    if (outcome !== 'confirmed') throw new ApiFailure(outcome);
    return DONE;
  });
}

/** How somebody is told: as an administrator sets it. */
function installPeople(api: Api, mailer: Mailer): void {
  const { db, now } = mailer;
  const path = '/api/v1/accounts/:id/notices';
  api.get(path, { config, schema: { params, response: choice } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { code: region } = sessionOf(request).region;
    const { id } = request.params;
    return readChoice(mailer, { region, account: id });
  });

  api.put(
    path,
    { config, schema: { params, body: personNoticesSchema, response: done } },
    async (request) => {
      const { account, region } = sessionOf(request);
      const act = {
        region: region.code,
        account: request.params.id,
        by: account.id,
        ...auditOriginOf(request),
      };
      const isDone = await withScope(db, { region: act.region, account: act.by }, (tx) =>
        changeChoice(tx, act, request.body, now()),
      );
      if (!isDone) throw new ApiFailure('not_found');
      return DONE;
    },
  );
}

/** Has somebody invited by mail. */
function installInvitation(api: Api, mailer: Mailer, scheduler: ApiDeps['scheduler']): void {
  const invitation = '/api/v1/accounts/:id/invitation/mail';
  api.post(invitation, { config, schema: { params, response: done } }, async (request) => {
    const { account, region } = sessionOf(request);
    const act = {
      region: region.code,
      account: request.params.id,
      by: account.id,
      ...auditOriginOf(request),
    };
    const refusal = await orderInvitation(mailer, act);
    if (refusal !== null) throw new ApiFailure(refusal);
    scheduler?.follow(act.region, MAIL_DUE);
    return DONE;
  });
}

/** Where and of what people are told by mail. */
export const noticeRoutes: Routes = (api, { mailer, scheduler }) => {
  if (mailer === undefined) return;
  installOwn(api, mailer);
  installPeople(api, mailer);
  installInvitation(api, mailer, scheduler);
};
