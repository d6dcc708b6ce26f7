import { calendarFor } from '#shared/domain/agency-hours.ts';
import { yearsWithoutHolidays } from '#shared/domain/calendar.ts';
import { clocksOf, dayFraction } from '#shared/domain/clock.ts';
import { choosePolicy, dueAt } from '#shared/domain/deadline.ts';
import { firstPublished, type Assignment, type Incident, type Reply } from '#shared/domain/incident.ts';
import { isSensible, MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { isClosed } from '#shared/domain/step.ts';
import { formatLocalTimestamp, localTimeAt } from '#shared/domain/time-zone.ts';
import type { CellValue, ColumnKey, KnownCells } from './columns.ts';
import type { ExportContext } from './context.ts';
import { closingWord, outcomeWord, stepWord, typeWord, yesNoWord } from './words.ts';

type All = Readonly<Record<ColumnKey, CellValue>>;
type Part = KnownCells;

/**
 * All 47 cells of an incident as they follow from its events, by the rules read from a real export. Nothing
 * kept from a file.
 */
export function computedCells(incident: Incident, context: ExportContext): All {
  const { source, author, type, outcome, survey, satisfactionAt } = incident;
  const moment = (at: Instant | null): string =>
    at === null || !isSensible(at) ? '' : formatLocalTimestamp(context.calendar.data.zone, at);
  return {
    cabinet: context.regionName,
    id: incident.externalId ?? '',
    number: incident.number ?? '',
    ...firstReplyCells(incident, context, moment),
    ...agencyCells(incident, context, moment),
    ...endCells(incident, moment),
    step: stepWord(incident.step.name),
    createdAt: moment(incident.createdAt),
    ...subjectCells(incident),
    region: context.regionName,
    type: type === null ? '' : typeWord(type),
    outcome: outcome === null ? '' : outcomeWord(outcome),
    replyHasMedia: yesNoWord(
      incident.replies.some(({ publishedAt, hasMedia }) => publishedAt !== null && hasMedia),
    ),
    messageHasMedia: yesNoWord(source.hasMedia),
    postUrl: source.url,
    placeUrl: source.placeUrl,
    text: incident.text,
    audience: source.audience ?? '',
    engagement: source.engagement ?? '',
    authorUrl: author.url,
    account: incident.replies.findLast(({ account }) => account !== '')?.account ?? '',
    tags: incident.tags.join(','),
    notes: incident.notes.map(({ text }) => text).join(','),
    satisfactionAt: moment(satisfactionAt),
    surveySent: yesNoWord(survey?.sent ?? false),
  } as All;
}

/** T, U, W–AB: what it is about and where. */
const subjectCells = ({ classification, place }: Incident): Part => ({
  group: classification?.group ?? '',
  topic: classification?.topic ?? '',
  municipality: place.municipality,
  settlement: place.settlement,
  street: place.street,
  house: place.house,
  oldObject: '',
  object: place.object,
});

type Moment = (at: Instant | null) => string;

/** F–I: the first answer anyone published. */
function firstReplyCells(incident: Incident, { calendar }: ExportContext, moment: Moment): Part {
  const reply = firstPublished(incident);
  const at = reply?.publishedAt ?? null;
  const isCovered = at !== null && [incident.createdAt, at].every((moment) => isInCalendar(calendar, moment));
  return {
    firstReplyAt: moment(at),
    firstReplyText: reply?.text ?? '',
    firstReplyWall: span(incident.createdAt, at),
    firstReplyWorking: isCovered ? workingCell(calendar, incident.createdAt, at) : '',
  };
}

/** The registry's fraction of a day, or in words why there is none. */
function workingCell(calendar: ExportContext['calendar'], from: Instant, to: Instant): CellValue {
  const { workingMinutes } = clocksOf(calendar, from, to);
  if (workingMinutes !== null) return dayFraction(workingMinutes);
  return `нет производственного календаря за ${yearsWithoutHolidays(calendar, from, to).join(', ')}`;
}

/**
 * D, E, J–M, O, P, AJ–AL: ПИ is the last agency the incident was given to; what earlier ones did is not in
 * them.
 */
function agencyCells(incident: Incident, context: ExportContext, moment: Moment): Part {
  const last = incident.assignments.at(-1) ?? null;
  const replies = last === null ? [] : repliesOf(incident, last);
  const published = replies.filter((reply) => reply.publishedAt !== null);
  const sent = replies.find((reply) => reply.submittedAt !== null) ?? null;
  const answeredAt = published[0]?.publishedAt ?? null;
  const text = (index: number): string => published[index]?.text ?? '';
  return {
    agency: last === null ? '' : context.agencyName(last.agency),
    unit: last?.unit ?? '',
    assignedAt: moment(last?.at ?? null),
    agencyReplyAt: moment(answeredAt),
    agencyReaction: span(last?.at ?? null, sent?.submittedAt ?? null),
    agencyInTime:
      last === null || answeredAt === null ? '-' : inTimeWord(incident, last, answeredAt, context),
    submittedAt: moment(sent?.submittedAt ?? null),
    approvalTime: span(sent?.submittedAt ?? null, sent?.approvedAt ?? null),
    reply1: text(0),
    reply2: text(1),
    reply3: text(2),
  };
}

/** An agency may hold an incident twice: only what it answered in its last turn counts. */
const repliesOf = (incident: Incident, last: Assignment): Reply[] =>
  incident.replies.filter(
    (reply) => reply.agency === last.agency && (reply.publishedAt ?? reply.draftedAt) >= last.at,
  );

/**
 * «Уложились»: by the deadline that counts from the assignment, or, where the region has none, by the
 * first-reply one counted from it.
 */
function inTimeWord(
  incident: Incident,
  last: Assignment,
  answeredAt: Instant,
  { policies, calendar }: ExportContext,
): string {
  const { importance, classification, source } = incident;
  const query = {
    importance,
    group: classification?.group ?? null,
    topic: classification?.topic ?? null,
    agency: last.agency,
    network: source.network,
    at: last.at,
  };
  const policy =
    choosePolicy(policies, { ...query, start: 'assigned' }) ??
    choosePolicy(policies, { ...query, start: 'created' });
  if (policy === null || !isInCalendar(calendar, last.at)) return '-';
  return answeredAt <= dueAt(policy, last.at, calendarFor(calendar, last.agency)) ? 'Да' : 'Нет';
}

/** N, S, AM. */
function endCells({ step, closing, createdAt, survey }: Incident, moment: Moment): Part {
  const endedAt = closing?.at ?? (isClosed(step) ? step.since : null);
  return {
    lifetime: span(createdAt, endedAt),
    closedAt: moment(endedAt),
    closingReason: closing === null ? '' : closingWord(closing.reason, survey?.grade ?? null),
  };
}

/** A duration as a fraction of a day; empty while one end is missing. */
const span = (from: Instant | null, to: Instant | null): CellValue =>
  from === null || to === null ? '' : (to - from) / MS_PER_DAY;

/**
 * Tells whether the working calendar covers a moment; a year on each side is left for deadlines counted from
 * it.
 */
export function isInCalendar({ years, data }: ExportContext['calendar'], at: Instant): boolean {
  const year = Number(localTimeAt(data.zone, at).date.slice(0, 4));
  return year >= years.from && year < years.to;
}
