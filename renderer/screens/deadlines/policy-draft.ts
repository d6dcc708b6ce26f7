import {
  deadlinePolicySchema,
  SOON,
  type DeadlinePolicy,
  type DeadlineStart,
  type DeadlineUnit,
} from '#shared/domain/deadline.ts';
import type { Importance, Network } from '#shared/domain/incident.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';
import { topicOf, topicValue } from '#renderer/kit/deadlines/topic-groups.ts';

/** The form of a policy as typed. */
export interface PolicyFields extends ValidityDays {
  readonly name: string;
  readonly start: DeadlineStart;
  readonly unit: DeadlineUnit;
  readonly hours: number | string;
  readonly minutes: number | string;
  readonly topic: string | null;
  readonly importance: Importance | null;
  readonly agency: string | null;
  readonly network: Network | null;
  /** Minutes; '' for the usual. */
  readonly warning: number | string;
  readonly basis: string;
}

/** The form as it opens: of a policy that is there, or of a new one. */
export const policyFieldsOf = (policy: DeadlinePolicy | null, zone: ZoneName): PolicyFields => ({
  name: policy?.name ?? '',
  start: policy?.start ?? 'created',
  unit: policy?.unit ?? 'working',
  hours: Math.floor((policy?.minutes ?? 540) / 60),
  minutes: (policy?.minutes ?? 0) % 60,
  topic: policy === null || policy.group === null ? null : topicValue(policy.group, policy.topic ?? ''),
  importance: policy?.importance ?? null,
  agency: policy?.agency ?? null,
  network: policy?.network ?? null,
  warning: policy?.warning ?? '',
  basis: policy?.basis ?? '',
  ...validityDaysOf(policy, zone),
});

/** Basis of reading a form. `seen` is the policy as the form was opened with, null for a new one. */
export interface PolicyBasis {
  readonly seen: DeadlinePolicy | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** Reads a form by the record's own schema: a policy, or the names of the fields that break it. */
export function readPolicy(
  fields: PolicyFields,
  { seen, zone, taken }: PolicyBasis,
): FormReading<DeadlinePolicy> {
  const { name, start, unit, topic, importance, agency, network, warning, basis } = fields;
  const { validFrom = null, validTo = null } = readValidity(fields, seen, zone);
  const chosen = topicOf(topic);
  // A topic of whichever group stays so while nobody chooses another.
  const isOld = seen !== null && seen.group === null && topic === null;
  const draft = {
    id: seen?.id ?? slugOf(name, taken),
    name: name.trim(),
    start,
    unit,
    minutes: numberOf(fields.hours) * 60 + numberOf(fields.minutes),
    ...(isOld ? { group: null, topic: seen.topic } : chosen),
    importance,
    agency,
    network,
    warning: warning === '' ? null : numberOf(warning),
    basis: basis.trim() === '' ? null : basis.trim(),
    validFrom,
    validTo,
  };
  return readForm(deadlinePolicySchema, draft, ([field]) => FIELD_OF[String(field)] ?? field);
}

const numberOf = (typed: number | string): number => (typed === '' ? 0 : Number(typed));

const FIELD_OF: Readonly<Record<string, string>> = {
  minutes: 'hours',
  validFrom: 'firstDay',
  validTo: 'lastDay',
};

/** Minutes of the usual warning, for a hint. */
export const USUAL_WARNING = SOON;
