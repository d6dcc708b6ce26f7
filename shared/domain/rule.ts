import type { ArgsOf, IncidentCommandName } from './command.ts';
import type { DecideContext } from './decide-context.ts';
import type { EventBody } from './event.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Refusal } from './refusal.ts';
import type { StepName } from './step.ts';

/**
 * The answer of one command's rule: bodies of events, a refusal, or bodies with the fields that were merged.
 */
export type Ruling =
  | readonly EventBody[]
  | Refusal
  | {
      readonly bodies: readonly EventBody[];
      readonly merged: readonly string[];
      /** When it happened, where that is not now. */
      readonly at?: Instant;
      /** Why it is entered only now, where it happened before: '' when nobody says. */
      readonly entered?: string;
    };

/** A rule: the steps it is legal in, and what it says there. */
export interface Rule<N extends IncidentCommandName> {
  readonly steps: readonly StepName[] | 'any';
  readonly rule: (incident: Incident, args: ArgsOf<N>, context: DecideContext) => Ruling;
}
