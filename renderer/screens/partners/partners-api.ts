import { z } from 'zod';
import {
  deliverySchema,
  partnerKeysSchema,
  partnersSchema,
  type PartnerDraft,
} from '#shared/protocol/partners.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** The region's partners and where they are let in. */
export type PartnerList = z.infer<typeof partnersSchema>;
/** A system of somebody else. */
export type Partner = PartnerList['partners'][number];
/** A message to a partner on its way, or arrived. */
export type Delivery = z.infer<typeof deliverySchema>;
/** Shown once, when they are made. */
export type PartnerKeys = z.infer<typeof partnerKeysSchema>;

const PATH = '/api/v1/partners';
const done = z.object({ done: z.boolean() });

export const readPartners = (): Promise<CentreAnswer<PartnerList>> => askCentre(PATH, partnersSchema);

export const addPartner = (draft: PartnerDraft): Promise<CentreAnswer<PartnerKeys>> =>
  askCentre(PATH, partnerKeysSchema, { method: 'POST', body: draft });

export const changePartner = (id: string, draft: PartnerDraft): Promise<CentreAnswer<{ done: boolean }>> =>
  askCentre(`${PATH}/${id}`, done, { method: 'PUT', body: draft });

/** Takes its key away for good. */
export const revokePartner = (id: string): Promise<CentreAnswer<{ done: boolean }>> =>
  askCentre(`${PATH}/${id}/revoke`, done, { method: 'POST' });

/** The newest 50 messages to it. */
export const readDeliveries = (id: string): Promise<CentreAnswer<{ deliveries: Delivery[] }>> =>
  askCentre(`${PATH}/${id}/deliveries`, z.object({ deliveries: z.array(deliverySchema) }));

export const sendAgain = (id: string, delivery: string): Promise<CentreAnswer<{ done: boolean }>> =>
  askCentre(`${PATH}/${id}/deliveries/${delivery}/again`, done, { method: 'POST' });

export const setOpenReading = (open: boolean): Promise<CentreAnswer<{ done: boolean }>> =>
  askCentre(`${PATH}/open-reading`, done, { method: 'PUT', body: { open } });
