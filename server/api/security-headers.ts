import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Everything comes from our own address. Styles may be inline, because Mantine writes style attributes;
 * scripts may not. Workers and printing use blobs the console makes itself.
 */
export const HELMET: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      frameSrc: ["'self'", 'blob:'],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Inside a closed network the API is often plain http; whoever puts TLS in front adds this header there.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
};
