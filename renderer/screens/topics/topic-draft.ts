import { isUnsortedTopic, topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import { topicIdOf } from '#shared/domain/records/topic-id.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { admitting, readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';

/** The form of a topic as typed. */
export interface TopicFields extends ValidityDays {
  readonly name: string;
  readonly group: string;
  readonly shortName: string;
  readonly fastTrack: boolean;
  /** '' where nobody said. */
  readonly severity: string;
  readonly successors: readonly string[];
  /** Somebody said that nothing goes on with it. */
  readonly endsForGood: boolean;
}

/**
 * The form as it opens: of a topic that is there, or of a new one, which begins today: a name that ended may
 * be given again.
 */
export const topicFieldsOf = (topic: Topic | null, zone: ZoneName, now: Instant): TopicFields => ({
  name: topic?.name ?? '',
  group: topic?.group ?? '',
  shortName: topic?.shortName ?? '',
  fastTrack: topic?.fastTrack ?? false,
  severity: topic?.severity === null || topic === null ? '' : String(topic.severity),
  ...validityDaysOf(topic ?? { validFrom: now }, zone),
  successors: topic?.successors ?? [],
  endsForGood: topic?.successors?.length === 0,
});

/** Basis of reading a form. `seen` is the topic as the form was opened with, null for a new one. */
export interface TopicBasis {
  readonly seen: Topic | null;
  readonly zone: ZoneName;
  readonly taken: { has(id: string): boolean };
}

/** Reads a form by the record's own schema: a topic, or the names of the fields that break it. */
export function readTopic(fields: TopicFields, { seen, zone, taken }: TopicBasis): FormReading<Topic> {
  const { validFrom = null, validTo = null } = readValidity(fields, seen, zone);
  const [name, group] = [fields.name.trim(), fields.group.trim()];
  const shortName = fields.shortName.trim();
  const { shortName: _s, successors: _h, ...kept } = seen ?? { id: topicIdOf({ group, name }, taken) };
  const isSaid = validTo !== null && (fields.successors.length > 0 || fields.endsForGood);
  const draft = {
    ...kept,
    name,
    group,
    ...(shortName === '' ? {} : { shortName }),
    fastTrack: fields.fastTrack,
    severity: fields.severity === '' ? null : Number(fields.severity),
    // Whoever saves the form of one that came with an import has sorted it.
    ...(seen !== null && isUnsortedTopic(seen) ? { verified: true } : {}),
    ...(isSaid ? { successors: [...fields.successors] } : {}),
    validFrom,
    validTo,
  };
  const reading = readForm(topicSchema, draft, ([field]) => FIELD_OF[String(field)] ?? field);
  return admitting(reading, RECORD_RULES.topic.hasSensibleDays, insensibleOf);
}

/** The field that names a day of no use. */
const insensibleOf = ({ validFrom }: Topic): keyof TopicFields =>
  validFrom === null || isSensible(validFrom) ? 'lastDay' : 'firstDay';

const FIELD_OF: Readonly<Record<string, keyof TopicFields>> = {
  validFrom: 'firstDay',
  validTo: 'lastDay',
};
