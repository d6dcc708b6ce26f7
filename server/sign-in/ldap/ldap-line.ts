import type { Socket } from 'node:net';
import { lengthOfFirst, NotLdap } from './ber.ts';
import { readAnswer, type LdapEntry } from './ldap-answer.ts';

/** A message to a directory, as `ldapts` writes it. */
interface LdapRequest {
  readonly write: () => Buffer;
}

/** All that a directory has answered to a question. */
export interface LdapReply {
  readonly code: number;
  /** The directory's own words, never shown nor logged. */
  readonly text: string;
  readonly entries: readonly LdapEntry[];
  readonly hasReferences: boolean;
}

interface Question {
  readonly id: number;
  readonly entries: LdapEntry[];
  hasReferences: boolean;
  readonly resolve: (reply: LdapReply) => void;
  readonly reject: (error: Error) => void;
}

/** More than a person with five thousand groups; of a search two entries are asked for. */
const MOST_BYTES = 2_000_000;
const SEQUENCE = 0x30;

/** A connection to a directory: one question after the other, an answer no longer than it may be. */
export class LdapLine {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #taken = 0;
  #lastId = 0;
  #question: Question | null = null;
  #end: Error | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#take).on('error', this.#fail).on('close', this.#close);
  }

  /**
   * Asks one thing. `make` gets the number of the message. Throws NotLdap, and what the network throws.
   */
  ask(make: (messageId: number) => LdapRequest): Promise<LdapReply> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#end !== null) return reject(this.#end);
      this.#question = { id, entries: [], hasReferences: false, resolve, reject };
      this.#socket.write(make(id).write());
    });
  }

  /**
   * Hands the connection over to be encrypted. What came unasked before that is somebody's in between, who
   * would have it read as the directory's own: NotLdap.
   */
  handOver(): Socket {
    this.#socket.off('data', this.#take).off('error', this.#fail).off('close', this.#close);
    if (this.#rest.length > 0) throw new NotLdap();
    return this.#socket;
  }

  readonly #take = (chunk: Buffer): void => {
    try {
      this.#taken += chunk.length;
      if (this.#taken > MOST_BYTES) throw new NotLdap();
      this.#rest = Buffer.concat([this.#rest, chunk]);
      this.#readAll();
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : new NotLdap());
    }
  };

  #readAll(): void {
    while (this.#rest.length > 0) {
      if (this.#rest[0] !== SEQUENCE) throw new NotLdap();
      const length = lengthOfFirst(this.#rest);
      if (length !== null && length > MOST_BYTES) throw new NotLdap();
      if (length === null || length > this.#rest.length) return;
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      this.#hear(message);
    }
  }

  #hear(message: Buffer): void {
    const answer = readAnswer(message);
    const question = this.#question;
    // Number 0 is news that nobody asked for: it says that the connection ends.
    if (question === null || answer.id !== question.id) return;
    if (answer.kind === 'entry') question.entries.push(answer.entry);
    else if (answer.kind === 'reference') question.hasReferences = true;
    else {
      this.#question = null;
      const { entries, hasReferences, resolve } = question;
      resolve({ code: answer.code, text: answer.text, entries, hasReferences });
    }
  }

  readonly #fail = (error: Error): void => {
    this.#end ??= error;
    this.#question?.reject(this.#end);
    this.#question = null;
  };

  readonly #close = (): void => this.#fail(new Error('The directory has closed the connection'));
}
