import type { z } from 'zod';
import { activitySchema, type Activity } from '#shared/domain/activity.ts';
import { CENTRE_ROLES, type Role } from '#shared/domain/actor.ts';
import { isSensibleDay, isSensibleYear } from '#shared/domain/bounds.ts';
import { CALENDAR_ID, typedCalendarSchema, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { campaignSchema, type Campaign } from '#shared/domain/campaign.ts';
import {
  agencySchema,
  municipalitySchema,
  type Agency,
  type Municipality,
} from '#shared/domain/directory.ts';
import { topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { exampleSchema, type Example } from '#shared/domain/example.ts';
import { isSensible } from '#shared/domain/instant.ts';
import { importanceRuleSchema, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { REGULATION_ID, regulationSchema, type Regulation } from '#shared/domain/regulation.ts';
import { routingRuleSchema, type RoutingRule } from '#shared/domain/routing.ts';
import { replyTemplateSchema, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { judgeAgency } from './judge-agency.ts';
import { judgeImportance } from './judge-importance.ts';
import { judgeMunicipality } from './judge-municipality.ts';
import { judgeRoute } from './judge-route.ts';
import { judgeCalendar } from './judge-calendar.ts';
import { judgePolicy } from './judge-policy.ts';
import { judgeRegulation } from './judge-regulation.ts';
import { judgeTemplate } from './judge-template.ts';
import { judgeTopic } from './judge-topic.ts';
import type { Surroundings } from './surroundings.ts';

/** The rules of one kind of record. */
interface RecordRules<R> {
  readonly schema: z.ZodType<R>;
  /** Who may save and remove one. */
  readonly roles: readonly Role[];
  /** The row belongs to this id: what is saved under a name is what it says. */
  readonly isOf: (id: string, row: R) => boolean;
  /** The days and moments that a row names lie in the years of the centre's work; rows of old may differ. */
  readonly hasSensibleDays: (row: R) => boolean;
  /** Fields that are maps, merged key by key: two people may change two days of one calendar. */
  readonly maps?: readonly string[];
  /** Rows saved together may name one another: each is judged as though all were there. */
  readonly areJudgedTogether?: true;
  /** Says why a record may not become `after`; null for a kind that stands by itself. */
  readonly judge: ((after: R, before: R | null, surroundings: Surroundings) => Refusal | null) | null;
}

const hasOwnId = (id: string, row: { readonly id?: string | undefined }): boolean => row.id === id;

/** A register of the centre's own work: all of the centre write it, and no row depends on another. */
const register = <R extends { readonly id: string }>(
  schema: z.ZodType<R>,
  daysOf: (row: R) => readonly string[],
): RecordRules<R> => ({
  schema,
  roles: CENTRE_ROLES,
  isOf: hasOwnId,
  hasSensibleDays: (row) => daysOf(row).every(isSensibleDay),
  judge: null,
});

interface Lasting {
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
}
const lastsSensibly = ({ validFrom, validTo }: Lasting): boolean =>
  [validFrom, validTo].every((at) => at === undefined || isSensible(at));

const agency: RecordRules<Agency> = {
  schema: agencySchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: lastsSensibly,
  areJudgedTogether: true,
  judge: judgeAgency,
};

const route: RecordRules<RoutingRule> = {
  schema: routingRuleSchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: lastsSensibly,
  judge: judgeRoute,
};

const municipality: RecordRules<Municipality> = {
  schema: municipalitySchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: (row) =>
    lastsSensibly(row) && (row.population === null || isSensibleYear(row.population.year)),
  areJudgedTogether: true,
  judge: judgeMunicipality,
};

const calendar: RecordRules<WorkingCalendar> = {
  schema: typedCalendarSchema,
  roles: ['administrator'],
  isOf: (id) => id === CALENDAR_ID,
  // The judge names the day.
  hasSensibleDays: () => true,
  maps: ['days', 'names'],
  judge: judgeCalendar,
};

const policy: RecordRules<DeadlinePolicy> = {
  schema: deadlinePolicySchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: ({ validFrom, validTo }) =>
    [validFrom, validTo].every((at) => at === null || isSensible(at)),
  judge: judgePolicy,
};

const importanceRule: RecordRules<ImportanceRule> = {
  schema: importanceRuleSchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: ({ validFrom, validTo }) =>
    [validFrom, validTo].every((at) => at === null || isSensible(at)),
  judge: judgeImportance,
};

const replyTemplate: RecordRules<ReplyTemplate> = {
  schema: replyTemplateSchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: ({ validFrom, validTo }) =>
    [validFrom, validTo].every((at) => at === null || isSensible(at)),
  judge: judgeTemplate,
};

const regulation: RecordRules<Regulation> = {
  schema: regulationSchema,
  roles: ['administrator'],
  isOf: (id) => id === REGULATION_ID,
  hasSensibleDays: () => true,
  judge: judgeRegulation,
};

const topic: RecordRules<Topic> = {
  schema: topicSchema,
  roles: ['administrator'],
  isOf: hasOwnId,
  hasSensibleDays: ({ validFrom, validTo }) =>
    [validFrom, validTo].every((at) => at === null || isSensible(at)),
  areJudgedTogether: true,
  judge: judgeTopic,
};

/** Records by kind. */
export interface RecordOf {
  readonly campaign: Campaign;
  readonly activity: Activity;
  readonly example: Example;
  readonly agency: Agency;
  readonly route: RoutingRule;
  readonly municipality: Municipality;
  readonly calendar: WorkingCalendar;
  readonly policy: DeadlinePolicy;
  readonly topic: Topic;
  readonly importance_rule: ImportanceRule;
  readonly reply_template: ReplyTemplate;
  readonly regulation: Regulation;
}

export type RecordKind = keyof RecordOf;

/** The one table of kinds: what a record is, who writes it and who judges it. */
export const RECORD_RULES: { readonly [K in RecordKind]: RecordRules<RecordOf[K]> } = {
  campaign: register(campaignSchema, ({ from, to, posts }) => [from, to, ...posts.map(({ date }) => date)]),
  activity: register(activitySchema, ({ date }) => [date]),
  // A month by its first day.
  example: register(exampleSchema, ({ month }) => [`${month}-01`]),
  agency,
  route,
  municipality,
  calendar,
  policy,
  topic,
  importance_rule: importanceRule,
  reply_template: replyTemplate,
  regulation,
};

/** Kinds of the registers, which are printed with a summary; the others are settings of the centre. */
export const REGISTER_KINDS = ['campaign', 'activity', 'example'] as const satisfies readonly RecordKind[];
export type RegisterKind = (typeof REGISTER_KINDS)[number];

export const isRegister = (kind: RecordKind): kind is RegisterKind =>
  REGISTER_KINDS.some((register) => register === kind);

/** Fields of a kind that are merged key by key. */
export const mapsOf = (kind: RecordKind): readonly string[] => RECORD_RULES[kind].maps ?? [];

/** Tells whether a role may save and remove records of a kind. */
export const mayWrite = (role: Role | 'system', kind: RecordKind): boolean =>
  RECORD_RULES[kind].roles.some((writer) => writer === role);
