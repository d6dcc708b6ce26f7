import type { Attachment } from './attachment.ts';
import type { Instant } from './instant.ts';
import type { EnteredLater } from './moment-of-act.ts';
import type {
  Author,
  CameAnswer,
  ClosingReason,
  Due,
  Importance,
  ImportedRow,
  IncidentType,
  Outcome,
  Place,
  PromiseDraft,
  PromisePrecision,
  PromiseState,
  ReplyKind,
  Restored,
  RuledBy,
  Source,
} from './incident.ts';
import type { WarningKind } from './reply-check/reply-warning.ts';
import type { RejectReason } from './step.ts';

/** An event without its moment and author: a name, and just what happened. */
export type EventBody =
  | {
      readonly name: 'registered';
      readonly region: string;
      readonly number: number | null;
      readonly externalId: number | null;
      readonly text: string;
      readonly source: Source;
      readonly author: Author;
      readonly media?: readonly string[];
      readonly attachments?: readonly Attachment[];
      readonly continues?: string;
    }
  | { readonly name: 'classified'; readonly group: string; readonly topic: string }
  | { readonly name: 'typed'; readonly type: IncidentType }
  | { readonly name: 'placed'; readonly place: Place }
  | { readonly name: 'importance_set'; readonly importance: Importance; readonly reason: string }
  /** By the centre's rules (shared/domain/importance-rule.ts); `ruled` is null where none speaks any more. */
  | { readonly name: 'importance_ruled'; readonly importance: Importance; readonly ruled: RuledBy | null }
  | { readonly name: 'claimed'; readonly holder: string }
  | { readonly name: 'released' }
  | { readonly name: 'routed'; readonly agency: string; readonly unit: string; readonly reason: string }
  | { readonly name: 'taken_to_work' }
  | { readonly name: 'returned_to_centre'; readonly reason: string; readonly target: string | null }
  | {
      readonly name: 'reply_drafted';
      readonly text: string;
      readonly kind: ReplyKind;
      readonly promises: readonly PromiseDraft[];
      readonly attachments?: readonly Attachment[];
      readonly template?: string;
      readonly came?: CameAnswer;
    }
  | { readonly name: 'reply_submitted'; readonly warnings?: readonly WarningKind[] }
  /** `own`: by the person who wrote it. */
  | { readonly name: 'reply_approved'; readonly text: string; readonly own?: true }
  | { readonly name: 'reply_sent_back'; readonly reason: string }
  | {
      readonly name: 'reply_published';
      readonly account: string;
      readonly link: string;
      readonly hasMedia: boolean;
    }
  /**
   * The registry's own moment of «Оценка удовлетворенности» (column AT), where it is not that of the final
   * reply: it is often a second earlier, and some rows have it without any reply of the last agency. Imports
   * only.
   */
  | { readonly name: 'satisfaction_reached' }
  | {
      readonly name: 'message_received';
      readonly text: string;
      readonly url: string;
      readonly author?: string;
      readonly media?: readonly string[];
      readonly attachments?: readonly Attachment[];
    }
  /** See `SourceChange`. */
  | { readonly name: 'source_changed'; readonly message: number; readonly text: string | null }
  | { readonly name: 'deferred'; readonly until: Instant; readonly reason: string }
  | { readonly name: 'outcome_set'; readonly outcome: Outcome }
  | { readonly name: 'closed'; readonly reason: ClosingReason }
  | { readonly name: 'reopened'; readonly reason: string }
  | { readonly name: 'rejected'; readonly reason: RejectReason; readonly comment: string }
  | { readonly name: 'merged'; readonly into: string }
  | { readonly name: 'unmerged' }
  | { readonly name: 'noted'; readonly text: string; readonly attachments?: readonly Attachment[] }
  | { readonly name: 'tagged'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly name: 'survey_recorded'; readonly sent: boolean; readonly grade: number | null }
  | {
      readonly name: 'promise_edited';
      readonly promise: number;
      readonly due: Instant;
      readonly state: PromiseState;
    }
  | {
      readonly name: 'promise_moved';
      readonly promise: number;
      readonly due: Instant;
      readonly precision: PromisePrecision;
      readonly reason: string;
    }
  | { readonly name: 'due_set'; readonly due: Due | null }
  /**
   * The act of the command `event`, which made the history's `line`, is taken back: `back` are the fields it
   * had changed, as they were before. `reopens`: it had ended the incident on an earlier local day.
   */
  | {
      readonly name: 'undone';
      readonly event: string;
      readonly act: string;
      readonly line: number;
      readonly back: Restored;
      readonly reopens?: true;
    }
  | { readonly name: 'imported'; readonly row: Omit<ImportedRow, 'version'> };

export type EventName = EventBody['name'];

/**
 * An event with its moment and its author. `at` is when it happened, not when the API learned of it;
 * `command` is the id of the person's command that made it, if one did.
 */
export type IncidentEvent = EventBody & {
  readonly at: Instant;
  readonly by: string;
  readonly command?: string;
  /** The moment the workstation had named, where it was not believed: see `momentOfAct`. */
  readonly claimed?: Instant;
  /** When and why it was entered, where it had happened before. */
  readonly entered?: EnteredLater;
};
