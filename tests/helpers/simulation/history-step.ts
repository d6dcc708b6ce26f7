import type { SimulatedCommand } from './commands.ts';
import type { WayBack } from './region.ts';
import type { Fault } from './faulty-transport.ts';
import type { Release } from './next-release.ts';

/** People who may sit at a console of a history. */
export const PEOPLE = ['operator', 'approver', 'administrator', 'executor', 'observer'] as const;
export type Person = (typeof PEOPLE)[number];

/** Rights that an administrator gives an account: `own` are those it began with. */
export const RIGHTS = ['own', 'observer', 'executor', 'operator', 'closed'] as const;

/** Things that go wrong beside the network, each of which a history may be without. */
export const TROUBLES = [
  'line',
  'partition',
  'late',
  'pass',
  'crash',
  'takeover',
  'release',
  'api_release',
  'clock',
  'quota',
  'rights',
  'damage',
  'lose_database',
  'lose_journal',
  'wipe',
  'restore',
  'put_back',
] as const;
export type Trouble = (typeof TROUBLES)[number];

interface AtConsole {
  /** Which console. */
  readonly c: number;
}
interface Spoiled extends AtConsole {
  /** Faults of the console's next requests. */
  readonly faults: readonly Fault[];
}

/**
 * One thing that happens in a history. `work`: whatever comes next in the usual life of the incident.
 * `partition`: everybody's line at once. `clock`: the workstation's clock jumps. `takeover`: another tab
 * becomes the owner. `release`: the console goes on as one of another release. `lose_journal`: the second
 * copy is gone; `wipe`: both are. `api_release`: the API is updated to the next release, or goes back from
 * it. `apply_again`: the person sends once more what the API had not known. `restore`: the API comes back
 * from a backup of this moment by `npm run restore`; `put_back`: from the last `back_up`.
 */
export type HistoryStep =
  | (Spoiled & {
      readonly do: 'act';
      readonly command: SimulatedCommand;
      readonly incident: number;
      readonly n: number;
    })
  | (Spoiled & { readonly do: 'work'; readonly incident: number; readonly n: number })
  | (Spoiled & { readonly do: 'poke' | 'sync_now' })
  | (Spoiled & { readonly do: 'pass'; readonly ms: number })
  | (Spoiled & { readonly do: 'line'; readonly isUp: boolean })
  | (AtConsole & { readonly do: 'late_answer' | 'late_request'; readonly newest: boolean })
  | (AtConsole & {
      readonly do: 'crash' | 'takeover' | 'damage' | 'lose_database' | 'lose_journal' | 'wipe';
    })
  | (AtConsole & { readonly do: 'report' })
  | (AtConsole & { readonly do: 'clock'; readonly ms: number })
  | (AtConsole & { readonly do: 'quota'; readonly isFull: boolean })
  | (AtConsole & { readonly do: 'release'; readonly release: Release })
  | (AtConsole & { readonly do: 'apply_again' })
  | (AtConsole & { readonly do: 'rights'; readonly rights: (typeof RIGHTS)[number] })
  | { readonly do: 'partition'; readonly isUp: boolean }
  | { readonly do: 'restore' | 'back_up' }
  | { readonly do: 'api_release'; readonly isNext: boolean }
  | {
      readonly do: 'put_back';
      readonly way: WayBack;
      /** Consoles that lose the line meanwhile, in the order in which they come back if nobody is earlier. */
      readonly order: readonly number[];
    };

/** A history: who sits at the consoles, and what happens. */
export interface History {
  readonly cast: readonly Person[];
  readonly steps: readonly HistoryStep[];
}

/** The trouble a step belongs to; null for the usual work. */
export function troubleOf(step: HistoryStep): Trouble | null {
  switch (step.do) {
    case 'act':
    case 'work':
    case 'poke':
    case 'sync_now':
    case 'report':
      return null;
    case 'late_answer':
    case 'late_request':
      return 'late';
    case 'back_up':
      return 'put_back';
    case 'apply_again':
      return 'api_release';
    default:
      return step.do;
  }
}

/** A step in words. */
export function stepWords(step: HistoryStep): string {
  const { do: doing, ...rest } = step;
  const faults =
    'faults' in step && step.faults.length > 0 ? `, its next requests: ${step.faults.join(', ')}` : '';
  const details = Object.entries(rest)
    .filter(([name]) => name !== 'c' && name !== 'faults')
    .map(([name, value]) => `${name} ${String(value)}`);
  return `${'c' in step ? `console ${step.c}` : 'the API'}: ${doing} ${details.join(', ')}${faults}`;
}
