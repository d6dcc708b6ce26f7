import { partnerDraftSchema, type PartnerDraft, type WebhookEvent } from '#shared/protocol/partners.ts';
import type { Partner } from './partners-api.ts';

/** The form of a partner as typed. An empty address: no messages. */
export interface PartnerFields {
  readonly name: string;
  readonly reads: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

/** The form as it opens: of a partner that is there, or of a new one. */
export const partnerFieldsOf = (partner: Partner | null): PartnerFields => ({
  name: partner?.name ?? '',
  reads: partner?.reads ?? 'own',
  url: partner?.webhook?.url ?? '',
  events: partner?.webhook?.events ?? ['new', 'step', 'answered'],
});

/** Reads a form by the API's own rules: a partner, or the names of the fields that break them. */
export function readDraft({ name, reads, url, events }: PartnerFields): {
  readonly partner: PartnerDraft | null;
  readonly wrong: readonly string[];
} {
  const webhook = url.trim() === '' ? null : { url: url.trim(), events };
  const read = partnerDraftSchema.safeParse({ name, reads, webhook });
  if (read.success) return { partner: read.data, wrong: [] };
  return {
    partner: null,
    wrong: read.error.issues.map(({ path }) => String(path.at(path[0] === 'webhook' ? 1 : 0))),
  };
}
