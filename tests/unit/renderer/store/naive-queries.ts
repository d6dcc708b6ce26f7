import type { Incident } from '#shared/domain/incident.ts';
import { openReply } from '#shared/domain/incident.ts';
import { CLOSED_STEPS, DUE_STEPS, TRIAGE_STEPS } from '#shared/domain/step.ts';
import { searchTerms } from '#shared/text/tokens.ts';
import type { Lane, QueueQuery } from '#renderer/data/store/console-store.ts';

export interface NaiveSurroundings {
  /** Whoever looks, and those for whom they stand in. */
  readonly mine: readonly string[];
  readonly now: number;
  readonly endOfToday: number;
  readonly burnsBefore: (policy: string) => number;
}

/** The lanes once more, from whole incidents: what the columns must agree with. */
export function isInLane(
  incident: Incident,
  lane: Lane,
  { mine, now, endOfToday, burnsBefore }: NaiveSurroundings,
): boolean {
  const { name } = incident.step;
  const isOpen = !CLOSED_STEPS.has(name);
  const checks: Readonly<Record<Lane, boolean>> = {
    new: TRIAGE_STEPS.has(name),
    mine: isOpen && [incident.holder, openReply(incident)?.by].some((id) => mine.includes(id ?? '')),
    agencies: name === 'assigned' || name === 'in_progress' || name === 'deferred',
    approval: name === 'approval',
    publishing: name === 'publishing',
    satisfaction: name === 'satisfaction',
    promised: incident.promises.some((promise) => promise.state === 'open' && promise.due < endOfToday),
    burning:
      DUE_STEPS.has(name) && incident.due !== null && incident.due.at < burnsBefore(incident.due.policy),
    overdue: DUE_STEPS.has(name) && incident.due !== null && incident.due.at < now,
    all: isOpen,
    closed: !isOpen,
  };
  return checks[lane];
}

const allows = (chosen: readonly string[], value: string): boolean =>
  chosen.length === 0 || chosen.includes(value);

/** Ids of the whole answer to a query, in order. */
export function naiveQueue(
  incidents: readonly Incident[],
  query: QueueQuery,
  surroundings: NaiveSurroundings,
): string[] {
  const terms = searchTerms(query.text);
  const matching = incidents.filter((incident) => {
    const own = new Set(
      searchTerms([incident.text, incident.place.municipality, incident.author.name].join('\n')),
    );
    return (
      isInLane(incident, query.lane, surroundings) &&
      allows(query.municipalities, incident.place.municipality) &&
      allows(query.topics, incident.classification?.topic ?? '') &&
      allows(query.networks, incident.source.network) &&
      (query.from === null || incident.createdAt >= query.from) &&
      (query.to === null || incident.createdAt < query.to) &&
      terms.every((term) => own.has(term))
    );
  });
  const keyOf = ({ due, createdAt, step, promises }: Incident): number =>
    ({
      due: due?.at ?? Number.MAX_SAFE_INTEGER,
      created: createdAt,
      newest: -createdAt,
      waiting: step.since,
      promised: Math.min(
        Number.MAX_SAFE_INTEGER,
        ...promises.flatMap((promise) => (promise.state === 'open' ? [promise.due] : [])),
      ),
    })[query.sort];
  return matching
    .toSorted((a, b) => keyOf(a) - keyOf(b) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map((incident) => incident.id);
}
