import type { TFunction } from 'i18next';
import type { Instant } from '#shared/domain/instant.ts';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import type { Tone } from '#renderer/kit/layout/health-line.tsx';
import type { When } from '#renderer/kit/words/when.ts';
import type { ChannelProblem, LoggedEvent, ListedPage } from '#renderer/kit/api/channels-api.ts';

interface Readers {
  readonly t: TFunction;
  readonly when: When;
  readonly now: Instant;
  readonly language: Language;
}

/** One line of a page's health. `tone` colours the dot and is always said by the words too. */
export interface Health {
  readonly tone: Tone;
  readonly text: string;
}

/**
 * Names a field, describes it, or says how it is wrong (`part`): in the network's own sentence
 * (`channels.formHint.max.token`) where it has one, else in the general one (`channels.formHint.token`).
 */
export const formWords = (
  part: 'form' | 'formHint' | 'formWrong',
  field: string,
  network: string,
  t: TFunction,
): string => t(`channels.${part}.${network}.${field}`, { defaultValue: t(`channels.${part}.${field}`) });

/** Says what is wrong with a page of this network and what to do about it. */
export const pageProblemWords = ({ kind, detail }: ChannelProblem, network: string, t: TFunction): string =>
  t(`channels.problem.${network}.${kind}`, {
    detail,
    defaultValue: t(`channels.problem.${kind}`, { detail }),
  });

function lastEvent(moment: Instant, { t, when, now, language }: Readers): string {
  const minutes = (now - moment) / MS_PER_MINUTE;
  if (minutes < 1) return t('channels.lastEventNow');
  const ago = formatDuration(minutes, language, { days: true });
  return t('channels.lastEvent', { at: when.short(moment, now), ago });
}

/** Sums up a page's health: its trouble first, then how long ago it last brought an event. */
export function healthOf(page: ListedPage, { t, when, now, language }: Readers): Health {
  const { network, state, trouble, lastEventAt, health } = page;
  if (state !== 'active') return { tone: 'waiting', text: t(`channels.state.${state}`) };
  const last =
    lastEventAt === null ? t('channels.noEvents') : lastEvent(lastEventAt, { t, when, now, language });
  if (trouble !== null) return { tone: 'bad', text: `${pageProblemWords(trouble, network, t)} ${last}` };
  if (health.silentSince !== null || health.limitUntil !== null || health.unread > 0)
    return { tone: 'warn', text: last };
  return { tone: lastEventAt === null ? 'waiting' : 'good', text: last };
}

/** Tells whether a page is down or unusually silent: news for everybody, not only for its administrator. */
export const isDown = ({ state, trouble, health }: ListedPage): boolean =>
  state === 'active' &&
  ((trouble !== null && trouble.kind !== 'limit_reached') || health.silentSince !== null);

/** Further sentences about a page's health: silence, limits, unread events, delay. */
export function healthNotes(
  { state, health }: ListedPage,
  { t, when, now, language }: Readers,
): readonly string[] {
  const { delayMs, silentSince, limitUntil, needsYou, unread } = health;
  if (state !== 'active') return unread === 0 ? [] : [t('channels.health.unread', { count: unread })];
  const span = (ms: number): string => formatDuration(ms / MS_PER_MINUTE, language, { days: true });
  return [
    silentSince === null ? '' : t('channels.health.silent', { ago: span(now - silentSince) }),
    limitUntil === null ? '' : t('channels.health.limit', { at: when.short(limitUntil, now) }),
    unread === 0 ? '' : t('channels.health.unread', { count: unread }),
    needsYou === 0 ? '' : t('channels.health.needsYou', { count: needsYou }),
    delayMs === null || delayMs < MS_PER_MINUTE ? '' : t('channels.health.delay', { span: span(delayMs) }),
  ].filter((note) => note !== '');
}

/** Says when the centre last looked for events that callbacks missed, and how many it has found so far. */
export function caughtUpWords({ caughtUpAt, recovered }: ListedPage, { t, when, now }: Readers): string {
  if (caughtUpAt === null) return t('channels.neverCaughtUp');
  return t('channels.caughtUp', { at: when.short(caughtUpAt, now), recovered });
}

/** Names the kind of an event; a kind this version has no word for stands as the network writes it. */
export const eventWords = ({ kind }: LoggedEvent, t: TFunction): string =>
  t(`channels.event.${kind}`, { defaultValue: kind });

/**
 * Says why an event did not enter the queue. A reason may carry a name after a colon
 * (server/channels/inbox/take-events.ts).
 */
export function reasonWords({ reason, state }: LoggedEvent, t: TFunction): string {
  const text = reason ?? state;
  const [kind = ''] = text.split(':', 1);
  const detail = text.slice(kind.length + 1);
  if (kind === 'refused' && detail === 'no_words') return t('channels.reason.no_words');
  const shown = kind === 'kind_off' ? t(`channels.kind.${detail}`, { defaultValue: detail }) : detail;
  return t(`channels.reason.${kind}`, { detail: shown, defaultValue: text });
}

/** True when a logged event could not be read: a resident's message may be in it, so a person has to look. */
export const isUnread = ({ state }: LoggedEvent): boolean => state === 'failed' || state === 'unknown';

/** Reasons that are rules of the page: such a message may be taken into work all the same. */
const RULES = new Set(['no_watch_word', 'stop_word', 'ignored_author', 'kind_off']);

/** True when a logged event is a resident's message that only a rule kept out of the queue. */
export const isTakable = ({ state, reason }: LoggedEvent): boolean =>
  state === 'logged' && RULES.has(reason?.split(':', 1)[0] ?? '');
