import { sessionSchema, type Session } from '#shared/protocol/session.ts';
import { askCentre } from '#renderer/kit/api/ask-centre.ts';
import type { StoreHub } from '#renderer/kit/context/store-hub.ts';
import type { CopyFiles } from '#renderer/data/store/kept-copy.ts';
import { coalesced } from '#renderer/data/sync/coalesced.ts';
import { dueReason, forgetDue, keepOrders } from '#renderer/data/session/due-copies.ts';
import { profileOf } from '#renderer/data/session/own-keys.ts';
import { keepPerson, peopleHere } from '#renderer/data/session/people-here.ts';

const HOUR_MS = 3_600_000;

interface Follow {
  readonly session: Session;
  readonly hub: StoreHub;
  readonly files: CopyFiles | null;
  /** Called when an administrator has ordered this person's copy to go; again whenever something is sent. */
  readonly onOrder: () => void;
}

/** Keeps that the person works here, with what the centre says of the region now. */
async function noteUse(session: Session): Promise<void> {
  const answer = await askCentre('/api/v1/session', sessionSchema);
  const now = answer.ok && profileOf(answer.value) === profileOf(session) ? answer.value : session;
  await keepPerson({ ...session, account: now.account, region: now.region }, Date.now());
}

/**
 * Follows, while a person works here, what this workstation is to forget: orders of administrators as they
 * come, copies of others nobody has used for long, the days since this one was used. Gives the function that
 * ends it.
 */
export function followOrders({ session, hub, files, onOrder }: Follow): () => void {
  const profile = profileOf(session);
  let isOver = false;
  let isOrdered = false;
  const look = coalesced(
    async () => {
      await keepOrders(session, hub.reference().accounts);
      if (isOver) return;
      await forgetDue(files, Date.now(), profile);
      const self = (await peopleHere()).find((person) => person.profile === profile);
      isOrdered = self !== undefined && dueReason(self, Date.now()) === 'order';
      if (isOrdered && !isOver) onOrder();
    },
    () => isOver,
  );
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  const note = (): void => quietly(noteUse(session).then(look));
  const timer = setInterval(note, HOUR_MS);
  let seen = hub.reference();
  const stop = hub.watch(() => {
    const isNew = hub.reference() !== seen;
    seen = hub.reference();
    if (isNew) quietly(look());
    else if (isOrdered) onOrder();
  });
  note();
  return () => {
    isOver = true;
    clearInterval(timer);
    stop();
  };
}
