import {
  providerCheckSchema,
  providerViewSchema,
  SIGN_IN_PATH,
  type ProviderChange,
  type CheckedProvider,
  type ProviderView,
} from '#shared/protocol/sign-in.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

const ask = askBelow(`${SIGN_IN_PATH}/provider`, 30_000);

export const fetchProvider = (): Promise<CentreAnswer<ProviderView>> => ask('', providerViewSchema);

export const saveProvider = (change: ProviderChange): Promise<CentreAnswer<ProviderView>> =>
  ask('', providerViewSchema, { method: 'PUT', body: change });

/** Has the centre ask the provider what it says of itself. */
export const askProvider = (): Promise<CentreAnswer<CheckedProvider>> =>
  ask('/check', providerCheckSchema, { method: 'POST', body: {} });
