import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isSensible } from '#shared/domain/instant.ts';
import {
  NETWORKS,
  PROMISE_PRECISIONS,
  type HistoryEntry,
  type Incident,
  type Network,
} from '#shared/domain/incident.ts';
import { withOldValues, type TracedEntry } from '#shared/domain/old-values.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName, templateName, type Reference } from '#renderer/kit/context/reference.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { promiseDate } from '#renderer/kit/words/use-promise-words.ts';
import { actorWords } from '#renderer/kit/words/actor-words.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { When } from '#renderer/kit/words/when.ts';
import { usePageNews } from '#renderer/kit/api/use-pages.ts';
import { changeWords, joinedParts } from './change-words.ts';
import styles from './incident.module.css';
import { joinedAt } from '#renderer/triage/acts/joining.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';

interface Readers {
  readonly t: TFunction;
  readonly reference: Reference;
  readonly when: When;
  readonly now: number;
}

const text = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

type Detail = HistoryEntry['detail'];
type Parts = Readonly<Record<string, (detail: Detail) => readonly string[]>>;

/** Values that an event put in the place of others: the topic, the addressee, the deadline of a promise. */
const valuesBy = ({ t, reference, when, now }: Readers): Parts => {
  const time = (value: string | number | null | undefined): string =>
    typeof value === 'number' ? when.short(value, now) : '';
  return {
    classified: (detail) => [text(detail['group']), topicLabel(text(detail['topic']))],
    typed: (detail) => [t(`type.${text(detail['type'])}`)],
    placed: (detail) => [text(detail['place'])],
    importance_set: (detail) => [t(`importance.${text(detail['importance'])}`)],
    importance_ruled: (detail) => [t(`importance.${text(detail['importance'])}`)],
    routed: (detail) => [agencyName(reference, text(detail['agency'])), text(detail['unit'])],
    deferred: (detail) => [time(detail['until'])],
    outcome_set: (detail) => [t(`outcome.${text(detail['outcome'])}`)],
    survey_recorded: ({ grade }) =>
      grade === null || grade === undefined ? [''] : [t('history.grade', { grade })],
    promise_edited: (detail) => [t(`promiseState.${text(detail['state'])}`), time(detail['due'])],
  };
};

/** The rest of what a line says beside the event's name: reasons, people, kinds. */
const notesBy = ({ t, reference, when, now }: Readers): Parts => {
  const reason = (detail: Detail): readonly string[] => [text(detail['reason'])];
  return {
    importance_set: reason,
    importance_ruled: ({ rule, word, messages, hours }) => [
      rule === undefined ? t('history.noRule') : t('ruled.rule', { name: rule }),
      word === undefined ? '' : t('ruled.word', { word }),
      messages === undefined ? '' : t('ruled.count', { count: Number(messages), hours }),
    ],
    claimed: (detail) => [personName(reference, text(detail['holder']))],
    routed: reason,
    returned_to_centre: (detail) => [
      text(detail['reason']),
      detail['target'] ? t('history.target', { agency: agencyName(reference, text(detail['target'])) }) : '',
    ],
    reply_drafted: ({ kind, way, cameAt, template }) => [
      t(`replyKind.${text(kind)}`),
      template === undefined
        ? ''
        : t('history.byTemplate', { name: templateName(reference, text(template)) }),
      typeof cameAt === 'number' ? t(`came.${text(way)}`, { at: when.short(cameAt, now) }) : '',
    ],
    reply_submitted: ({ warnings }) => [
      warnings === undefined ? '' : t('history.overlooked', { count: Number(warnings) }),
    ],
    reply_approved: (detail) => [detail['own'] === 1 ? t('history.ownApproval') : ''],
    reply_sent_back: reason,
    reply_published: (detail) => [text(detail['account'])],
    deferred: reason,
    closed: (detail) => [t(`closing.${text(detail['reason'])}`)],
    reopened: reason,
    rejected: (detail) => [t(`rejectReason.${text(detail['reason'])}`), text(detail['comment'])],
    joined: (detail) => [
      detail['number'] === null ? t('card.noNumber') : t('card.number', { number: detail['number'] }),
      text(detail['author']) || t('card.noAuthor'),
      t(`network.${text(detail['network'])}`),
    ],
    tagged: (detail) => [text(detail['tags'])],
    source_changed: (detail) => [t(`source.${text(detail['state'])}`)],
    undone: (detail) => [
      t(`history.${text(detail['act'])}`),
      detail['reopens'] === undefined ? '' : t('history.reopened').toLowerCase(),
    ],
  };
};

/** «Было до 10 июля, стало до 20 июля, потому что …»: a moved promise is told in one sentence. */
function movedDetail({ detail, was = {} }: TracedEntry, { t, reference, when, now }: Readers): string {
  const until = ({ due, precision }: Detail): string =>
    typeof due === 'number'
      ? promiseDate({ due, precision: memberOf(PROMISE_PRECISIONS, precision) }, now, reference, when, t)
      : '';
  return t('history.promiseMoved', { was: until(was), due: until(detail), reason: text(detail['reason']) });
}

/** Details of a history entry besides the event's name: the old value and the new one, the reason. */
function detailOf(entry: TracedEntry, readers: Readers): string {
  const { event, detail, was } = entry;
  if (event === 'promise_moved') return movedDetail(entry, readers);
  const values = valuesBy(readers)[event];
  const is = values?.(detail) ?? [];
  const told = was === undefined ? joinedParts(is) : changeWords(values?.(was) ?? [], is);
  return joinedParts([told, ...(notesBy(readers)[event]?.(detail) ?? [])]);
}

/**
 * Deadlines follow from other events and stand on the card; as lines of their own they would only be noise.
 */
const isTold = ({ event }: HistoryEntry): boolean => event !== 'due_set';

/** Struck out where it was taken back; a screen reader says so too. */
const Line = ({ isUndone, children }: { readonly isUndone: boolean; readonly children: ReactNode }) =>
  isUndone ? <del>{children}</del> : children;

/** Messages that were joined to an incident, as lines of its own life: its row does not hold them. */
export const joinings = (joined: readonly Incident[]): readonly HistoryEntry[] =>
  joined.flatMap((child) => {
    const joining = joinedAt(child);
    const { number, author, source } = child;
    const detail = { number, author: author.name, network: source.network };
    return joining === null ? [] : [{ event: 'joined', ...joining, detail }];
  });

interface EntryWords {
  readonly what: string;
  readonly who: string;
  readonly at: string;
}

/**
 * Gives the words of an entry: what happened, by whose hand, when. `network`: the incident's, for consoles
 * that know nothing of the centre's pages.
 */
export function useHistoryWords(network: Network | null = null): (entry: TracedEntry) => EntryWords {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const pages = usePageNews();
  /** A page acts by itself: its name where this console knows it. */
  const pageOf = (id: string) => {
    const page = pages.find((each) => each.id === id);
    return { network: memberOf(NETWORKS, page?.network) ?? network, name: page?.name ?? '' };
  };
  /** A moment long past or of no calendar is shown as it was claimed, or as a dash. */
  const lateWords = (claimed: number): string => t('history.enteredLater', { at: when.full(claimed) });
  const notes = ({ claimed, entered }: HistoryEntry): readonly string[] => [
    ...(claimed === undefined ? [] : [lateWords(claimed)]),
    ...(entered === undefined
      ? []
      : [t('history.enteredAfterwards', { at: when.full(entered.at) }), ...[entered.reason].filter(Boolean)]),
  ];
  return (entry) => {
    const detail = detailOf(entry, { t, reference, when, now });
    const name = t(`history.${entry.event}`, { defaultValue: entry.event });
    const what = detail === '' ? name : `${name}: ${detail}`;
    return {
      what: [what, ...notes(entry)].join(' · '),
      who: actorWords(entry.by, t, reference, pageOf),
      at: when.short(entry.at, now),
    };
  };
}

interface HistoryProps {
  readonly incident: Incident;
  readonly joined?: readonly Incident[];
}

/** The life of an incident, newest first. */
export const History = ({ incident, joined = [] }: HistoryProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  const words = useHistoryWords(incident.source.network);
  const lines = [...withOldValues(incident).filter(isTold), ...joinings(joined)]
    .toSorted((a, b) => (joined.length === 0 ? 0 : a.at - b.at))
    .map((entry, index) => ({ entry, key: index }))
    .toReversed();
  return (
    <ol className={styles['history']} aria-label={t('incident.history')}>
      {lines.map(({ entry, key }) => {
        const { what, who, at } = words(entry);
        return (
          <li key={key}>
            <time
              dateTime={isSensible(entry.at) ? new Date(entry.at).toISOString() : undefined}
              title={when.full(entry.at)}
            >
              {at}
            </time>
            <div>
              <Line isUndone={entry.undone === true}>{what}</Line>
              <small>{who}</small>
            </div>
          </li>
        );
      })}
    </ol>
  );
};
