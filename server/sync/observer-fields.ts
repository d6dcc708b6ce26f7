import type { Attachment } from '#shared/domain/attachment.ts';
import { activitySchema } from '#shared/domain/activity.ts';
import { workingCalendarSchema } from '#shared/domain/calendar.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import { topicSchema } from '#shared/domain/dictionary.ts';
import { agencySchema, municipalitySchema } from '#shared/domain/directory.ts';
import type { EventBody } from '#shared/domain/event.ts';
import { exampleSchema, type Example } from '#shared/domain/example.ts';
import {
  CLOSING_REASONS,
  type Assignment,
  type CameAnswer,
  type Classification,
  type Due,
  type HistoryEntry,
  type ImportedRow,
  type Incident,
  type Message,
  type Note,
  type Place,
  type PromiseControl,
  type PromiseDraft,
  type Reply,
  type RuledBy,
  type Source,
  type SourceChange,
} from '#shared/domain/incident.ts';
import type { EnteredLater } from '#shared/domain/moment-of-act.ts';
import { importanceRuleSchema } from '#shared/domain/importance-rule.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { regulationSchema } from '#shared/domain/regulation.ts';
import { routingRuleSchema } from '#shared/domain/routing.ts';
import { REJECT_REASONS, type Step } from '#shared/domain/step.ts';
import { replyTemplateSchema } from '#shared/domain/templates/reply-template.ts';
import { accountRowSchema } from '#shared/protocol/session.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import {
  bySchema,
  either,
  hidden,
  instead,
  link,
  each,
  oneOf,
  only,
  plain,
  ownWords,
  type View,
} from './view.ts';

// The one list of fields that carry persons: what an observer is sent, field by field. A field that is not
// here is not sent, and the compiler asks for every field of the types below.

const nobody = instead({ name: '', url: '' });

const place = only<Place>({
  municipality: plain,
  settlement: plain,
  street: plain,
  house: plain,
  object: ownWords,
});

const source = only<Source>({
  network: plain,
  kind: plain,
  url: link,
  placeUrl: link,
  audience: plain,
  engagement: plain,
  hasMedia: plain,
});

const entered = only<EnteredLater>({ at: plain, reason: ownWords });

/** A reason out of a list, or a person's own words. */
const reason = oneOf([...CLOSING_REASONS, ...REJECT_REASONS], ownWords);

/** A step may hold the one before it, which is seen the same way. */
const step: View = (value) =>
  only<Step>({
    name: plain,
    since: plain,
    from: plain,
    target: plain,
    reason,
    until: plain,
    comment: ownWords,
    into: plain,
    before: step,
  })(value);

const due = only<Due>({ at: plain, policy: plain, from: plain });
/** Words of a rule are the centre's own. */
const ruledBy = only<RuledBy>({
  rule: plain,
  name: plain,
  word: plain,
  topic: plain,
  messages: plain,
  hours: plain,
});
const promiseDraft = only<PromiseDraft>({ due: plain, phrase: ownWords, precision: plain });

/** Files of replies are public; a screenshot shows its author, and a letter is called after him. */
const publicFiles = each(
  only<Attachment>({ hash: plain, type: plain, name: ownWords, size: plain, width: plain, height: plain }),
);

const came = only<CameAnswer>({ way: plain, at: plain });

const reply = only<Reply>({
  text: ownWords,
  kind: plain,
  agency: plain,
  by: plain,
  state: plain,
  draftedAt: plain,
  submittedAt: plain,
  approvedAt: plain,
  publishedAt: plain,
  sentBackReason: ownWords,
  sentBackText: ownWords,
  account: plain,
  link,
  hasMedia: plain,
  promises: each(promiseDraft),
  attachments: publicFiles,
  template: plain,
  came,
});

const message = only<Message>({
  text: ownWords,
  at: plain,
  url: link,
  author: hidden,
  media: each(plain),
  attachments: hidden,
});

/** Fields that a line of the history may show (shared/domain/history.ts). */
type Detail =
  | 'group'
  | 'topic'
  | 'type'
  | 'importance'
  | 'holder'
  | 'agency'
  | 'unit'
  | 'reason'
  | 'target'
  | 'kind'
  | 'account'
  | 'link'
  | 'until'
  | 'outcome'
  | 'comment'
  | 'into'
  | 'grade'
  | 'promise'
  | 'due'
  | 'state'
  | 'precision'
  | 'act'
  | 'event'
  | 'files'
  | 'place'
  | 'tags'
  | 'own'
  | 'reopens'
  | 'rule'
  | 'word'
  | 'messages'
  | 'hours'
  | 'warnings'
  | 'way'
  | 'cameAt'
  | 'template';

const detail = only<Record<Detail, unknown>>({
  group: plain,
  topic: plain,
  type: plain,
  importance: plain,
  holder: plain,
  agency: plain,
  unit: plain,
  reason,
  target: plain,
  kind: plain,
  account: plain,
  link,
  until: plain,
  outcome: plain,
  comment: ownWords,
  into: plain,
  grade: plain,
  promise: plain,
  due: plain,
  rule: plain,
  word: plain,
  messages: plain,
  hours: plain,
  state: plain,
  precision: plain,
  act: plain,
  event: plain,
  files: plain,
  place: ownWords,
  tags: ownWords,
  own: plain,
  reopens: plain,
  warnings: plain,
  way: plain,
  cameAt: plain,
  template: plain,
});

/** Kept cells of an import are for exports, which observers may not make; among them are authors' names. */
const imported = only<ImportedRow>({ cells: instead({}), version: plain, fingerprint: instead('') });

const classification = only<Classification>({ group: plain, topic: plain });

/** Taking back is for those who act. */
const back = hidden;

/** An incident as an observer has it. */
export const incidentView = only<Incident>({
  id: plain,
  region: plain,
  number: plain,
  externalId: plain,
  version: plain,
  createdAt: plain,
  source,
  author: nobody,
  text: ownWords,
  media: each(plain),
  attachments: hidden,
  continues: plain,
  classification,
  type: plain,
  place,
  importance: plain,
  ruled: ruledBy,
  step,
  holder: plain,
  assignments: each(
    only<Assignment>({
      agency: plain,
      unit: plain,
      at: plain,
      by: plain,
      takenAt: plain,
      endedAt: plain,
      returned: ownWords,
    }),
  ),
  replies: each(reply),
  messages: each(message),
  sourceChanges: each(only<SourceChange>({ message: plain, at: plain, text: ownWords })),
  outcome: plain,
  closing: only<NonNullable<Incident['closing']>>({ reason: plain, at: plain }),
  survey: only<NonNullable<Incident['survey']>>({ sent: plain, grade: plain }),
  satisfactionAt: plain,
  notes: each(only<Note>({ text: ownWords, at: plain, by: plain, attachments: hidden })),
  tags: each(ownWords),
  promises: each(
    only<PromiseControl>({ id: plain, due: plain, phrase: ownWords, state: plain, precision: plain }),
  ),
  due,
  imported,
  history: each(
    only<HistoryEntry>({
      event: plain,
      at: plain,
      by: plain,
      detail,
      claimed: plain,
      entered,
      undone: plain,
    }),
  ),
  undoable: back,
});

/** The data of any event, as they are stored beside its name, its moment and its author. */
export const eventView = only<EventBody & { readonly claimed: unknown; readonly entered: unknown }>({
  name: plain,
  claimed: plain,
  entered,
  region: plain,
  number: plain,
  externalId: plain,
  text: ownWords,
  source,
  author: either(nobody, hidden),
  media: each(plain),
  attachments: hidden,
  continues: plain,
  group: plain,
  topic: plain,
  type: plain,
  place,
  importance: plain,
  ruled: ruledBy,
  reason,
  holder: plain,
  agency: plain,
  unit: plain,
  target: plain,
  kind: plain,
  promises: each(promiseDraft),
  template: plain,
  came,
  warnings: each(plain),
  own: plain,
  account: plain,
  link,
  hasMedia: plain,
  url: link,
  message: plain,
  until: plain,
  outcome: plain,
  comment: ownWords,
  into: plain,
  add: each(ownWords),
  remove: each(ownWords),
  sent: plain,
  grade: plain,
  promise: plain,
  due: either(due, plain),
  state: plain,
  precision: plain,
  event: plain,
  act: plain,
  line: plain,
  back,
  reopens: plain,
  row: either(imported, hidden),
});

const photo = only<Photo>({ hash: plain, width: plain, height: plain, caption: ownWords });

const example = only<Example>({
  id: plain,
  incident: plain,
  month: plain,
  text: ownWords,
  author: instead(''),
  before: photo,
  after: photo,
  order: plain,
});

/** Reference rows: the region's own people and offices are named, for histories and addresses show them. */
export const REFERENCE_VIEWS: Readonly<Record<ReferenceKind, View>> = {
  agency: bySchema(agencySchema),
  municipality: bySchema(municipalitySchema),
  topic: bySchema(topicSchema),
  route: bySchema(routingRuleSchema),
  policy: bySchema(deadlinePolicySchema),
  calendar: bySchema(workingCalendarSchema),
  regulation: bySchema(regulationSchema),
  account: bySchema(accountRowSchema),
  campaign: bySchema(campaignSchema),
  activity: bySchema(activitySchema),
  example: bySchema(exampleSchema, example),
  importance_rule: bySchema(importanceRuleSchema),
  reply_template: bySchema(replyTemplateSchema),
};
