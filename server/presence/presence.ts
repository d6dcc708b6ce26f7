import { z } from 'zod';
import { MOST_AT_CARD, PRESENCE_MS, PRESENCES, type OtherAtCard } from '#shared/protocol/presence.ts';

/** A word of where a person is, as one API process tells the others. */
export const beatSchema = z.strictObject({
  region: z.string().min(1).max(60),
  incident: z.uuid(),
  account: z.string().min(1).max(60),
  state: z.enum(PRESENCES),
});
export type PresenceBeat = Readonly<z.infer<typeof beatSchema>>;

/** Number of cards kept in mind: more are open nowhere, and a caller who invents them fills no memory. */
const MOST_CARDS = 5000;

interface Present {
  readonly isWriting: boolean;
  /** Monotonic, ms. */
  readonly until: number;
}

const cardOf = ({ region, incident }: Pick<PresenceBeat, 'region' | 'incident'>): string =>
  `${region} ${incident}`;

/** Who is at which card now, in the memory of this process alone; a word lasts {@link PRESENCE_MS}. */
export class Presence {
  readonly #cards = new Map<string, Map<string, Present>>();
  readonly #clock: () => number;

  /** `clock`: ms that only go forward. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Takes a word in. */
  note(beat: PresenceBeat): void {
    const key = cardOf(beat);
    const people = this.#cards.get(key) ?? new Map<string, Present>();
    this.#forgetGone(key, people);
    if (beat.state === 'gone') people.delete(beat.account);
    else if (people.has(beat.account) || people.size < MOST_AT_CARD) {
      const until = this.#clock() + PRESENCE_MS;
      people.set(beat.account, { isWriting: beat.state === 'writing', until });
    }
    // The card that was spoken of last stands last, so the first is the one to be given up.
    this.#cards.delete(key);
    if (people.size > 0) this.#cards.set(key, people);
    const [oldest] = this.#cards.keys();
    if (this.#cards.size > MOST_CARDS && oldest !== undefined) this.#cards.delete(oldest);
  }

  /** Everybody but one at a card. */
  others(at: Pick<PresenceBeat, 'region' | 'incident' | 'account'>): OtherAtCard[] {
    const key = cardOf(at);
    const people = this.#cards.get(key) ?? new Map<string, Present>();
    this.#forgetGone(key, people);
    return [...people].flatMap(([account, { isWriting }]) =>
      account === at.account ? [] : [{ account, isWriting }],
    );
  }

  #forgetGone(key: string, people: Map<string, Present>): void {
    const now = this.#clock();
    for (const [account, { until }] of people) if (until <= now) people.delete(account);
    if (people.size === 0) this.#cards.delete(key);
  }
}
