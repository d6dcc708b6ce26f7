import { useEffect, useMemo, useState } from 'react';
import type { Classification, Incident, Place } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { workHolderAt } from '#shared/domain/directory.ts';
import type { Step } from '#shared/domain/step.ts';
import { groundAt, routesAt } from '#shared/domain/places.ts';
import { suggestRoutes, type RouteCandidate } from '#shared/domain/routing.ts';
import { useConsole, useReference } from '#renderer/kit/context/console-context.tsx';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import { untellHints } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { isEmptyPlace, pastRoutes, placeFrom, suggestFor, type Suggestions } from './suggestions.ts';

export const FIELDS = ['topic', 'place', 'duplicates', 'route'] as const;
export type Field = (typeof FIELDS)[number];

export interface Addressee {
  readonly agency: string;
  readonly unit: string;
}

/** Choices that the operator has made on a card and not sent yet. */
interface Own {
  readonly topic?: Classification;
  readonly place?: Place;
  readonly addressee?: Addressee;
  readonly field?: Field;
}

/** Choices survive going to another row and back; they are gone with the session, for nothing was decided. */
const choicesOf = sessionMemory<Own>();

export interface Triage {
  readonly suggestions: Suggestions;
  readonly similar: readonly QueueRow[];
  readonly routes: readonly RouteCandidate[];
  readonly topic: Classification | null;
  readonly place: Place;
  readonly addressee: Addressee | null;
  /** The field the digits speak to. */
  readonly field: Field;
  /** True when the person has turned to a field here, or it is live because a card begins there. */
  readonly isFieldChosen: boolean;
  readonly choose: (change: Own) => void;
  /** Forgets what was chosen: it was sent and is the incident's own now. */
  readonly forget: () => void;
}

function useSimilar(incident: Incident): readonly QueueRow[] {
  const { hub } = useConsole();
  const [found, setFound] = useState<{ readonly id: string; readonly rows: readonly QueueRow[] } | null>(
    null,
  );
  useEffect(() => {
    let isCurrent = true;
    void hub.store.similar(incident.id).then((rows) => {
      if (isCurrent) setFound({ id: incident.id, rows });
    });
    return () => {
      isCurrent = false;
    };
  }, [hub, incident.id, incident.version]);
  return found?.id === incident.id ? found.rows : (hub.keptSimilar(incident.id) ?? []);
}

/** Reads topic and place from the message; ground that was merged goes by the name it has now. */
function useSuggestions(incident: Incident): Suggestions {
  const reference = useReference();
  const now = useNow();
  const read = useMemo(() => suggestFor(incident, reference), [incident, reference]);
  const { municipality } = read.place;
  const ground = municipality === null ? null : groundAt(reference.municipalities, municipality, now);
  return useMemo(() => ({ ...read, place: { ...read.place, municipality: ground } }), [read, ground]);
}

interface RouteQuestion {
  readonly topic: Classification | null;
  readonly place: Place;
  /** When the incident came. */
  readonly at: Instant;
  readonly similar: readonly QueueRow[];
  readonly step: Step;
}

/** Proposes who could answer; an agency or a municipality that has ended stands for its successor. */
function useRoutes({ topic, place, at, similar, step }: RouteQuestion): readonly RouteCandidate[] {
  const { agencies, municipalities, routes } = useReference();
  const now = useNow();
  const byId = useMemo(() => new Map(agencies.map((agency) => [agency.id, agency])), [agencies]);
  const rules = useMemo(() => routesAt(routes, municipalities, now), [routes, municipalities, now]);
  const groundOf = (name: string): string => groundAt(municipalities, name, now);
  return suggestRoutes(rules, {
    topic: topic?.topic ?? null,
    group: topic?.group ?? null,
    municipality: groundOf(place.municipality) || null,
    at,
    named: step.name === 'returned' && step.target !== null ? { agency: step.target, by: step.from } : null,
    history: pastRoutes(similar).map((past) => ({ ...past, municipality: groundOf(past.municipality) })),
    successorOf: (agency, matter) => workHolderAt(byId, agency, matter, now),
  });
}

/**
 * The answers of a card: the operator's own choice, else what the incident says. Suggestions are shown and
 * never chosen beforehand: on real messages the first topic was wrong two times in three, and one Enter sent
 * it. Who is proposed follows from the topic, so nobody is before there is one.
 */
export function useTriage(incident: Incident): Triage {
  const own = choicesOf(useConsole().hub);
  const similar = useSimilar(incident);
  const [, redraw] = useState(0);
  const suggestions = useSuggestions(incident);
  const chosen = own.get(incident.id) ?? {};
  const topic = chosen.topic ?? incident.classification;
  const place =
    chosen.place ?? (isEmptyPlace(incident.place) ? placeFrom(suggestions.place) : incident.place);
  const routes = useRoutes({ topic, place, at: incident.createdAt, similar, step: incident.step });
  const [first] = routes;
  return {
    suggestions,
    similar,
    routes,
    topic,
    place,
    addressee:
      chosen.addressee ??
      (topic === null || first === undefined ? null : { agency: first.agency, unit: first.unit ?? '' }),
    field: chosen.field ?? (topic === null ? 'topic' : 'route'),
    isFieldChosen: chosen.field !== undefined,
    choose: (change) => {
      untellHints();
      own.set(incident.id, { ...own.get(incident.id), ...change });
      redraw((count) => count + 1);
    },
    forget: () => void own.delete(incident.id),
  };
}
