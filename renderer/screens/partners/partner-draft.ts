import { partnerDraftSchema, WEBHOOK_EVENTS, type PartnerDraft } from '#shared/protocol/partners.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import type { Partner } from './partners-api.ts';

/** The form of a partner as typed. An empty address: no messages. */
export interface PartnerFields {
  readonly name: string;
  readonly reads: string;
  readonly url: string;
  /** Kinds of events, in whatever order they were chosen. */
  readonly events: readonly string[];
}

/** The form as it opens: of a partner that is there, or of a new one. */
export const partnerFieldsOf = (partner: Partner | null): PartnerFields => ({
  name: partner?.name ?? '',
  reads: partner?.reads ?? 'own',
  url: partner?.webhook?.url ?? '',
  events: partner?.webhook?.events ?? WEBHOOK_EVENTS,
});

/** Reads a form by the API's own rules: a partner, or the names of the fields that break them. */
export function readDraft({ name, reads, url, events }: PartnerFields): FormReading<PartnerDraft> {
  const chosen = WEBHOOK_EVENTS.filter((event) => events.includes(event));
  const webhook = url.trim() === '' ? null : { url: url.trim(), events: chosen };
  return readForm(partnerDraftSchema, { name, reads, webhook }, ([first, second]) =>
    first === 'webhook' ? second : first,
  );
}
