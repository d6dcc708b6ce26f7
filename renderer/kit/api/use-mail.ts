import { mailViewSchema, type MailView } from '#shared/protocol/mail.ts';
import { mailLogSchema, type MailLog } from '#shared/protocol/notices.ts';
import { askCentre } from './ask-centre.ts';
import { useCentreQuery, type CentreData } from './use-centre-query.ts';

/** Reads how the centre sends mail; one copy for all screens. */
export const useMail = (): CentreData<MailView> =>
  useCentreQuery(['mail'], () => askCentre('/api/v1/mail', mailViewSchema));

/** Reads what became of the newest mails, likewise. */
export const useMailLog = (): CentreData<MailLog> =>
  useCentreQuery(['mail-log'], () => askCentre('/api/v1/mail/log', mailLogSchema));
