/** Somebody in MAX. Numbers may be wider than 53 bits, so they are text here and digits on the line. */
export interface MaxUser {
  readonly user_id: string;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly is_bot: boolean;
}

/** A message, a post or a comment as MAX keeps it. */
export interface MaxMessage {
  readonly sender: MaxUser | null;
  readonly recipient: { chat_id: string; chat_type: string; user_id: string | null; post_id?: string };
  readonly timestamp: number;
  readonly link?: object;
  body: { mid: string; seq: string; text: string | null; attachments?: object[] | null } | null;
  readonly url?: string | null;
}

type WithBody = MaxMessage & { body: NonNullable<MaxMessage['body']> };

/** An update; MAX gives it no number. */
export interface MaxUpdate {
  readonly update_type: string;
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

interface Written {
  readonly post?: string;
  readonly chat?: string;
  readonly from: MaxUser | null;
  readonly text: string | null;
  readonly to?: string | null;
  readonly at?: number;
  readonly attachments?: object[];
}

/** As a number stands in the address of a post. */
function inLetters(seq: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(seq));
  return bytes.toString('base64url');
}

/** A resident. */
export const person = (id: number | string, firstName = `Житель ${id}`): MaxUser => ({
  user_id: String(id),
  first_name: firstName,
  is_bot: false,
});

/** A channel with its bot's conversations, and the updates MAX has to tell about them. */
export class FakeMaxChannel {
  readonly channelId: string;
  readonly bot: MaxUser = { user_id: '501', first_name: 'Бот ЦУР', username: 'id7901_bot', is_bot: true };
  readonly posts: WithBody[] = [];
  comments: WithBody[] = [];
  /** In conversations and groups. */
  readonly messages: WithBody[] = [];
  /** Not told yet. */
  readonly updates: MaxUpdate[] = [];
  /** Conversations in which the person has stopped the bot. */
  readonly stopped = new Set<string>();
  readonly chat = {
    type: 'channel',
    status: 'active',
    last_event_time: 0,
    participants_count: 9,
    is_public: true,
    title: 'ЦУР области',
    link: 'https://max.ru/tsur79',
  };
  readonly member = {
    is_owner: false,
    is_admin: true,
    permissions: ['read_all_messages', 'write', 'edit', 'delete'] as string[] | null,
    last_access_time: 0,
    join_time: 0,
  };
  #last = 0n;

  constructor(channelId: string) {
    this.channelId = channelId;
  }

  /**
   * As the real ones are made: chat and seq in 16 hexadecimal digits each; seq is the moment and a counter,
   * wider than 53 bits.
   */
  #nameOf(chat: string, at: number): { mid: string; seq: string } {
    this.#last += 1n;
    const seq = (BigInt(at) << 16n) + (this.#last & 0xffffn);
    const hex = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0');
    return { mid: `mid.${hex(BigInt(chat))}${hex(seq)}`, seq: String(seq) };
  }

  /** Puts a message where it belongs, and tells nobody. */
  write({ post, chat, from, text, to = null, at = Date.now(), attachments }: Written): WithBody {
    const place = chat ?? this.channelId;
    const type =
      post !== undefined || chat === undefined ? 'channel' : chat.startsWith('-') ? 'chat' : 'dialog';
    const name = this.#nameOf(place, at);
    const made = {
      sender: from,
      recipient: {
        chat_id: place,
        chat_type: type,
        user_id: null,
        ...(post !== undefined && { post_id: post }),
      },
      timestamp: at,
      ...(to !== null && { link: { type: 'reply', message: { mid: to, seq: '1' } } }),
      body: {
        ...name,
        text,
        ...(post === undefined && { attachments: attachments ?? null }),
      },
      ...(post === undefined && {
        url: chat === undefined ? `https://max.ru/tsur79/${inLetters(name.seq)}` : null,
      }),
    };
    if (post !== undefined) this.comments.push(made);
    else if (chat !== undefined) this.messages.push(made);
    else this.posts.push(made);
    return made;
  }

  /** The channel's own post. */
  post(text: string, at?: number): string {
    const made = this.write({ from: null, text, ...(at !== undefined && { at }) });
    this.tell('message_created', { message: made });
    return made.body.mid;
  }

  /** A resident writes under a post, and MAX has it to tell. */
  comment(
    post: string,
    from: MaxUser | null,
    text: string,
    more: { to?: string; at?: number } = {},
  ): WithBody {
    const made = this.write({ post, from, text, ...more });
    this.tell('comment_created', { message: made });
    return made;
  }

  /** A resident writes to the bot, or in a group when the number is negative. */
  say(chat: string, from: MaxUser, text: string | null, attachments?: object[]): WithBody {
    const made = this.write({ chat, from, text, ...(attachments && { attachments }) });
    this.tell('message_created', { message: made, ...(!chat.startsWith('-') && { user_locale: 'ru' }) });
    return made;
  }

  /** The author edits. The update carries the message as it is then. */
  edit(message: WithBody, text: string): void {
    message.body = { ...message.body, text };
    const isComment = message.recipient.post_id !== undefined;
    this.tell(isComment ? 'comment_edited' : 'message_edited', { message: structuredClone(message) });
  }

  /** Somebody deletes. */
  remove({ body, recipient, sender }: WithBody): void {
    this.comments = this.comments.filter((comment) => comment.body.mid !== body.mid);
    const gone = { message_id: body.mid, chat_id: recipient.chat_id, user_id: sender?.user_id ?? '1' };
    const { post_id: post } = recipient;
    if (post === undefined) this.tell('message_removed', gone);
    else this.tell('comment_removed', { ...gone, post_id: post });
  }

  /** Any update. */
  tell(type: string, fields: object): void {
    this.updates.push({ update_type: type, timestamp: Date.now(), ...structuredClone(fields) });
  }
}
