/** A comment as VK keeps it. */
export interface FakeComment {
  id: number;
  from_id: number;
  date: number;
  text: string;
  owner_id: number;
  post_id: number;
  reply_to_comment?: number;
}

const now = (): number => Math.floor(Date.now() / 1000) - 5;

interface FakeMessage {
  readonly id: number;
  readonly from: number;
  readonly text: string;
}

/** A post on a community's wall; `change` adds what is unusual about it. */
export const wallPost = (group: number, { id, from, text }: FakeMessage, change: object = {}) => ({
  inner_type: 'wall_wallpost',
  id,
  owner_id: -group,
  from_id: from,
  date: now(),
  text,
  post_type: 'post',
  attachments: [],
  ...change,
});

/** A message to a community, as `message_edit` and, wrapped, `message_new` carry it. */
export const directMessage = ({ id, from, text }: FakeMessage, change: object = {}) => ({
  id,
  from_id: from,
  peer_id: from,
  conversation_message_id: id,
  date: now(),
  text,
  out: 0,
  version: 10_000 + id,
  attachments: [],
  fwd_messages: [],
  ...change,
});

/** The object of `message_new` since 5.103. */
export const messageNew = (message: object) => ({
  client_info: {
    button_actions: ['text'],
    keyboard: true,
    inline_keyboard: true,
    carousel: false,
    lang_id: 0,
  },
  message,
});

/** A comment under a photo or a video, or in a discussion, of a community. */
export const commentUnder = (
  family: 'photo_comment' | 'video_comment' | 'board_post',
  group: number,
  place: number,
  { id, from, text }: FakeMessage,
) => {
  const said = { id, from_id: from, date: now(), text };
  if (family === 'board_post') return { ...said, topic_owner_id: -group, topic_id: place };
  const noun = family === 'photo_comment' ? 'photo' : 'video';
  return { ...said, [`${noun}_id`]: place, [`${noun}_owner_id`]: -group };
};

/** The object of `*_delete` for such a comment. */
export const deletionUnder = (
  family: 'wall_reply' | 'photo_comment' | 'video_comment' | 'board_post',
  group: number,
  place: number,
  id: number,
) => {
  if (family === 'board_post') return { topic_owner_id: -group, topic_id: place, id };
  const gone = { owner_id: -group, id };
  if (family === 'wall_reply') return { ...gone, user_id: 1, post_id: place };
  if (family === 'photo_comment') return { ...gone, user_id: 1, deleter_id: 1, photo_id: place };
  return { ...gone, deleter_id: 1, video_id: place };
};
