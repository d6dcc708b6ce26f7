import type { ReplyKind } from '#shared/domain/incident.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import type { RowFacts } from './import-facts.ts';
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
  facts: RowFacts,
  { at, text, kind, isLast }: Publication,
  before: () => void = () => undefined,
): void {
  builder.push(at, { name: 'reply_drafted', text, kind, promises: [] });
  before();
  const account = isLast ? facts.text('account') : '';
  builder.push(at, {
    name: 'reply_published',
    account,
    link: '',
    hasMedia: isLast && facts.yes('replyHasMedia'),
  });
}

/**
 * The first answer of all, when it is not the last agency's (column F apart from K): given before its turn.
 */
export function earlierReply(builder: IncidentBuilder, facts: RowFacts): void {
  const at = facts.moment('firstReplyAt');
  const own = facts.moment('agencyReplyAt');
  if (at === null || (own !== null && at >= own)) return;
  const kind = own === null && facts.moment('satisfactionAt') !== null ? 'final' : 'interim';
  publish(builder, facts, { at, text: facts.text('firstReplyText'), kind, isLast: own === null });
}

/**
 * The last agency's replies (AJ–AL). The file tells the moment of the first one (K) only; the last of several
 * was out when the author was asked (AT), and those between are put at the first one's moment, the earliest
 * they can have.
 */
export function agencyReplies(builder: IncidentBuilder, facts: RowFacts): void {
  const first = facts.moment('agencyReplyAt');
  if (first === null) return unpublishedReply(builder, facts);
  const satisfiedAt = facts.moment('satisfactionAt');
  const texts = facts.replies.length === 0 ? [facts.text('firstReplyText')] : facts.replies;
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    const at = index > 0 && isLast ? Math.max(first, satisfiedAt ?? first) : first;
    const kind: ReplyKind = isLast && satisfiedAt !== null ? 'final' : 'interim';
    publish(builder, facts, { at, text, kind, isLast }, () => {
      if (index === 0) approval(builder, facts, text, first);
    });
  }
}

/** O and P: sent for approval, and how long it was there, to the millisecond. */
function approval(
  builder: IncidentBuilder,
  facts: RowFacts,
  text: string,
  publishedAt: Instant | null,
): void {
  const submittedAt = facts.moment('submittedAt');
  const onApprovalMs = facts.spanMs('approvalTime');
  if (submittedAt !== null) builder.push(submittedAt, { name: 'reply_submitted' });
  const counted = submittedAt !== null && onApprovalMs !== null ? submittedAt + onApprovalMs : null;
  // A length of centuries is a slip of the file, not a moment.
  const approvedAt = counted !== null && isSensible(counted) ? counted : publishedAt;
  if (submittedAt !== null && approvedAt !== null) builder.push(approvedAt, { name: 'reply_approved', text });
}

/** A reply that is not out yet. */
function unpublishedReply(builder: IncidentBuilder, facts: RowFacts): void {
  const submittedAt = facts.moment('submittedAt');
  const [text] = facts.replies;
  if (text === undefined && submittedAt === null) return;
  const at = submittedAt ?? facts.moment('assignedAt') ?? facts.createdAt;
  builder.push(at, { name: 'reply_drafted', text: text ?? '', kind: 'final', promises: [] });
  approval(builder, facts, text ?? '', null);
}
