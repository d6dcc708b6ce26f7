import { letterText } from '#server/mail/letter.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import { MAIL_WORDS } from '#server/mail/mail-words.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { findHearer, hearsOf } from '#server/notices/recipients.ts';
import type { MailRow } from '#server/notices/lease-mail.ts';
import { noticeParts } from '#server/notices/notice-letter.ts';
import { isStillTrue, type NoticeNow } from '#server/notices/still-true.ts';
import { readNotices } from '#server/notices/write-mail.ts';
import { withScope } from '#server/store/database.ts';

/** MAX takes 4,000 characters, Telegram somewhat more. */
const LONGEST = 3900;
/** Lines of one message; of the rest it says how many there are. */
const MOST_LINES = 20;

/** Words of a bot, and the chat that they go to. */
export interface BotText {
  readonly page: string;
  readonly peer: string;
  readonly text: string;
}

/** The chat of a person who may come in; null where none is tied. */
const findChat = (mailer: Mailer, { region_id: region, account_id: account }: MailRow) =>
  withScope(mailer.db, { region }, (tx) =>
    tx
      .selectFrom('notice_bot as b')
      .innerJoin('account as a', (join) =>
        join.onRef('a.region_id', '=', 'b.region_id').onRef('a.id', '=', 'b.account_id'),
      )
      .select(['a.display_name as displayName', 'a.agency', 'b.channel_id as page', 'b.peer', 'b.ended'])
      .where('b.region_id', '=', region)
      .where('b.account_id', '=', account)
      .where('a.disabled', '=', false)
      .executeTakeFirst(),
  );

/** Tells of as many as fit one message. */
function noticeText(way: MailWay, notices: readonly NoticeNow[]): string {
  const foot = [{ text: MAIL_WORDS[way.settings.language].bot.stop }];
  for (let most = MOST_LINES; ; most -= 1) {
    const text = letterText({ ...noticeParts(way, notices, most).parts, foot });
    if (text.length <= LONGEST || most === 1) return text.slice(0, LONGEST);
  }
}

/** Writes a bot's message of the rows as they are now; null when there is nothing to say any more. */
export async function writeBotMessage(mailer: Mailer, way: MailWay, mail: MailRow): Promise<BotText | null> {
  const chat = await findChat(mailer, mail);
  if (chat === undefined || chat.page === null || chat.peer === null) return null;
  const { page, peer, displayName, agency, ended } = chat;
  const { bot } = MAIL_WORDS[way.settings.language];
  if (mail.kind === 'stopped') return { page, peer, text: bot.stopped(way.regionName) };
  if (ended !== null) return null;
  if (mail.kind === 'linked') return { page, peer, text: bot.linked(way.regionName, displayName) };
  const hearer = await findHearer(mailer, mail, 'bot');
  const moment = { agency, now: mailer.now(), zone: way.timeZone };
  const notices = (await readNotices(mailer, mail, agency)).filter(
    (notice) => hearer !== undefined && hearsOf(hearer, notice.kind) && isStillTrue(notice, moment),
  );
  return notices.length === 0 ? null : { page, peer, text: noticeText(way, notices) };
}
