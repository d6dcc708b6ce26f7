import { z } from 'zod';
import {
  channelProblemSchema,
  eventWordsSchema,
  listedChannelSchema,
  loggedEventSchema,
  type ChannelProblem,
  type ChannelSettings,
  type EventWords,
  type ChannelState,
  type NewChannel,
} from '#shared/protocol/channels.ts';
import { askBelow, type CentreAnswer } from './ask-centre.ts';

/** A page and how it fares. */
export type ListedPage = z.infer<typeof listedChannelSchema>;
/** An event of a page that did not enter the queue. */
export type LoggedEvent = z.infer<typeof loggedEventSchema>;
export type { ChannelProblem };

/** A check makes three calls to the network, each of which may wait for its turn. */
const ask = askBelow('/api/v1/channels', 60_000);

/** The region's pages, by name. */
export const readPages = (): Promise<CentreAnswer<{ channels: ListedPage[] }>> =>
  ask('', z.object({ channels: z.array(listedChannelSchema) }));

/** Adds a page. Its token and secret go to the centre and never come back. */
export const addPage = (page: NewChannel): Promise<CentreAnswer<{ id: string; callback: string }>> =>
  ask('', z.object({ id: z.uuid(), callback: z.string() }), { method: 'POST', body: page });

/** Changes a page. */
export const editPage = (id: string, settings: ChannelSettings): Promise<CentreAnswer<{ id: string }>> =>
  ask(`/${id}`, z.object({ id: z.uuid() }), { method: 'PUT', body: settings });

/** Switches a page on or off, or puts it away. */
export const setPageState = (id: string, state: ChannelState): Promise<CentreAnswer<{ id: string }>> =>
  ask(`/${id}/state`, z.object({ id: z.uuid() }), { method: 'PUT', body: { state } });

/** Has the centre walk through a page's rights and settings in its network. */
export const checkPage = (id: string): Promise<CentreAnswer<{ problems: ChannelProblem[] }>> =>
  ask(`/${id}/check`, z.object({ problems: z.array(channelProblemSchema) }), { method: 'POST' });

/** The newest 200 events that entered no incident. */
export const readLog = (id: string): Promise<CentreAnswer<{ events: LoggedEvent[] }>> =>
  ask(`/${id}/log`, z.object({ events: z.array(loggedEventSchema) }));

/** Has the events of a page's log read again; gives their number. */
export const replayLog = (id: string): Promise<CentreAnswer<{ events: number }>> =>
  ask(`/${id}/replay`, z.object({ events: z.int() }), { method: 'POST' });

/** All words that can be found in an event that could not be read, who wrote them and when. */
export const readEventWords = (id: string, key: string): Promise<CentreAnswer<EventWords>> =>
  ask(`/${id}/log/words?key=${encodeURIComponent(key)}`, eventWordsSchema);

/** Ends the waiting of an unreadable event: it was registered by hand, or no resident says anything in it. */
export const settleEvent = (
  id: string,
  key: string,
  registered: boolean,
): Promise<CentreAnswer<{ settled: boolean }>> =>
  ask(`/${id}/log/settle`, z.object({ settled: z.boolean() }), { method: 'POST', body: { key, registered } });

/** Makes an incident of a logged message; gives it, or null when there is no message in the event. */
export const takeLogged = (id: string, key: string): Promise<CentreAnswer<{ incident: string | null }>> =>
  ask(`/${id}/log/take`, z.object({ incident: z.uuid().nullable() }), { method: 'POST', body: { key } });
