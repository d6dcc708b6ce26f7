import type { Network, Outcome } from '#shared/domain/incident.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import { replyTemplateSchema, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { dayOfYearWords, readDayOfYear } from '#shared/domain/templates/season.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { topicOf, topicValue } from '#renderer/kit/deadlines/topic-groups.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';

/** The form of a template as typed. */
export interface TypedTemplate extends ValidityDays {
  readonly name: string;
  readonly text: string;
  readonly topic: string | null;
  readonly outcome: Outcome | null;
  readonly network: Network | null;
  /** «01.11»; both '' for a template of the whole year. */
  readonly seasonFrom: string;
  readonly seasonTo: string;
}

/** Values a new template begins with, where it is made of something. */
export type TemplateStart = Partial<Pick<ReplyTemplate, 'text' | 'group' | 'topic'>>;

/** The form as it opens. */
export const templateFieldsOf = (
  seen: ReplyTemplate | null,
  start: TemplateStart,
  zone: ZoneName,
): TypedTemplate => {
  const { group = null, topic = null, text = '' } = seen ?? start;
  return {
    name: seen?.name ?? '',
    text,
    topic: group === null ? null : topicValue(group, topic ?? ''),
    outcome: seen?.outcome ?? null,
    network: seen?.network ?? null,
    seasonFrom: dayOfYearWords(seen?.season?.from ?? ''),
    seasonTo: dayOfYearWords(seen?.season?.to ?? ''),
    ...validityDaysOf(seen, zone),
  };
};

/** Basis of reading a form. `seen` is the template as the form was opened with, null for a new one. */
interface TemplateBasis {
  readonly seen: ReplyTemplate | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** Reads a form by the record's own schema: a template, or the names of the fields that break it. */
export function readTemplate(
  fields: TypedTemplate,
  { seen, zone, taken }: TemplateBasis,
): FormReading<ReplyTemplate> {
  const { name, text, topic, outcome, network, seasonFrom, seasonTo } = fields;
  const { validFrom = null, validTo = null } = readValidity(fields, seen, zone);
  const hasSeason = seasonFrom.trim() !== '' || seasonTo.trim() !== '';
  const draft = {
    id: seen?.id ?? slugOf(name, taken),
    name: name.trim(),
    text: text.trim(),
    ...topicOf(topic),
    outcome,
    network,
    season: hasSeason ? { from: readDayOfYear(seasonFrom), to: readDayOfYear(seasonTo) } : null,
    validFrom,
    validTo,
  };
  return readForm(replyTemplateSchema, draft, ([first, second]) =>
    first === 'season'
      ? (SEASON_FIELD_OF[String(second)] ?? 'seasonFrom')
      : (FIELD_OF[String(first)] ?? first),
  );
}

const FIELD_OF: Readonly<Record<string, string>> = { validFrom: 'firstDay', validTo: 'lastDay', id: 'name' };
const SEASON_FIELD_OF: Readonly<Record<string, string>> = { from: 'seasonFrom', to: 'seasonTo' };
