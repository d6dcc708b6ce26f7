import type { Attachment } from './attachment.ts';
import type { Instant } from './instant.ts';
import type { EnteredLater } from './moment-of-act.ts';
import type { Step } from './step.ts';

/** «Тип инцидента», column AC. */
export const INCIDENT_TYPES = ['solvable', 'informational', 'unsolvable'] as const;
export type IncidentType = (typeof INCIDENT_TYPES)[number];

/** «Итог», column AD: Решено, Разъяснено, Не решено, Отложено, Перенаправлено. */
export const OUTCOMES = ['solved', 'explained', 'not_solved', 'postponed', 'forwarded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** «Причина закрытия», column AM. `grade` is a survey mark in place of words. */
export const CLOSING_REASONS = ['author_pleased', 'author_silent', 'dialogue_pointless', 'grade'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** Importance as the centre sees it; the registry has no column for it. */
export const IMPORTANCES = ['ordinary', 'high'] as const;
export type Importance = (typeof IMPORTANCES)[number];

/** The rule that gave an incident its importance, as it was called then, and what spoke for it. */
export interface RuledBy {
  readonly rule: string;
  readonly name: string;
  /** The word or phrase of the rule that the message holds. */
  readonly word?: string;
  /** The topic or the group that the rule is for. */
  readonly topic?: string;
  /** So many messages on its address and topic within so many hours. */
  readonly messages?: number;
  readonly hours?: number;
}

/** Networks a message may come from; `other` is also what comes past them. */
export const NETWORKS = ['vk', 'ok', 'telegram', 'max', 'other'] as const;
export type Network = (typeof NETWORKS)[number];

/**
 * The last five come past the networks. A new one is added at the end: consoles keep the place in this list.
 */
export const MESSAGE_KINDS = [
  'comment',
  'post',
  'direct',
  'other',
  'phone',
  'letter',
  'visit',
  'screenshot',
  'portal',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/**
 * The place of a message in its network, as columns AG, AH, AN and AO tell it. Empty strings where the source
 * did not say.
 */
export interface Source {
  readonly network: Network;
  readonly kind: MessageKind;
  /** «Урл поста», AG. */
  readonly url: string;
  /** «Урл блога», AH: the community, channel or profile. */
  readonly placeUrl: string;
  /** «Аудитория», AN: subscribers of that place. */
  readonly audience: number | null;
  /** «Вовлеченность», AO. */
  readonly engagement: number | null;
  readonly hasMedia: boolean;
}

/** Kept to the minimum the work needs; hidden from observers. */
export interface Author {
  readonly name: string;
  readonly url: string;
}

/**
 * Columns W–AB; empty strings where unknown. `municipality` is the directory's name, as the registry writes
 * it.
 */
export interface Place {
  readonly municipality: string;
  readonly settlement: string;
  readonly street: string;
  readonly house: string;
  /** «Объект», AB: a named object such as «Школа № 58». */
  readonly object: string;
}

/** The place of an incident of which nothing is known yet. */
export const NO_PLACE: Place = { municipality: '', settlement: '', street: '', house: '', object: '' };

/** «Группа тем» and «Тема», columns U and T, by the dictionary's names. */
export interface Classification {
  readonly group: string;
  readonly topic: string;
}

/** One turn of an agency at the incident; never overwritten, so columns J–M, O, P stay computable. */
export interface Assignment {
  readonly agency: string;
  readonly unit: string;
  readonly at: Instant;
  readonly by: string;
  /** Moments when the agency took it to work, and when its turn ended; `returned`: the reason it gave. */
  readonly takenAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly returned: string | null;
}

/** Kinds of replies: one that ends the matter, and one that names what comes next. */
export const REPLY_KINDS = ['final', 'interim'] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** How exactly a promise names its time: to the minute, a day, or some day of a longer time. */
export const PROMISE_PRECISIONS = ['hour', 'day', 'period'] as const;
export type PromisePrecision = (typeof PROMISE_PRECISIONS)[number];

/** A promise with a date found in a reply and confirmed by the operator. */
export interface PromiseDraft {
  readonly due: Instant;
  readonly phrase: string;
  /** Absent in promises that an earlier release found. */
  readonly precision?: PromisePrecision | undefined;
}

/** Ways in which an agency's answer comes to the centre past Pult. */
export const ANSWER_WAYS = ['phone', 'paper'] as const;
export type AnswerWay = (typeof ANSWER_WAYS)[number];

/** How and when an agency's answer came to the centre, where a person of the centre wrote it down. */
export interface CameAnswer {
  readonly way: AnswerWay;
  readonly at: Instant;
}

/** How far a reply has come. */
export type ReplyState = 'draft' | 'submitted' | 'sent_back' | 'approved' | 'published';

/** One answer to the resident, through draft, approval and publication. */
export interface Reply {
  readonly text: string;
  readonly kind: ReplyKind;
  readonly agency: string;
  readonly by: string;
  readonly state: ReplyState;
  readonly draftedAt: Instant;
  readonly submittedAt: Instant | null;
  readonly approvedAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly sentBackReason: string | null;
  /** The text that was sent back last, so that the approver sees what became of it; absent before. */
  readonly sentBackText?: string;
  /** «Аккаунт публикации ответа», AQ: empty when published by hand without one. */
  readonly account: string;
  readonly link: string;
  readonly hasMedia: boolean;
  readonly promises: readonly PromiseDraft[];
  /** Files that go out with it. */
  readonly attachments?: readonly Attachment[];
  /** The id of the template it was begun with; absent where there was none. */
  readonly template?: string;
  /** Absent where the agency wrote it here, or the centre answers by itself. */
  readonly came?: CameAnswer;
}

/** A later message of the author in the same thread. */
export interface Message {
  readonly text: string;
  readonly at: Instant;
  readonly url: string;
  /**
   * The name of whoever wrote it, where that is another person than the incident's author: one of those whose
   * message was merged into it.
   */
  readonly author?: string;
  /** Addresses of its photos in the network. */
  readonly media?: readonly string[];
  /** Files that whoever wrote it down here added. */
  readonly attachments?: readonly Attachment[];
}

/** A change of a message in its network after it came here. Our copy stays as it was. */
export interface SourceChange {
  /** 0 is the incident's own text, n the n-th of `messages`. */
  readonly message: number;
  readonly at: Instant;
  /** The text there since then; null when it is deleted there. */
  readonly text: string | null;
}

/** A note of a colleague: «Примечание», column AS. */
export interface Note {
  /** '' where the files say it. */
  readonly text: string;
  readonly at: Instant;
  readonly by: string;
  readonly attachments?: readonly Attachment[];
}

/** States of a promise made in a reply. */
export const PROMISE_STATES = ['open', 'kept', 'broken', 'cancelled'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

/** A dated control born of a published reply. `id` is its place in the incident, from 0. */
export interface PromiseControl {
  readonly id: number;
  readonly due: Instant;
  readonly phrase: string;
  readonly state: PromiseState;
  /** Absent in promises that an earlier release found. */
  readonly precision?: PromisePrecision | undefined;
}

/** The deadline that runs now: `at` follows from `policy` counted from `from`. */
export interface Due {
  readonly at: Instant;
  readonly policy: string;
  readonly from: Instant;
}

/**
 * Parts of a registry row that events do not carry: unknown columns, and durations with sub-second
 * fractions.
 */
export interface ImportedRow {
  /**
   * Cells the events do not carry: unknown columns by their header, known ones by `#` and their letter in the
   * registry's order, mentions taken out of a text by `@` and its letter (shared/exchange/kept-cells.ts).
   */
  readonly cells: Readonly<Record<string, string | number>>;
  /** `version` of the incident right after the import: a higher one means work was done here since. */
  readonly version: number;
  /** Digest of the whole row: an equal one means the file brings nothing new. */
  readonly fingerprint: string;
}

/** One line of the incident's life as shown to a person. `detail` holds only what the line needs. */
export interface HistoryEntry {
  readonly event: string;
  readonly at: Instant;
  readonly by: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
  /** The moment the workstation had named: nobody believes it, so the line counts as entered at `at`. */
  readonly claimed?: Instant;
  /** It happened at `at` and was entered later, by a person who said why. */
  readonly entered?: EnteredLater;
  /** It was taken back since, and counts nowhere. */
  readonly undone?: true;
}

/** Fields of an incident as they were before an act that is taken back. */
export type Restored = Partial<
  Pick<
    Incident,
    | 'classification'
    | 'place'
    | 'importance'
    | 'holder'
    | 'step'
    | 'assignments'
    | 'tags'
    | 'promises'
    | 'due'
  >
>;

/** An act that its author may take back (shared/domain/undo.ts). */
export interface Undoable {
  /** Id of the command. */
  readonly command: string;
  /** Its place in `history`. */
  readonly line: number;
  readonly back: Restored;
}

/**
 * A resident's message and everything that happened to it. Made only by `evolve`; plain JSON, so the same
 * shape lies in PostgreSQL, in IndexedDB and on the wire.
 */
export interface Incident {
  readonly id: string;
  readonly region: string;
  /** «Номер инцидента», C: given by the API in its order; null on a console that registered it offline. */
  readonly number: number | null;
  /** «ID», B: the registry's own, for imported incidents. */
  readonly externalId: number | null;
  /** Count of events folded in. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly source: Source;
  readonly author: Author;
  readonly text: string;
  /** Addresses of the message's photos in its network; absent where it has none. */
  readonly media?: readonly string[];
  /** Files added at registration by hand: a screenshot, a letter. */
  readonly attachments?: readonly Attachment[];
  /** The incident whose talk goes on here, because it holds no more (shared/domain/fullness.ts). */
  readonly continues?: string;
  readonly classification: Classification | null;
  readonly type: IncidentType | null;
  readonly place: Place;
  readonly importance: Importance;
  /** Absent where no rule gave the importance, or a person has chosen since. */
  readonly ruled?: RuledBy;
  readonly step: Step;
  /** The operator who works on it now, so that two never answer one author. */
  readonly holder: string | null;
  readonly assignments: readonly Assignment[];
  readonly replies: readonly Reply[];
  readonly messages: readonly Message[];
  /** Absent until something changed at the source: few incidents have any. */
  readonly sourceChanges?: readonly SourceChange[];
  readonly outcome: Outcome | null;
  readonly closing: { readonly reason: ClosingReason; readonly at: Instant } | null;
  /** Survey: when it was sent and the mark 1–5 that came back. */
  readonly survey: { readonly sent: boolean; readonly grade: number | null } | null;
  readonly satisfactionAt: Instant | null;
  readonly notes: readonly Note[];
  readonly tags: readonly string[];
  readonly promises: readonly PromiseControl[];
  readonly due: Due | null;
  readonly imported: ImportedRow | null;
  readonly history: readonly HistoryEntry[];
  /** Acts that may be taken back now, the newest last; absent where there are none. */
  readonly undoable?: readonly Undoable[];
}

/** The assignment that is running, if any agency holds the incident. */
export function currentAssignment(incident: Incident): Assignment | null {
  const last = incident.assignments.at(-1);
  return last && last.endedAt === null ? last : null;
}

/** The agency that holds the incident now, or null while it is the centre's. */
export const currentAgency = (incident: Incident): string | null =>
  currentAssignment(incident)?.agency ?? null;

/** The first answer anyone published: what both clocks stop at («Общее время первого ответа», F). */
export function firstPublished(incident: Incident): Reply | null {
  let first: Reply | null = null;
  for (const reply of incident.replies) {
    if (reply.publishedAt === null) continue;
    if (first === null || reply.publishedAt < (first.publishedAt ?? Infinity)) first = reply;
  }
  return first;
}

/**
 * Gives the text of a message (0: the first) in its network now; null when it is deleted there, or was never
 * here.
 */
export function textAtSource(incident: Incident, message: number): string | null {
  const last = incident.sourceChanges?.findLast((change) => change.message === message);
  if (last !== undefined) return last.text;
  return message === 0 ? incident.text : (incident.messages[message - 1]?.text ?? null);
}

/** Addresses of the photos of a message (0: the first) in its network. */
export const mediaOf = (incident: Incident, message: number): readonly string[] =>
  (message === 0 ? incident.media : incident.messages[message - 1]?.media) ?? [];

/** Tells whether the person wrote the text of the reply being worked on: whoever changed it last did. */
export const isOwnReply = (incident: Incident, { id }: { readonly id: string }): boolean =>
  openReply(incident)?.by === id;

/** The reply being worked on: drafted, on approval, sent back or waiting to be published. */
export function openReply(incident: Incident): Reply | null {
  const last = incident.replies.at(-1);
  return last && last.state !== 'published' ? last : null;
}
