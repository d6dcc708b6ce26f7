import type { CompiledCalendar } from '../calendar.ts';
import type { MessageKind, Network } from '../incident.ts';
import type { Instant } from '../instant.ts';

/** Kinds of warnings, in the order they are shown: first what must never go out. */
export const WARNING_KINDS = [
  'variable',
  'personal_data',
  'wrong_name',
  'familiar',
  'too_long',
  'link',
  'repeated',
  'as_others',
  'off_topic',
  'greeting',
  'small_you',
  'no_measure',
  'undated_promise',
  'no_date',
  'no_responsible',
  'officialese',
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

/**
 * Kinds that a region may demand: a rule tells them from the text alone, and every right reply can meet them.
 * The others are guesses about what words mean, and a right reply might never get past one.
 */
export const DEMANDABLE_KINDS = [
  'variable',
  'personal_data',
  'too_long',
  'link',
  'greeting',
  'undated_promise',
] as const satisfies readonly WarningKind[];
export type DemandableKind = (typeof DEMANDABLE_KINDS)[number];

/** Something in a reply that its author had better look at; it lies at `start` … `end` of the text. */
export interface ReplyWarning {
  readonly kind: WarningKind;
  readonly start: number;
  readonly end: number;
  /** The plainer wording of officialese, the name of the message's author, or the most letters allowed. */
  readonly instead?: string;
}

/** The message a reply answers, and what else its check looks at. */
export interface CheckedContext {
  readonly message: string;
  /** Empty where it is not known. */
  readonly authorName: string;
  readonly network: Network;
  readonly messageKind: MessageKind;
  /** How many files go with it. */
  readonly files: number;
  /** Replies that are not to be said again. */
  readonly earlier: readonly string[];
  /** Fingerprints (`bodyPrint`) of replies that others got lately. */
  readonly others: readonly Uint32Array[];
  readonly at: Instant;
  readonly calendar: CompiledCalendar;
}

/** A warning that concerns the whole reply: it stands at its beginning. */
export const ofWhole = (kind: WarningKind, instead?: string): ReplyWarning => ({
  kind,
  start: 0,
  end: 0,
  ...(instead === undefined ? {} : { instead }),
});

/** Warnings of one kind at every place a pattern is found. */
export const atEach = (kind: WarningKind, text: string, pattern: RegExp): ReplyWarning[] =>
  Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
    kind,
    start: index,
    end: index + found.length,
  }));
