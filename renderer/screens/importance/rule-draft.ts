import { importanceRuleSchema, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { Importance } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import { dateOfDay, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { topicOf, topicValue } from '#renderer/kit/deadlines/topic-groups.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { typedLines } from '#renderer/kit/forms/typed-lines.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';

/** The form of a rule as typed. */
export interface TypedRule extends ValidityDays {
  readonly name: string;
  readonly importance: Importance;
  /** One word or phrase a line. */
  readonly words: string;
  readonly topic: string | null;
  /** Both '' where nothing is counted. */
  readonly messages: number | string;
  readonly hours: number | string;
}

/** The form as it opens: of a rule that is there, or of a new one, which begins today. */
export const ruleFieldsOf = (rule: ImportanceRule | null, zone: ZoneName, now: Instant): TypedRule => ({
  name: rule?.name ?? '',
  importance: rule?.importance ?? 'high',
  words: rule?.words.join('\n') ?? '',
  topic: rule === null || rule.group === null ? null : topicValue(rule.group, rule.topic ?? ''),
  messages: rule?.count?.messages ?? '',
  hours: rule?.count?.hours ?? '',
  ...validityDaysOf(rule, zone),
  ...(rule === null ? { firstDay: dateOfDay(localDayAt(zone, now)) } : {}),
});

/** Basis of reading a form. `seen` is the rule as the form was opened with, null for a new one. */
export interface RuleBasis {
  readonly seen: ImportanceRule | null;
  readonly zone: ZoneName;
  readonly taken: ReadonlySet<string>;
}

/** Reads a form by the record's own schema: a rule, or the names of the fields that break it. */
export function readRule(fields: TypedRule, { seen, zone, taken }: RuleBasis): FormReading<ImportanceRule> {
  const { name, importance, words, topic, messages, hours } = fields;
  const { validFrom = Number.NaN, validTo = null } = readValidity(fields, seen, zone);
  const draft = {
    id: seen?.id ?? slugOf(name, taken),
    name: name.trim(),
    importance,
    words: typedLines(words),
    ...topicOf(topic),
    count: messages === '' && hours === '' ? null : { messages: Number(messages), hours: Number(hours) },
    validFrom,
    validTo,
  };
  return readForm(importanceRuleSchema, draft, ([first, second]) =>
    first === 'count' ? (second ?? 'messages') : (FIELD_OF[String(first)] ?? first),
  );
}

const FIELD_OF: Readonly<Record<string, string>> = { validFrom: 'firstDay', validTo: 'lastDay', id: 'name' };
