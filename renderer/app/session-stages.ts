import { notifications } from '@mantine/notifications';
import type { Session } from '#shared/protocol/session.ts';
import { followOrders } from './copy-orders.ts';
import { makeSignal } from '#renderer/kit/context/signal.ts';
import { createStoreHub, type StoreHub } from '#renderer/kit/context/store-hub.ts';
import type { ConsoleStore } from '#renderer/data/store/console-store.ts';
import type { CopyFiles } from '#renderer/data/store/kept-copy.ts';
import { storageTrouble, type StorageTrouble } from '#renderer/data/sync/storage-trouble.ts';
import { centreNow, keepCentreOffset } from '#renderer/data/session/centre-offset.ts';
import { keepEnded, wasEnded } from '#renderer/data/session/ended-session.ts';
import { forgetPerson, hearForgetting, type Forgetting } from '#renderer/data/session/forget-person.ts';
import { beginHistory } from '#renderer/data/session/own-history.ts';
import { dropSessionKeys, profileOf } from '#renderer/data/session/own-keys.ts';
import { keepPerson } from '#renderer/data/session/people-here.ts';
import {
  forgetSession,
  rememberedSession,
  rememberSession,
  watchRemembered,
} from '#renderer/data/session/remembered-session.ts';
import { logOut } from '#renderer/data/session/session-api.ts';
import { providerEnd } from '#renderer/data/session/sign-in-api.ts';
import { shellBridge } from '#renderer/host/shell-bridge.ts';
import { adoptOlderCopies, forgetDue } from '#renderer/data/session/due-copies.ts';
import { noteSessionHere } from '#renderer/data/session/session-here.ts';

/** Gives a store whose `open` has not been called yet; called once for every session that begins here. */
export type MakeStore = () => ConsoleStore | Promise<ConsoleStore>;

/** `last`: who worked here and has not logged out. `forgetting`: how the attempt to forget them ended. */
export type SessionStage =
  | { readonly name: 'out'; readonly last: Session | null; readonly forgetting?: Forgetting }
  | { readonly name: 'opening' }
  | {
      readonly name: 'failed';
      readonly session: Session;
      readonly why: StorageTrouble | null;
      readonly message: string;
    }
  /** `isToGo`: an administrator has ordered this copy to go, and it waits for what is unsent. */
  | { readonly name: 'in'; readonly session: Session; readonly hub: StoreHub; readonly isToGo: boolean };

/** The session whose store is open or being opened. `isIn`: it is remembered, so other windows may end it. */
interface Held {
  session: Session;
  readonly store: ConsoleStore;
  isIn: boolean;
}

const hasSameRights = ({ account: a }: Session, { account: b }: Session): boolean =>
  a.role === b.role && a.agency === b.agency;

/** Other windows of the person close their stores as soon as they hear of the logout. */
const OTHER_WINDOWS_MS = 10_000;

/**
 * Takes away what would stay on the screen, in the address and in the page's storage when whoever comes next
 * is here.
 */
function clearTraces(left: Session | null): void {
  notifications.clean();
  if (left !== null) dropSessionKeys(localStorage, profileOf(left));
  beginHistory();
}

/** Keeps what the copy measures of the centre's clock for the next start, when no copy is open yet. */
function followClock(hub: StoreHub): () => void {
  const keep = (): void => {
    const { connection, clockOffset } = hub.status();
    if (connection.state === 'live') keepCentreOffset(clockOffset);
  };
  keep();
  return hub.watch(keep);
}

/** Gives the step to the page where the system that let a person in ends its own session. */
async function elsewhere(session: Session | undefined): Promise<() => void> {
  // From the shell its page is in another program.
  const isHere = session?.judgedBy === 'provider' && shellBridge() === null;
  const url = isHere ? await providerEnd() : null;
  return () => {
    if (url !== null) location.assign(url);
  };
}

/**
 * The way of this window from the door to the screens and back; other windows of the browser go it with this
 * one.
 */
export class SessionStages {
  readonly #makeStore: MakeStore;
  readonly #copyFiles: CopyFiles | null;
  readonly #first: Session | null;
  readonly #changes = makeSignal();
  #stage: SessionStage = { name: 'opening' };
  #held: Held | null = null;
  #stopFollowing: () => void = () => undefined;
  /** Counts every transition asked for, so that an opening that was overtaken by another changes nothing. */
  #transition = 0;
  #hasBegun = false;

  /** `first`: the session to begin with, by default the one this workstation remembers. */
  constructor(makeStore: MakeStore, copyFiles: CopyFiles | null, first?: Session) {
    this.#makeStore = makeStore;
    this.#copyFiles = copyFiles;
    this.#first = first ?? null;
  }

  readonly stage = (): SessionStage => this.#stage;

  readonly watch = this.#changes.watch;

  /**
   * Opens once, at the start, what has neither run out nor been logged out of. A reload must not cost a
   * login, online or not.
   */
  async begin(): Promise<void> {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    watchRemembered((session) => this.#hear(session));
    hearForgetting();
    await this.#forgetDue();
    // Read now: whoever it was may have been forgotten, or another window let somebody else in meanwhile.
    const last = this.#first ?? rememberedSession();
    if (last !== null && (await wasEnded(last))) {
      // Power went before the browser had written that nobody is remembered, or that the centre is to be
      // told.
      forgetSession();
      dropSessionKeys(localStorage, profileOf(last));
      void logOut(last);
      return this.#set({ name: 'out', last: null });
    }
    return last !== null && last.expiresAt > centreNow() ? this.open(last) : this.#set({ name: 'out', last });
  }

  /** Opens the local copy of this session. */
  readonly open = async (session: Session): Promise<void> => {
    const mine = (this.#transition += 1);
    this.#set({ name: 'opening' });
    await this.#close();
    try {
      const store = await this.#makeStore();
      if (mine !== this.#transition) return;
      const held: Held = { session, store, isIn: false };
      this.#held = held;
      await store.open(session);
      if (mine !== this.#transition) return;
      rememberSession(session);
      void keepPerson(session, Date.now()).catch(() => undefined);
      held.isIn = true;
      noteSessionHere(session);
      const hub = await createStoreHub(store, session.region.timeZone);
      if (mine !== this.#transition) return;
      this.#set({ name: 'in', session, hub, isToGo: false });
      const onOrder = (): void => void this.#obey(hub);
      const stopOrders = followOrders({ session, hub, files: this.#copyFiles, onOrder });
      const stopClock = followClock(hub);
      this.#stopFollowing = () => {
        stopOrders();
        stopClock();
      };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const why = storageTrouble(error);
      if (mine === this.#transition) this.#set({ name: 'failed', session, why, message });
    }
  };

  /** Logs out: nothing of the session opens again here without a login. */
  readonly leave = async (): Promise<void> => {
    const session = this.#held?.session;
    const goOn = await elsewhere(session);
    forgetSession();
    // Beside the rest: without the network the centre hears of it later.
    void logOut(session ?? null);
    await this.#goOut(session === undefined ? [] : [keepEnded(session)]);
    goOn();
  };

  /** Logs out, and removes all that this workstation keeps of the person; see {@link forgetPerson}. */
  readonly forget = async (done: Forgetting = { kind: 'forgotten' }): Promise<void> => {
    const session = this.#held?.session;
    if (session === undefined) return;
    const goOn = await elsewhere(session);
    forgetSession();
    void logOut(session);
    await this.#goOut([keepEnded(session)], async () => {
      const forgetting = await forgetPerson(profileOf(session), this.#copyFiles, OTHER_WINDOWS_MS);
      return forgetting.kind === 'forgotten' ? done : forgetting;
    });
    goOn();
  };

  /** A login over the screens: the same person goes on, another one begins. */
  readonly goOn = async (session: Session): Promise<void> => {
    const held = this.#held;
    if (held !== null && profileOf(held.session) === profileOf(session)) {
      // The screens, the copy and what its outbox is judged by go by the rights the person has now.
      if (!hasSameRights(held.session, session)) return this.open(session);
      held.session = session;
      rememberSession(session);
      return held.store.syncNow();
    }
    clearTraces(held?.session ?? null);
    return this.open(session);
  };

  async #goOut(work: readonly Promise<unknown>[], then?: () => Promise<Forgetting>): Promise<void> {
    const mine = (this.#transition += 1);
    this.#set({ name: 'opening' });
    clearTraces(this.#held?.session ?? null);
    await Promise.allSettled([this.#close(), ...work]);
    const forgetting = await then?.();
    if (mine !== this.#transition) return;
    this.#set({ name: 'out', last: null, ...(forgetting === undefined ? {} : { forgetting }) });
  }

  /** Forgets whoever works here, by order, as soon as the centre has everything. */
  async #obey(hub: StoreHub): Promise<void> {
    const stage = this.#stage;
    if (stage.name !== 'in' || stage.hub !== hub) return;
    if (hub.status().unsent === 0) await this.forget({ kind: 'ordered' });
    else if (!stage.isToGo) this.#set({ ...stage, isToGo: true });
  }

  /** Forgets at the start those whose time has come, before a copy of theirs is opened. */
  async #forgetDue(): Promise<void> {
    const now = Date.now();
    await adoptOlderCopies(now).catch(() => undefined);
    await forgetDue(this.#copyFiles, now, null).catch(() => undefined);
  }

  /** Another window may have logged out, or let somebody else in. */
  #hear(session: Session | null): void {
    const held = this.#held;
    if (session === null) {
      if (held?.isIn === true) void this.#goOut([]);
      else if (this.#stage.name === 'out' && this.#stage.last !== null)
        this.#set({ name: 'out', last: null });
    } else if (held?.isIn === true && JSON.stringify(session) !== JSON.stringify(held.session)) {
      void this.goOn(session);
    }
  }

  async #close(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    this.#stopFollowing();
    noteSessionHere(null);
    await held?.store.close().catch(() => undefined);
  }

  #set(stage: SessionStage): void {
    this.#stage = stage;
    this.#changes.tell();
  }
}
