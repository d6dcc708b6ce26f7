import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { Sending } from '#renderer/triage/sending/sending-api.ts';
import { stateWords } from '#renderer/triage/sending/sending-words.ts';
import { useSending } from '#renderer/triage/sending/use-sending.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { fateOf, joinedAt } from '#renderer/triage/acts/joining.ts';

interface Props {
  readonly incident: Incident;
  readonly joined: readonly Incident[];
}

const JoinedMessage = ({
  incident,
  child,
  sending,
}: {
  readonly incident: Incident;
  readonly child: Incident;
  /** Undefined: the centre knows of none; null: it could not be asked. */
  readonly sending: Sending | undefined | null;
}) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const { source, author, number, text } = child;
  const joining = joinedAt(child);
  const fate = fateOf(incident, joining?.at ?? now);
  const at = 'at' in fate ? when.short(fate.at, now) : '';
  const isByHand = fate.kind === 'answered' && sending === undefined;
  const words = sending
    ? stateWords(sending, { t, when, now })
    : t(isByHand ? 'joined.fate.byHand' : `joined.fate.${fate.kind}`, { at });
  return (
    <li>
      <article className={styles['turn']}>
        <header>
          <b>{author.name || t('card.noAuthor')}</b>
          <span>{`${t(`network.${source.network}`)}, ${t(`messageKind.${source.kind}`)}`}</span>
          <span>{when.short(child.createdAt, now)}</span>
          <Link href={`/incident/${child.id}`}>
            {number === null ? t('card.noNumber') : t('card.number', { number })}
          </Link>
        </header>
        <p lang="ru">{text}</p>
        <FileStrip incident={child.id} files={child.attachments} label={t('attachment.ofMessage')} />
        <dl className={styles['joined']}>
          {joining !== null && (
            <div>
              <dt>{t('joined.by')}</dt>
              <dd>{`${personName(reference, joining.by)}, ${when.short(joining.at, now)}`}</dd>
            </div>
          )}
          <div>
            <dt>{t('joined.answer')}</dt>
            <dd data-fate={sending?.state ?? fate.kind}>{words}</dd>
          </div>
        </dl>
      </article>
    </li>
  );
};

/**
 * Everybody whose message was joined to this one, with what became of the answer to each: from the rows of
 * this workstation, and more exactly from the centre where it can be asked.
 */
export const JoinedMessages = ({ incident, joined }: Props) => {
  const { t } = useTranslation();
  const { id, replies, step } = incident;
  const { replies: sendings } = useSending(id, step.name === 'publishing');
  if (joined.length === 0) return null;
  const ofLast = (sendings ?? []).filter(
    (sending) => sending.incident === id && sending.reply === replies.length - 1,
  );
  return (
    <section className={styles['joinedList']} aria-label={t('joined.title')}>
      <h2>{t('joined.titleCount', { count: joined.length })}</h2>
      <ul>
        {joined.map((child) => (
          <JoinedMessage
            key={child.id}
            incident={incident}
            child={child}
            sending={sendings === null ? null : ofLast.find(({ origin }) => origin === child.id)}
          />
        ))}
      </ul>
    </section>
  );
};
