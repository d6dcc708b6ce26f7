import type { VkComment } from './objects.ts';

/**
 * Where residents write comments in a community. `post` names the place as VK writes it in links: `photo5`,
 * for a wall post `5`.
 */
export interface CommentPlace {
  /** First part of the key by which a comment is known; deletions say it again. */
  readonly kind: 'comment' | 'photo_comment' | 'video_comment' | 'topic_comment';
  readonly owner: string;
  readonly post: string;
}

const EVENT = /^(wall_reply|photo_comment|video_comment|board_post)_(new|edit|restore|delete)$/;

/** Family and change of an event about comments; null when it is about something else. */
export function commentEvent(type: string): { readonly family: string; readonly change: string } | null {
  const [, family = '', change = ''] = EVENT.exec(type) ?? [];
  return family === '' ? null : { family, change };
}

/** The place a comment stands at. `ours` is the community, which VK leaves out at times. */
export function placeOf(family: string, comment: VkComment, ours: string): CommentPlace {
  const owner = comment.owner_id ?? ours;
  const post = comment.post_id ?? '0';
  switch (family) {
    case 'photo_comment':
      return {
        kind: 'photo_comment',
        owner: comment.photo_owner_id ?? owner,
        post: `photo${comment.photo_id ?? '0'}`,
      };
    case 'video_comment':
      return {
        kind: 'video_comment',
        owner: comment.video_owner_id ?? owner,
        post: `video${comment.video_id ?? '0'}`,
      };
    case 'board_post':
      return {
        kind: 'topic_comment',
        owner: comment.topic_owner_id ?? owner,
        post: `topic${comment.topic_id ?? '0'}`,
      };
    default:
      return { kind: 'comment', owner: comment.post_owner_id ?? owner, post };
  }
}

/** A comment's key: ids are counted by owner, in discussions by topic. */
export const commentKey = ({ kind, owner, post }: CommentPlace, id: string): string =>
  kind === 'topic_comment'
    ? `${kind}:${owner}_${post.slice('topic'.length)}_${id}`
    : `${kind}:${owner}_${id}`;

/** Address of a comment. */
export function commentUrl({ kind, owner, post }: CommentPlace, id: string): string {
  if (kind === 'comment') return `https://vk.com/wall${owner}_${post}?reply=${id}`;
  const place = post.replace(/(?<!\d)\d+$/, (digits) => `${owner}_${digits}`);
  return kind === 'topic_comment'
    ? `https://vk.com/${place}?post=${id}`
    : `https://vk.com/${place}?reply=${id}`;
}
