import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  deliverySchema,
  partnerDraftSchema,
  partnerKeysSchema,
  partnersSchema,
  type PartnerDraft,
} from '#shared/protocol/partners.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import type { Partners } from '#server/partners/partners.ts';
import { readPartnerDeliveries, readListedPartners } from '#server/partners/read-partners.ts';
import { resendDelivery } from '#server/partners/send-deliveries.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditRequest } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';
import { open311Path } from './open311-routes.ts';

const PATH = '/api/v1/partners';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };
const byId = z.object({ id: z.uuid() });
const done = { 200: z.object({ done: z.boolean() }) };

const regionOf = (request: FastifyRequest): string => sessionOf(request).region.code;

/** A partner as the audit log shows it; an address may have a secret behind its path. */
const partnerFields = ({ name, reads, webhook }: PartnerDraft) => {
  const url = webhook === null ? null : new URL(webhook.url);
  const address = url === null ? null : `${url.origin}${url.pathname}`;
  return { name, reads, webhookUrl: address, webhookEvents: webhook?.events ?? [] };
};

async function readPartner({ db }: ApiDeps, region: string, id: string): Promise<PartnerDraft> {
  const { partners } = await readListedPartners(db, region);
  const found = partners.find((partner) => partner.id === id);
  if (found === undefined) throw new ApiFailure('not_found');
  return found;
}

function installPartners(api: Api, deps: ApiDeps, partners: Partners): void {
  api.get(PATH, { config, schema: { response: { 200: partnersSchema } } }, async (request) => {
    const region = regionOf(request);
    return { ...(await readListedPartners(deps.db, region)), endpoint: open311Path(region) };
  });

  const add = { body: partnerDraftSchema, response: { 201: partnerKeysSchema } };
  api.post(PATH, { config, schema: add }, async (request, reply) => {
    const made = await partners.add(regionOf(request), request.body);
    const detail = { partner: made.id, after: partnerFields(request.body) };
    await auditRequest(deps, request, { action: 'partner_add', detail });
    return reply.code(201).header('cache-control', 'no-store').send(made);
  });

  const change = { params: byId, body: partnerDraftSchema, response: done };
  api.put(`${PATH}/:id`, { config, schema: change }, async (request) => {
    const { id } = request.params;
    const before = partnerFields(await readPartner(deps, regionOf(request), id));
    if (!(await partners.change(regionOf(request), id, request.body))) throw new ApiFailure('not_found');
    const detail = { partner: id, name: before.name, ...changeBetween(before, partnerFields(request.body)) };
    await auditRequest(deps, request, { action: 'partner_change', detail });
    return { done: true };
  });

  api.post(`${PATH}/:id/revoke`, { config, schema: { params: byId, response: done } }, async (request) => {
    const { id } = request.params;
    const isDone = await partners.revoke(regionOf(request), id);
    if (isDone) {
      const { name } = await readPartner(deps, regionOf(request), id);
      await auditRequest(deps, request, { action: 'partner_revoke', detail: { partner: id, name } });
    }
    return { done: isDone };
  });
}

function installDeliveries(api: Api, { db }: ApiDeps, partners: Partners): void {
  const list = { params: byId, response: { 200: z.object({ deliveries: z.array(deliverySchema) }) } };
  api.get(`${PATH}/:id/deliveries`, { config, schema: list }, async (request) => ({
    deliveries: await readPartnerDeliveries(db, regionOf(request), request.params.id),
  }));

  const again = { params: byId.extend({ delivery: z.uuid() }), response: done };
  api.post(`${PATH}/:id/deliveries/:delivery/again`, { config, schema: again }, async (request) => {
    const { id, delivery } = request.params;
    return { done: await resendDelivery(partners, regionOf(request), id, delivery) };
  });
}

/**
 * Systems of others: keys, webhooks, what they were told. Keys and secrets go out once, when they are made.
 */
export const partnerRoutes: Routes = (api, deps) => {
  const { partners } = deps;
  if (partners === undefined) return;
  installPartners(api, deps, partners);
  installDeliveries(api, deps, partners);
  const open = { body: z.strictObject({ open: z.boolean() }), response: done };
  api.put(`${PATH}/open-reading`, { config, schema: open }, async (request) => {
    const { openReading } = await readListedPartners(deps.db, regionOf(request));
    await partners.setOpenReading(regionOf(request), request.body.open);
    const detail = { before: { open: openReading }, after: { open: request.body.open } };
    await auditRequest(deps, request, { action: 'open_reading', detail });
    return { done: true };
  });
};
