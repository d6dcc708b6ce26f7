import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Channels } from '#server/channels/channels.ts';
import type { Scheduler } from '#server/jobs/scheduler.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import type { Partners } from '#server/partners/partners.ts';
import type { PresenceLine } from '#server/presence/presence-line.ts';
import type { SecondFactor } from '#server/second-factor/second-factor.ts';
import type { SignIn } from '#server/sign-in/sign-in.ts';
import type { Database } from '#server/store/database.ts';

/** Our Fastify: schemas of routes are zod's. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The parts that route files work with. */
export interface ApiDeps {
  /** As the API's role; only within `withScope` does it see anything. */
  readonly db: Database;
  /** The clock. */
  readonly now: () => Instant;
  /** Official pages in networks; without it nothing is received from them. */
  readonly channels?: Channels;
  /** Tells what happens by time, without it there is no route for that; is told what work follows from. */
  readonly scheduler?: Pick<Scheduler, 'read' | 'follow'>;
  /** Knows who is at which card; without it there is no route for that. */
  readonly presence?: PresenceLine;
  /** Counts what was told of a swelling feed by this process's jobs. */
  readonly feedAlarms?: { readonly count: number };
  /** Systems of others that hand in requests; without it there is no Open311. */
  readonly partners?: Partners;
  /** Sends mails; without it there is no route for that. */
  readonly mailer?: Mailer;
  /** Lets people in by providers and directories of others; without it there is no route for that. */
  readonly signIn?: SignIn;
  /** Judges codes of second factors; without it nobody who has one comes in. */
  readonly secondFactor?: SecondFactor;
  /**
   * True when people of the demo region may come in without a password, asked from this machine; not unless
   * somebody says so.
   */
  readonly isDemoOffered?: boolean;
  /**
   * Private networks that may be called although the address came from outside; none unless an installation
   * says so.
   */
  readonly allowedNetworks?: readonly string[];
}

/** A route file: registers its routes with full paths ('/api/v1/…'). Listed in `routes.ts`. */
export type Routes = (api: Api, deps: ApiDeps) => void;

/** Who may call a route: without a word about it, under /api/ any logged-in account. */
export type Access = 'public' | readonly Role[];

/** A long-lived answer (server-sent events) that must be ended before the API can stop. */
export interface OpenStream {
  end(): void;
}

/** The session of a request and the token it came with. */
export interface RequestSession {
  readonly session: Session;
  readonly token: string;
  /** The account is closed; only routes that say so get such a request. */
  readonly isDismissed: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `Access`. */
    access?: Access;
    /** A person who was dismissed may still call it: it gives them nothing and keeps what they hand over. */
    isOpenToDismissed?: boolean;
    /** Whoever still has a password that somebody else gave may call it. */
    isOpenToNewcomers?: boolean;
    /** Whoever has yet to set up a second factor may call it, as all that is open to newcomers. */
    isOpenWithoutFactor?: boolean;
  }
  interface FastifyRequest {
    /** Read it with `sessionOf(request)`. */
    current: RequestSession | null;
  }
  interface FastifyInstance {
    /** Add a stream when it opens, delete it when it closes; all are ended at stop. */
    openStreams: Set<OpenStream>;
  }
}
