import { z } from 'zod';
import type { Newcomer, PersonFields } from '#shared/domain/account-rules.ts';
import type { Deputyship } from '#shared/domain/deputyship.ts';
import {
  deputyshipsSchema,
  endedSessionsSchema,
  givenPasswordSchema,
  personSessionsSchema,
  type DeputyFields,
  type EndedSessions,
  type GivenPassword,
  type PersonSession,
} from '#shared/protocol/accounts.ts';
import { noticeChoiceSchema, type NoticeChoice, type GivenNotices } from '#shared/protocol/notices.ts';
import { invitationMadeSchema, type InvitationMade } from '#shared/protocol/invitation.ts';
import { loadsSchema, type SettingsLoad } from '#shared/protocol/loads.ts';
import {
  peopleLoadedSchema,
  peopleTakenBackSchema,
  type PeopleLoad,
  type PeopleLoaded,
  type PeopleTakenBack,
} from '#shared/protocol/people-load.ts';
import { askBelow, askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

const ask = askBelow('/api/v1/accounts', 20_000);
const done = z.object({ done: z.literal(true) });
type Done = z.infer<typeof done>;

/** Adds somebody; gives a one-time password, this once. */
export const addPerson = (newcomer: Newcomer): Promise<CentreAnswer<GivenPassword>> =>
  ask('', givenPasswordSchema, { method: 'POST', body: newcomer });

export const editPerson = (id: string, fields: PersonFields): Promise<CentreAnswer<EndedSessions>> =>
  ask(`/${id}`, endedSessionsSchema, { method: 'PUT', body: fields });

/** Closes an account, or opens it again. */
export const setDisabled = (id: string, disabled: boolean): Promise<CentreAnswer<Done>> =>
  ask(`/${id}/disabled`, done, { method: 'PUT', body: { disabled } });

/** Gives somebody a new one-time password, this once. */
export const resetPersonPassword = (id: string): Promise<CentreAnswer<GivenPassword>> =>
  ask(`/${id}/password`, givenPasswordSchema, { method: 'POST' });

export const endSessions = (id: string): Promise<CentreAnswer<EndedSessions>> =>
  ask(`/${id}/sessions/end`, endedSessionsSchema, { method: 'POST' });

/** Gives somebody a link to choose a password by, this once. */
export const invitePerson = (id: string): Promise<CentreAnswer<InvitationMade>> =>
  ask(`/${id}/invitation`, invitationMadeSchema, { method: 'POST' });

/** Somebody's sessions, the last used first. */
export const readSessionsOf = (id: string): Promise<CentreAnswer<{ sessions: PersonSession[] }>> =>
  ask(`/${id}/sessions`, personSessionsSchema);

/** Takes the second factor off for somebody who has lost it. */
export const resetFactorOf = (id: string): Promise<CentreAnswer<Done>> =>
  ask(`/${id}/second-factor/reset`, done, { method: 'POST' });

/** Orders workstations to remove their copies of this person. */
export const orderToForget = (id: string): Promise<CentreAnswer<Done>> =>
  ask(`/${id}/forget`, done, { method: 'POST' });

/** Who stands in for whom, from today on. */
export const readDeputyships = () => ask('/deputies', deputyshipsSchema);

const named = z.object({ id: z.uuid() });
type Named = z.infer<typeof named>;

/** Names somebody's deputy for some days. */
export const addDeputyship = (person: string, body: DeputyFields): Promise<CentreAnswer<Named>> =>
  ask(`/${person}/deputies`, named, { method: 'POST', body });

/** Changes who stands in, or on which days. */
export const changeDeputyship = (
  { person, id }: Pick<Deputyship, 'person' | 'id'>,
  body: DeputyFields,
): Promise<CentreAnswer<Named>> => ask(`/${person}/deputies/${id}`, named, { method: 'PUT', body });

/** Takes a deputy back before the last day. */
export const endDeputyship = ({
  person,
  id,
}: Pick<Deputyship, 'person' | 'id'>): Promise<CentreAnswer<Done>> =>
  ask(`/${person}/deputies/${id}/end`, done, { method: 'POST' });

/** Where and of what somebody is told by mail. */
export const readNoticesOf = (id: string): Promise<CentreAnswer<NoticeChoice>> =>
  ask(`/${id}/notices`, noticeChoiceSchema);

export const saveNoticesOf = (id: string, choice: GivenNotices): Promise<CentreAnswer<Done>> =>
  ask(`/${id}/notices`, done, { method: 'PUT', body: choice });

/** Has an invitation sent to somebody's address. */
export const mailInvitation = (id: string): Promise<CentreAnswer<Done>> =>
  ask(`/${id}/invitation/mail`, done, { method: 'POST' });

/** Judges the rows of a table, or stores all of them. */
export const loadPeople = (load: PeopleLoad): Promise<CentreAnswer<PeopleLoaded>> =>
  askCentre('/api/v1/accounts/load', peopleLoadedSchema, { method: 'POST', body: load, timeoutMs: 60_000 });

/** Tables of people that were loaded within a day. */
export const readPeopleLoads = (): Promise<CentreAnswer<{ loads: SettingsLoad[] }>> =>
  ask('/loads', loadsSchema);

/** Says what taking a load back would do, or does it. */
export const takePeopleBack = (id: string, isTrial: boolean): Promise<CentreAnswer<PeopleTakenBack>> =>
  ask(`/loads/${id}/take-back`, peopleTakenBackSchema, { method: 'POST', body: { isTrial } });
