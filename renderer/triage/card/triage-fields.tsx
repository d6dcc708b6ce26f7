import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { assertNever } from '#shared/domain/must.ts';
import type { Incident, Place } from '#shared/domain/incident.ts';
import type { RouteCandidate, RouteReason } from '#shared/domain/routing.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, municipalityName, type Reference } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/triage/fields/card.module.css';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { CardField, CardOption } from './card-field.tsx';
import { isEmptyPlace } from './suggestions.ts';
import type { Addressee, Triage } from './use-triage.ts';

interface FieldProps {
  readonly incident: Incident;
  readonly triage: Triage;
  readonly onOther: () => void;
}

const percent = (share: number): string => `${Math.round(share * 100)}\u00A0%`;

export const TopicField = ({ incident, triage, onOther }: FieldProps) => {
  const { t } = useTranslation();
  const { topic, suggestions, field, choose } = triage;
  const isListed = suggestions.topics.some((suggested) => suggested.topic === topic?.topic);
  return (
    <CardField
      label={t('field.topic')}
      hotkey="topic"
      isActive={field === 'topic'}
      onActivate={() => choose({ field: 'topic' })}
    >
      {topic !== null && !isListed && (
        <CardOption
          digit={null}
          isChosen
          onChoose={onOther}
          evidence={incident.classification?.topic === topic.topic ? '' : t('card.yourChoice')}
        >
          {`${topic.group} · ${topicLabel(topic.topic)}`}
        </CardOption>
      )}
      {suggestions.topics.map(({ group, topic: name, share, words }, index) => (
        <CardOption
          key={name}
          digit={String(index + 1)}
          isChosen={topic?.topic === name}
          evidence={[
            words
              .slice(0, 2)
              .map((word) => t('card.word', { word }))
              .join(', '),
            suggestions.topics.length > 1 ? percent(share) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
          onChoose={() => choose({ topic: { group, topic: name }, field: 'place' })}
        >
          {`${group} · ${topicLabel(name)}`}
        </CardOption>
      ))}
      <CardOption digit="0" isChosen={false} onChoose={onOther}>
        {t('card.otherTopic')}
      </CardOption>
    </CardField>
  );
};

export const placeWords = (place: Place, reference: Reference): string =>
  [
    municipalityName(reference, place.municipality),
    place.settlement,
    [place.street, place.house].filter(Boolean).join(', '),
    place.object,
  ]
    .filter((part, index, all) => part !== '' && all.indexOf(part) === index)
    .join(' · ');

export const PlaceField = ({ incident, triage, onOther }: FieldProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const { place, field, choose } = triage;
  const isRead = isEmptyPlace(incident.place) && !isEmptyPlace(place);
  return (
    <CardField
      label={t('field.place')}
      hotkey="place"
      isActive={field === 'place'}
      onActivate={() => choose({ field: 'place' })}
    >
      {!isEmptyPlace(place) && (
        <CardOption
          digit="1"
          isChosen
          evidence={isRead ? t('card.fromText') : ''}
          onChoose={() => choose({ place, field: 'route' })}
        >
          {placeWords(place, reference)}
        </CardOption>
      )}
      <CardOption digit="0" isChosen={false} onChoose={onOther}>
        {isEmptyPlace(place) ? t('card.noPlace') : t('card.otherPlace')}
      </CardOption>
    </CardField>
  );
};

export const DuplicatesField = ({
  triage,
  onMerge,
}: {
  readonly triage: Triage;
  readonly onMerge: (row: QueueRow) => void;
}) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { similar, field, choose } = triage;
  return (
    <CardField
      label={t('field.duplicates')}
      hotkey="duplicates"
      isActive={field === 'duplicates'}
      onActivate={() => choose({ field: 'duplicates' })}
    >
      {similar.length === 0 && <div className={classes['none']}>{t('card.noDuplicates')}</div>}
      {similar.slice(0, 3).map((row, index) => (
        <CardOption
          key={row.id}
          digit={String(index + 1)}
          isChosen={false}
          evidence={row.text.length > 44 ? `${row.text.slice(0, 43)}…` : row.text}
          onChoose={() => onMerge(row)}
        >
          {[
            row.number === null ? t('card.noNumber') : t('card.number', { number: row.number }),
            t(`step.${row.step}`),
            when.short(row.createdAt, now),
          ].join(' · ')}
        </CardOption>
      ))}
    </CardField>
  );
};

interface Known {
  readonly similar: readonly QueueRow[];
  readonly reference: Reference;
}

function reasonWords(reason: RouteReason, t: TFunction, { similar, reference }: Known): string {
  switch (reason.kind) {
    case 'named':
      return t('routeReason.named', { agency: agencyName(reference, reason.by) });
    case 'topic_and_place':
    case 'topic':
    case 'group_and_place':
    case 'group':
    case 'place_default':
      return t(`routeReason.${reason.kind}`);
    case 'similar_incident':
      return t('routeReason.similar_incident', {
        number: similar.find(({ id }) => id === reason.incident)?.number ?? '',
      });
    default:
      return assertNever(reason);
  }
}

/** The agency's name with its unit. */
export const addresseeName = (reference: Reference, { agency, unit }: Addressee): string =>
  [agencyName(reference, agency), unit].filter(Boolean).join(' · ');

/** The route behind the addressee; none where the operator named somebody else. */
const routeOf = ({ routes, addressee }: Triage): RouteCandidate | undefined =>
  routes.find(({ agency, unit }) => agency === addressee?.agency && (unit ?? '') === addressee.unit);

/** Says why the chosen agency is the addressee; empty while none is chosen. */
export function useAddresseeReason(triage: Triage): string {
  const { t } = useTranslation();
  const reference = useReference();
  if (triage.addressee === null) return '';
  const route = routeOf(triage);
  if (route === undefined) return t('card.yourChoice');
  return reasonWords(route.reason, t, { similar: triage.similar, reference });
}

export const RouteField = ({ triage, onOther }: Omit<FieldProps, 'incident'>) => {
  const { t } = useTranslation();
  const reference = useReference();
  const { routes, addressee, similar, field, choose } = triage;
  const chosen = routeOf(triage);
  return (
    <CardField
      label={t('field.addressee')}
      hotkey="route"
      isActive={field === 'route'}
      onActivate={() => choose({ field: 'route' })}
    >
      {addressee !== null && chosen === undefined && (
        <CardOption digit={null} isChosen evidence={t('card.yourChoice')} onChoose={onOther}>
          {addresseeName(reference, addressee)}
        </CardOption>
      )}
      {routes.map((route, index) => (
        <CardOption
          key={`${route.agency} ${route.unit ?? ''}`}
          digit={String(index + 1)}
          isChosen={route === chosen}
          evidence={reasonWords(route.reason, t, { similar, reference })}
          onChoose={() =>
            choose({ addressee: { agency: route.agency, unit: route.unit ?? '' }, field: 'route' })
          }
        >
          {addresseeName(reference, { agency: route.agency, unit: route.unit ?? '' })}
        </CardOption>
      ))}
      <CardOption digit="0" isChosen={false} onChoose={onOther}>
        {routes.length === 0 ? t('card.noRoute') : t('card.otherAgency')}
      </CardOption>
    </CardField>
  );
};
