import type { LaneCounts } from '#renderer/kit/context/store-hub.ts';

/** Kinds of news for a person who is looking elsewhere, the most pressing first. */
export const NOTICE_KINDS = ['burning', 'refused', 'promised', 'new'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface Notice {
  readonly kind: NoticeKind;
  readonly count: number;
  /** The screen a click opens. */
  readonly path: string;
}

/** Number of incidents of each kind. */
export type NoticeCounts = Readonly<Record<NoticeKind, number>>;

const PATHS: Readonly<Record<NoticeKind, string>> = {
  burning: '/queue/burning',
  refused: '/not-accepted',
  promised: '/queue/promised',
  new: '/queue/new',
};

export const noticeCounts = (
  { burning, promised, new: fresh }: LaneCounts,
  notAccepted: number,
): NoticeCounts => ({ burning, refused: notAccepted, promised, new: fresh });

/**
 * Finds the kinds that have grown, the most pressing first. A smaller number is no news: somebody did the
 * work.
 */
export const noticesOf = (before: NoticeCounts, after: NoticeCounts): readonly Notice[] =>
  NOTICE_KINDS.filter((kind) => after[kind] > before[kind]).map((kind) => ({
    kind,
    count: after[kind],
    path: PATHS[kind],
  }));
