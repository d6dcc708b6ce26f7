import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { lockIncidents, storeMany, WriteConflict, type IncidentChange } from '#server/sync/store-changes.ts';
import {
  readMessages,
  readThreads,
  type KnownMessage,
  type OfPage,
  type ThreadEnd,
  writeMessages,
} from './known-messages.ts';
import { decideSystemCommand, type SystemCommand } from '#server/sync/system-command.ts';

/** Messages and threads that a batch of events is about, as far as that can be known beforehand. */
export interface Subjects {
  readonly messages: readonly OfPage[];
  readonly threads: readonly OfPage[];
  /** Ids that new incidents would get. */
  readonly incidents: readonly string[];
}

/** A message as the book has it; `isChanged`: the database does not have it so. */
interface Entry {
  readonly message: KnownMessage;
  readonly isChanged: boolean;
}

interface IncidentWork {
  readonly before: Incident | null;
  readonly after: Incident | null;
  readonly events: readonly IncidentEvent[];
}

const NO_CASE: IncidentWork = { before: null, after: null, events: [] };

const nameOf = ({ page, name }: OfPage): string => `${page}/${name}`;
const keyOf = ({ channel_id: page, key: name }: KnownMessage): string => nameOf({ page, name });
const threadOf = ({ channel_id: page, thread: name }: KnownMessage): string => nameOf({ page, name });

/**
 * Messages, threads and incidents that a batch of events touches. It is read before the
 * first of them, kept up by each so that the next one sees it, and written after the last, in few statements
 * however many events there are.
 */
export class UnitOfWork {
  readonly #settings: CentreSettings;
  readonly #messages = new Map<string, Entry>();
  readonly #threads = new Map<string, ThreadEnd>();
  readonly #cases = new Map<string, IncidentWork>();
  /** How to take back what the event under way has done, the last step last. */
  #undo: (() => void)[] = [];

  private constructor(settings: CentreSettings) {
    this.#settings = settings;
  }

  /** Reads what a batch needs and locks its incidents until the transaction ends. Throws WriteConflict. */
  static async open(
    tx: ScopedTransaction,
    region: string,
    { messages, threads, incidents: wanted }: Subjects,
  ): Promise<UnitOfWork> {
    const book = new UnitOfWork(await currentSettings(tx, region));
    const known = await readMessages(tx, region, messages);
    const ends = await readThreads(tx, region, threads);
    const knownIncidents = known.flatMap(({ incident_id: incident }) => incident ?? []);
    const incidents = await lockIncidents(tx, region, [
      ...knownIncidents,
      ...ends.map(({ incident }) => incident),
      ...wanted,
    ]);
    // Merged by somebody between the look and the lock.
    if (ends.some(({ incident }) => incidents.get(incident)?.step.name === 'merged'))
      throw new WriteConflict('an incident was merged meanwhile');
    for (const message of known) book.#messages.set(keyOf(message), { message, isChanged: false });
    for (const end of ends) book.#threads.set(nameOf(end), end);
    for (const [id, before] of incidents) book.#cases.set(id, { before, after: before, events: [] });
    return book;
  }

  /** Does one event's work: all of it, or nothing when it throws. */
  attempt<T>(work: () => T): T {
    this.#undo = [];
    try {
      return work();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    }
  }

  /** Our copy of a message, by the network's own key of it. */
  message(page: string, name: string): KnownMessage | undefined {
    return this.#messages.get(nameOf({ page, name }))?.message;
  }

  hasIncident(id: string): boolean {
    return (this.#cases.get(id)?.after ?? null) !== null;
  }

  /** Keeps a message with the text it came with; one that is here already stays as it is. */
  add(message: KnownMessage): void {
    if (this.#messages.has(keyOf(message))) return;
    this.#put(this.#messages, keyOf(message), { message, isChanged: true });
  }

  /** Notes what became of a message. */
  change(
    page: string,
    name: string,
    fields: Partial<Pick<KnownMessage, 'incident_id' | 'edited_text' | 'deleted_at' | 'fate_seq'>>,
  ): void {
    const entry = must(this.#messages.get(nameOf({ page, name })), 'a message that is changed');
    const message = { ...entry.message, ...fields };
    this.#put(this.#messages, keyOf(message), { message, isChanged: true });
    const end = this.#threads.get(threadOf(message));
    if (fields.incident_id && message.at >= (end?.at ?? message.at))
      this.#put(this.#threads, threadOf(message), { at: message.at, incident: fields.incident_id });
  }

  /**
   * The incident this author's earlier words in the same thread became, if what he says now is still about
   * it: said no longer than `within` milliseconds after his last words there, or after our last answer.
   */
  talk({ page, name: thread, at, within }: OfPage & { at: Instant; within: number }): Incident | null {
    const end = this.#threads.get(nameOf({ page, name: thread }));
    const incident = end === undefined ? null : (this.#cases.get(end.incident)?.after ?? null);
    if (end === undefined || incident === null) return null;
    const answers = incident.replies.flatMap(({ publishedAt }) => publishedAt ?? []);
    return [end.at, ...answers].some((answeredAt) => Math.abs(at - answeredAt) <= within) ? incident : null;
  }

  /** Decides a command and keeps what follows. Gives the refusal, if any. */
  command(command: SystemCommand): Refusal | null {
    const { incident: id } = command;
    const { before, after, events } = this.#cases.get(id) ?? NO_CASE;
    const decision = decideSystemCommand(this.#settings, after, command);
    if (!decision.ok) return decision.refusal;
    if (decision.events.length === 0) return null;
    this.#put(this.#cases, id, {
      before,
      after: evolveAll(id, after, decision.events),
      events: [...events, ...decision.events],
    });
    return null;
  }

  /**
   * Writes it all. The incidents come last: with them the region's clock is held, for which everybody else
   * waits.
   */
  async store(tx: ScopedTransaction, region: string, now: number): Promise<void> {
    const messages = [...this.#messages.values()].filter(({ isChanged }) => isChanged);
    await writeMessages(
      tx,
      region,
      messages.map(({ message }) => message),
    );
    const changes = [...this.#cases.values()].filter(
      (change): change is IncidentChange => change.after !== null && change.events.length > 0,
    );
    await storeMany(tx, region, changes, now);
  }

  #put<V>(map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    this.#undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }
}
