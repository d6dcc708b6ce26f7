import type { Incident, Place } from '#shared/domain/incident.ts';
import type { PastRoute } from '#shared/domain/routing.ts';
import { findPlace, type FoundPlace } from '#shared/text/place.ts';
import { topicLexicon } from '#shared/text/topic-lexicon.ts';
import {
  buildTopicModel,
  suggestTopics,
  type TopicModel,
  type TopicSuggestion,
} from '#shared/text/topic-suggest.ts';
import { topicsInForce, type Reference, type TopicRow } from '#renderer/kit/context/reference.ts';
import type { QueueRow } from '#renderer/data/store/console-store.ts';

/** Topics and place read from the text: for a person to confirm with one key, never decided for them. */
export interface Suggestions {
  readonly topics: readonly TopicSuggestion[];
  readonly place: FoundPlace;
}

const models = new WeakMap<readonly TopicRow[], Map<string, TopicModel>>();

function modelFor(reference: Reference, at: number): TopicModel {
  const byYears = models.get(reference.topics) ?? new Map<string, TopicModel>();
  models.set(reference.topics, byYears);
  const topics = topicsInForce(reference, at);
  const key = `${topics.length} ${topics[0]?.validFrom ?? ''}`;
  const model = byYears.get(key) ?? buildTopicModel(topics, topicLexicon);
  byYears.set(key, model);
  return model;
}

/** Reads topic and place from the message. */
export const suggestFor = (incident: Incident, reference: Reference): Suggestions => ({
  topics: suggestTopics(modelFor(reference, incident.createdAt), incident.text),
  place: findPlace(incident.text, reference),
});

export const isEmptyPlace = (place: Place): boolean => Object.values(place).every((part) => part === '');

export const placeFrom = ({ municipality, settlement, street, house, object }: FoundPlace): Place => ({
  municipality: municipality ?? '',
  settlement: settlement ?? '',
  street: street ?? '',
  house: house ?? '',
  object: object ?? '',
});

/** Routes that similar messages took, as evidence for the routing table. */
export const pastRoutes = (similar: readonly QueueRow[]): readonly PastRoute[] =>
  similar.flatMap((row): PastRoute[] =>
    row.agency === null
      ? []
      : [
          {
            incident: row.id,
            agency: row.agency,
            unit: '',
            topic: row.topic || null,
            municipality: row.municipality,
            at: row.createdAt,
            wasReturned: row.step === 'returned',
          },
        ],
  );
