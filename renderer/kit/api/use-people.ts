import { accountsSchema, type ListedAccount } from '#shared/protocol/accounts.ts';
import { askCentre, type CentreAnswer } from './ask-centre.ts';
import { useCentreQuery, type CentreData } from './use-centre-query.ts';

type People = { readonly accounts: readonly ListedAccount[] };

const readPeople = (): Promise<CentreAnswer<People>> => askCentre('/api/v1/accounts', accountsSchema);

/** Reads the people of the region, by name, for its administrator; one copy for all screens. */
export const usePeople = (): CentreData<People> => useCentreQuery(['people'], readPeople);
