import { v5 } from 'uuid';

/** Ours alone; only has to stay the same for ever. */
const NAMESPACE = '5b0c9f0e-6c1d-5d3a-8f57-2f6f3f1f9a13';

/**
 * The id of an incident that began outside (RFC 9562, version 5). `keys` are the outside's own: the region,
 * the network or partner, and its name of the message. So what is read again after the database was put back
 * becomes the same incident, and what people did about it fits.
 */
export const outsideId = (...keys: readonly string[]): string => v5(JSON.stringify(keys), NAMESPACE);
