import type { ReplyKind } from '#shared/domain/incident.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import type { RowValues } from './import-values.ts';
import type { IncidentBuilder } from './incident-builder.ts';

interface Publication {
  readonly at: Instant;
  readonly text: string;
  readonly kind: ReplyKind;
  readonly isLast: boolean;
}

/**
 * Drafts and publishes a reply at one moment. Account and media are told once a row: they go to the last
 * reply.
 */
function publish(
  builder: IncidentBuilder,
  values: RowValues,
  { at, text, kind, isLast }: Publication,
  before: () => void = () => undefined,
): void {
  builder.push(at, { name: 'reply_drafted', text, kind, promises: [] });
  before();
  const account = isLast ? values.text('account') : '';
  builder.push(at, {
    name: 'reply_published',
    account,
    link: '',
    hasMedia: isLast && values.yes('replyHasMedia'),
  });
}

/**
 * The first answer of all, when it is not the last agency's (column F apart from K): given before its turn.
 */
export function earlierReply(builder: IncidentBuilder, values: RowValues): void {
  const at = values.moment('firstReplyAt');
  const own = values.moment('agencyReplyAt');
  if (at === null || (own !== null && at >= own)) return;
  const kind = own === null && values.moment('satisfactionAt') !== null ? 'final' : 'interim';
  publish(builder, values, { at, text: values.text('firstReplyText'), kind, isLast: own === null });
}

/**
 * The last agency's replies (AJ–AL). The file tells the moment of the first one (K) only; the last of several
 * was out when the author was asked (AT), and those between are put at the first one's moment, the earliest
 * they can have.
 */
export function agencyReplies(builder: IncidentBuilder, values: RowValues): void {
  const first = values.moment('agencyReplyAt');
  if (first === null) return unpublishedReply(builder, values);
  const satisfiedAt = values.moment('satisfactionAt');
  const texts = values.replies.length === 0 ? [values.text('firstReplyText')] : values.replies;
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    const at = index > 0 && isLast ? Math.max(first, satisfiedAt ?? first) : first;
    const kind: ReplyKind = isLast && satisfiedAt !== null ? 'final' : 'interim';
    publish(builder, values, { at, text, kind, isLast }, () => {
      if (index === 0) approval(builder, values, text, first);
    });
  }
}

/** O and P: sent for approval, and how long it was there, to the millisecond. */
function approval(
  builder: IncidentBuilder,
  values: RowValues,
  text: string,
  publishedAt: Instant | null,
): void {
  const submittedAt = values.moment('submittedAt');
  const onApprovalMs = values.spanMs('approvalTime');
  if (submittedAt !== null) builder.push(submittedAt, { name: 'reply_submitted' });
  const counted = submittedAt !== null && onApprovalMs !== null ? submittedAt + onApprovalMs : null;
  // A length of centuries is a slip of the file, not a moment.
  const approvedAt = counted !== null && isSensible(counted) ? counted : publishedAt;
  if (submittedAt !== null && approvedAt !== null) builder.push(approvedAt, { name: 'reply_approved', text });
}

/** A reply that is not out yet. */
function unpublishedReply(builder: IncidentBuilder, values: RowValues): void {
  const submittedAt = values.moment('submittedAt');
  const [text] = values.replies;
  if (text === undefined && submittedAt === null) return;
  const at = submittedAt ?? values.moment('assignedAt') ?? values.createdAt;
  builder.push(at, { name: 'reply_drafted', text: text ?? '', kind: 'final', promises: [] });
  approval(builder, values, text ?? '', null);
}
