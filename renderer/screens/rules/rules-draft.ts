import type { Arms } from '#shared/domain/arms.ts';
import {
  RATING_MEASURES,
  ratingRules,
  type RatingMeasure,
  type RatingRule,
  type RatingRules,
} from '#shared/domain/rating-rules.ts';
import { regulationSchema, type OwnApproval, type Regulation } from '#shared/domain/regulation.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';

/** A number of a form; '' while the field is empty. */
type Typed = number | string;

/** One measure of the rating as typed: shares in per cents, speed in minutes; no points: not counted. */
export interface MeasureFields {
  readonly max: Typed;
  readonly full: Typed;
  readonly none: Typed;
}

/** The form of the centre's settings as typed. */
export interface RulesFields {
  readonly header: string;
  readonly post: string;
  readonly signer: string;
  readonly arms: Arms | null;
  readonly ownApproval: OwnApproval;
  readonly deferDays: Typed;
  readonly copyDays: Typed;
  readonly approvalMinutes: Typed;
  readonly claimMinutes: Typed;
  readonly silentHours: Typed;
  /** Kinds of the checker's warnings that no reply may have. */
  readonly demanded: string[];
  /** Roles that come in by a second factor. */
  readonly secondFactor: string[];
  readonly minimum: Typed;
  readonly rating: Readonly<Record<RatingMeasure, MeasureFields>>;
}
export type RulesField = keyof RulesFields;

const scaleOf = (measure: RatingMeasure): number => (measure === 'speed' ? 1 : 100);
/** Per cents to a tenth: a share of 0.07 is no 7.000000000000001. */
const shown = (measure: RatingMeasure, value: number): number =>
  Math.round(value * scaleOf(measure) * 10) / 10;

/** A rating as its fields; measures that do not count stand with their usual borders. */
export function ratingFieldsOf({ rules }: RatingRules): RulesFields['rating'] {
  const fieldsOf = (measure: RatingMeasure): MeasureFields => {
    const rule = rules.find((one) => one.measure === measure);
    const borders = rule ?? ratingRules.rules.find((one) => one.measure === measure);
    return {
      max: rule?.max ?? '',
      full: borders === undefined ? '' : shown(measure, borders.full),
      none: borders === undefined ? '' : shown(measure, borders.none),
    };
  };
  return Object.fromEntries(RATING_MEASURES.map((measure) => [measure, fieldsOf(measure)])) as Record<
    RatingMeasure,
    MeasureFields
  >;
}

/** The form as it opens. */
export function rulesFieldsOf(regulation: Regulation): RulesFields {
  const { header = '', signatory, arms = null, rating = ratingRules, ...rules } = regulation;
  const { ownApproval, approvalMinutes, claimMinutes, demanded } = rules;
  const { silentHours, deferDays, copyDays, secondFactor } = rules;
  return {
    header,
    post: signatory?.post ?? '',
    signer: signatory?.name ?? '',
    arms,
    ownApproval,
    approvalMinutes,
    claimMinutes,
    silentHours,
    demanded: [...demanded],
    deferDays,
    copyDays,
    secondFactor: [...secondFactor],
    minimum: rating.minimum,
    rating: ratingFieldsOf(rating),
  };
}

/** Fields that another administrator has made others than the form was opened with. */
export function changedRules(seen: Regulation, now: Regulation): readonly RulesField[] {
  const [was, is] = [rulesFieldsOf(seen), rulesFieldsOf(now)];
  return (Object.keys(was) as RulesField[]).filter((name) => !sameJson(was[name], is[name]));
}

/** The form over settings that have changed meanwhile: what was typed stays, what was not touched follows. */
export function rebasedRules(typed: RulesFields, seen: Regulation, now: Regulation): RulesFields {
  const [was, is] = [rulesFieldsOf(seen), rulesFieldsOf(now)];
  const untouched = changedRules(seen, now).filter((name) => sameJson(typed[name], was[name]));
  return { ...typed, ...Object.fromEntries(untouched.map((name) => [name, is[name]])) };
}

function ruleOf(measure: RatingMeasure, typed: MeasureFields, seen: RatingRules): unknown {
  const known = seen.rules.find((rule) => rule.measure === measure);
  // What was not touched keeps its last digit.
  if (known !== undefined && sameJson(ratingFieldsOf(seen)[measure], typed)) return known;
  const border = (value: Typed): unknown => (typeof value === 'number' ? value / scaleOf(measure) : value);
  return { measure, max: typed.max, full: border(typed.full), none: border(typed.none) };
}

/** Measures that count, in their order on paper. */
const counted = (rating: RulesFields['rating']): readonly RatingMeasure[] =>
  RATING_MEASURES.filter((measure) => rating[measure].max !== '' && rating[measure].max !== 0);

/** Reads the form by the record's own schema: the settings, or the names of the fields that break it. */
export function readRules(fields: RulesFields, seen: Regulation): FormReading<Regulation> {
  const { header, arms, ownApproval, approvalMinutes, demanded } = fields;
  const { claimMinutes, silentHours, deferDays, copyDays, secondFactor } = fields;
  const [post, name] = [fields.post.trim(), fields.signer.trim()];
  const measures = counted(fields.rating);
  const before = seen.rating ?? ratingRules;
  const rating = {
    minimum: fields.minimum,
    rules: measures.map((measure) => ruleOf(measure, fields.rating[measure], before)),
  };
  const isUsual = seen.rating === undefined && sameRating(rating.rules, ratingRules.rules, rating.minimum);
  const draft = {
    ownApproval,
    approvalMinutes,
    claimMinutes,
    silentHours,
    demanded,
    deferDays,
    copyDays,
    secondFactor,
    ...(header.trim() === '' ? {} : { header: header.trim() }),
    ...(post === '' && name === '' ? {} : { signatory: { post, name } }),
    ...(arms === null ? {} : { arms }),
    ...(isUsual ? {} : { rating }),
  };
  return readForm(regulationSchema, draft, ([part, second, at]) => {
    if (part === 'signatory') return second === 'name' ? 'signer' : 'post';
    if (part !== 'rating') return part;
    return second === 'minimum' ? 'minimum' : `rating.${measures[Number(at)] ?? ''}`;
  });
}

/** True where the measures are those, whatever their order, and the least number of messages too. */
const sameRating = (typed: readonly unknown[], usual: readonly RatingRule[], minimum: Typed): boolean =>
  minimum === ratingRules.minimum && sameJson(typed, usual);
