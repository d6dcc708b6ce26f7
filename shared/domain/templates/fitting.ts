import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { localTimeAt, type ZoneName } from '#shared/domain/time-zone.ts';
import type { ReplyTemplate } from './reply-template.ts';
import { isInSeason } from './season.ts';

/** The part of an incident that templates look at. */
type Answered = Pick<Incident, 'classification' | 'outcome' | 'source'>;

/** Counts of the uses of templates, by their ids; none that never was used. */
export type TemplateUses = Readonly<Record<string, number>>;

/** Tells whether a template is in force. */
export const isTemplateInForce = ({ validFrom, validTo }: ReplyTemplate, at: Instant): boolean =>
  (validFrom ?? -Infinity) <= at && at < (validTo ?? Infinity);

/** An outcome that nobody has chosen yet rules no template out. */
const fits = (template: ReplyTemplate, { classification, outcome, source }: Answered): boolean =>
  (template.topic === null || template.topic === classification?.topic) &&
  (template.group === null || template.group === classification?.group) &&
  (template.outcome === null || outcome === null || template.outcome === outcome) &&
  (template.network === null || template.network === source.network);

/** Conditions that a template sets: of two that are used alike, the one made for this comes first. */
const conditionsOf = ({ topic, group, outcome, network, season }: ReplyTemplate): number =>
  [topic, group, outcome, network, season].filter((condition) => condition !== null).length;

/** Gives the templates that fit an incident now, the most used first. */
export function fittingTemplates(
  templates: readonly ReplyTemplate[],
  incident: Answered,
  { at, zone, uses }: { readonly at: Instant; readonly zone: ZoneName; readonly uses: TemplateUses },
): readonly ReplyTemplate[] {
  const { date } = localTimeAt(zone, at);
  const usesOf = ({ id }: ReplyTemplate): number => uses[id] ?? 0;
  return templates
    .filter(
      (template) =>
        isTemplateInForce(template, at) &&
        fits(template, incident) &&
        (template.season === null || isInSeason(template.season, date)),
    )
    .toSorted(
      (a, b) =>
        usesOf(b) - usesOf(a) ||
        conditionsOf(b) - conditionsOf(a) ||
        a.name.localeCompare(b.name, 'ru') ||
        (a.id < b.id ? -1 : 1),
    );
}
