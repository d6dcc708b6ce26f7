import { z } from 'zod';
import {
  factorBegunSchema,
  ownFactorSchema,
  sparesSchema,
  type FactorAct,
  type FactorBegun,
  type OwnFactor,
  type Spares,
} from '#shared/protocol/second-factor.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

const ask = askBelow('/api/v1/session/second-factor', 20_000);
const done = z.object({ done: z.literal(true) });

/** How it stands with one's own second factor. */
export const readOwnFactor = (): Promise<CentreAnswer<OwnFactor>> => ask('', ownFactorSchema);

/** Asks for a secret; `act` is left out by whoever has just come in and must set one up. */
export const beginFactor = (act: Partial<FactorAct> = {}): Promise<CentreAnswer<FactorBegun>> =>
  ask('/begin', factorBegunSchema, { method: 'POST', body: act });

/** Shows by a code that the application has the secret; gives spare codes, this once. */
export const confirmFactor = (code: string): Promise<CentreAnswer<Spares>> =>
  ask('/confirm', sparesSchema, { method: 'POST', body: { code } });

export const renewSpares = (act: FactorAct): Promise<CentreAnswer<Spares>> =>
  ask('/spares', sparesSchema, { method: 'POST', body: act });

export const removeFactor = (act: FactorAct): Promise<CentreAnswer<{ done: true }>> =>
  ask('/remove', done, { method: 'POST', body: act });
