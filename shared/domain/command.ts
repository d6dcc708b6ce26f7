import { z } from 'zod';
import { CENTRE_ROLES, WORKING_ROLES, type Role } from './actor.ts';
import { attachmentsSchema } from './attachment.ts';
import { referenceName } from './bounds.ts';
import {
  ANSWER_WAYS,
  CLOSING_REASONS,
  IMPORTANCES,
  INCIDENT_TYPES,
  MESSAGE_KINDS,
  NETWORKS,
  OUTCOMES,
  PROMISE_PRECISIONS,
  PROMISE_STATES,
  REPLY_KINDS,
} from './incident.ts';
import { INSTANTS } from './instant.ts';
import { mediaAddressSchema } from './media.ts';
import { PROMISE_LIMITS } from './promise.ts';
import { WARNING_KINDS } from './reply-check/reply-warning.ts';
import { REJECT_REASONS } from './step.ts';
import { submissionSchema } from './submission.ts';

const line = z.string().trim().max(500);
const longText = z.string().max(100_000);
const instant = z.number().int().min(INSTANTS.from).max(INSTANTS.to);
/** The range of PostgreSQL's int from 0, and more than anybody counts. */
const count = z.number().int().min(0).max(2_147_483_647);

/** A place as commands carry it; see `Place`. */
export const placeSchema = z.strictObject({
  municipality: line,
  settlement: line,
  street: line,
  house: line,
  object: line,
});

/** A source as commands carry it; see `Source`. */
export const sourceSchema = z.strictObject({
  network: z.enum(NETWORKS),
  kind: z.enum(MESSAGE_KINDS),
  url: z.string().max(2000),
  placeUrl: z.string().max(2000),
  audience: count.nullable(),
  engagement: count.nullable(),
  hasMedia: z.boolean(),
});

/** Addresses of a message's photos in its network. */
const media = z.array(mediaAddressSchema).max(20).optional();

/**
 * Files a person added, by their names and hashes; the bytes come their own way, before or after the command.
 */
const attachments = attachmentsSchema.optional();

/**
 * The part of the incident that the person decided on, as it was on his screen: its mark by `seenMark`
 * (shared/domain/subject.ts). Commands of earlier releases have none and are decided as they were then.
 */
const seen = z.string().max(16).optional();

/** The act happened before it is entered: when, and why it is entered only now; see `happenedThen`. */
const happened = z.strictObject({ at: instant, reason: line.min(1) }).optional();

/** Consoles of earlier releases name no precision. */
const promiseSchema = z.strictObject({
  due: instant,
  phrase: z.string().trim().max(PROMISE_LIMITS.phrase),
  precision: z.enum(PROMISE_PRECISIONS).optional(),
});

/**
 * Arguments of every command as it is sent now. How to change them, and who reads older ones:
 * protocol/command-versions.ts.
 */
export const INCIDENT_COMMAND_ARGS = {
  register: z.strictObject({
    region: z.string().min(1).max(40),
    createdAt: instant,
    text: longText.min(1),
    source: sourceSchema,
    author: z.strictObject({ name: line, url: z.string().max(2000) }),
    media,
    attachments,
    /** The incident whose talk goes on here, because it holds no more. */
    continues: z.uuid().optional(),
  }),
  /**
   * `from` is the topic the operator saw ('' when none): a different one on the API means somebody else
   * classified meanwhile.
   */
  classify: z.strictObject({ group: line.min(1), topic: line.min(1), from: line }),
  /** `from` as seen by the operator; fields that differ on the API are overwritten and reported as merged. */
  place: z.strictObject({ place: placeSchema, from: placeSchema }),
  setImportance: z.strictObject({ importance: z.enum(IMPORTANCES), reason: line, seen }),
  claim: z.strictObject({}),
  release: z.strictObject({ seen }),
  /** `from` is the agency the operator saw holding the incident ('' when none). */
  route: z.strictObject({ agency: line.min(1), unit: line, from: line, reason: line, happened, seen }),
  takeToWork: z.strictObject({ happened, seen }),
  returnToCentre: z.strictObject({ reason: line.min(1), target: line.nullable(), happened, seen }),
  draftReply: z.strictObject({
    text: longText.min(1),
    kind: z.enum(REPLY_KINDS),
    promises: z.array(promiseSchema).max(PROMISE_LIMITS.count),
    attachments,
    /** The id of the template it was begun with. */
    template: referenceName.min(1).optional(),
    /** The agency gave its answer past Pult: how, and at which moment. */
    came: z.strictObject({ way: z.enum(ANSWER_WAYS), at: instant }).optional(),
    seen,
  }),
  /** `warnings`: what the checker warned of and its author sent nevertheless. */
  submitForApproval: z.strictObject({
    warnings: z.array(z.enum(WARNING_KINDS)).max(WARNING_KINDS.length).optional(),
    seen,
  }),
  /**
   * `text` is the reply as approved: the approver may mend it. `submission` is what he looked at; another one
   * is not approved unseen.
   */
  approve: z.strictObject({ text: longText.min(1), submission: submissionSchema }),
  sendBack: z.strictObject({ reason: line.min(1), submission: submissionSchema }),
  /**
   * A publication made by hand: when, where, from which account. `late`: why it came before the reply was
   * approved here.
   */
  recordPublication: z.strictObject({
    at: instant,
    link: z.string().max(2000),
    account: line,
    hasMedia: z.boolean(),
    late: line.optional(),
    seen,
  }),
  /** `author` is named where he is not the incident's own: his message was merged into it. */
  receiveMessage: z.strictObject({
    text: longText.min(1),
    at: instant,
    url: z.string().max(2000),
    author: line.optional(),
    media,
    attachments,
  }),
  /**
   * The message of that moment and address (empty: unknown) was edited in its network, or deleted (`text`
   * null).
   */
  changeSource: z.strictObject({
    said: instant,
    url: z.string().max(2000),
    text: longText.min(1).nullable(),
    at: instant,
  }),
  defer: z.strictObject({ until: instant, reason: line.min(1), seen }),
  setOutcome: z.strictObject({ type: z.enum(INCIDENT_TYPES), outcome: z.enum(OUTCOMES), seen }),
  /** `seenMessages`: how many messages of the author the operator had before him. */
  close: z.strictObject({
    reason: z.enum(CLOSING_REASONS),
    grade: z.number().int().min(1).max(5).nullable(),
    seenMessages: count,
    seen,
  }),
  reopen: z.strictObject({ reason: line.min(1), seen }),
  reject: z.strictObject({ reason: z.enum(REJECT_REASONS), comment: line, seen }),
  merge: z.strictObject({ into: z.uuid(), seen }),
  unmerge: z.strictObject({ seen }),
  /** A note is words, files, or both. */
  note: z
    .strictObject({ text: z.string().trim().max(5000), attachments })
    .refine((note) => note.text !== '' || (note.attachments ?? []).length > 0, {
      path: ['text'],
      message: 'nothing said',
    }),
  tag: z.strictObject({ add: z.array(line.min(1)).max(50), remove: z.array(line.min(1)).max(50) }),
  recordSurvey: z.strictObject({ sent: z.boolean(), grade: z.number().int().min(1).max(5).nullable(), seen }),
  /** Says what became of a promise. `due` is as the person saw it: `movePromise` gives another moment. */
  editPromise: z.strictObject({ promise: count, due: instant, state: z.enum(PROMISE_STATES), seen }),
  movePromise: z.strictObject({
    promise: count,
    due: instant,
    precision: z.enum(PROMISE_PRECISIONS),
    reason: line,
    seen,
  }),
  /**
   * `event` is known by the id of the command that made it: its number in the incident is the API's to give.
   */
  undo: z.strictObject({ event: z.uuid() }),
} as const;

export type IncidentCommandName = keyof typeof INCIDENT_COMMAND_ARGS;
/** Arguments of one command about an incident, by its name. */
export type ArgsOf<N extends IncidentCommandName> = z.infer<(typeof INCIDENT_COMMAND_ARGS)[N]>;

/** A command as a union on `name`. */
export type IncidentCommand = {
  [N in IncidentCommandName]: { readonly name: N; readonly args: Readonly<ArgsOf<N>> };
}[IncidentCommandName];

export const INCIDENT_COMMAND_NAMES = Object.keys(INCIDENT_COMMAND_ARGS) as readonly IncidentCommandName[];

/**
 * The roles that may dispatch each command. Observers read only. Executors only for their own agency (checked
 * in `decide`).
 */
export const INCIDENT_COMMAND_ROLES: Readonly<Record<IncidentCommandName, readonly Role[]>> = {
  register: CENTRE_ROLES,
  classify: CENTRE_ROLES,
  place: CENTRE_ROLES,
  setImportance: CENTRE_ROLES,
  claim: CENTRE_ROLES,
  release: CENTRE_ROLES,
  route: CENTRE_ROLES,
  takeToWork: WORKING_ROLES,
  returnToCentre: WORKING_ROLES,
  draftReply: WORKING_ROLES,
  submitForApproval: WORKING_ROLES,
  approve: CENTRE_ROLES,
  sendBack: CENTRE_ROLES,
  recordPublication: CENTRE_ROLES,
  receiveMessage: CENTRE_ROLES,
  /** Only the network can know; its page tells it. */
  changeSource: [],
  defer: WORKING_ROLES,
  setOutcome: WORKING_ROLES,
  close: CENTRE_ROLES,
  reopen: CENTRE_ROLES,
  reject: CENTRE_ROLES,
  merge: CENTRE_ROLES,
  unmerge: CENTRE_ROLES,
  note: WORKING_ROLES,
  tag: CENTRE_ROLES,
  recordSurvey: CENTRE_ROLES,
  editPromise: WORKING_ROLES,
  movePromise: WORKING_ROLES,
  /** One's own acts only. */
  undo: WORKING_ROLES,
};
