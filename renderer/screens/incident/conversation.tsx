import { useTranslation } from 'react-i18next';
import type { Incident, Message, Note, Reply } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useConsole, useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { CameAnswerLine } from '#renderer/triage/messages/came-answer.tsx';
import { LinkedText } from '#renderer/triage/messages/linked-text.tsx';
import { MessagePhotos } from '#renderer/triage/messages/photos.tsx';
import { SourceWatch } from '#renderer/triage/messages/source-watch.tsx';

type Turn =
  | { readonly kind: 'message'; readonly at: Instant; readonly message: Message; readonly n: number }
  | { readonly kind: 'reply'; readonly at: Instant; readonly reply: Reply }
  | { readonly kind: 'note'; readonly at: Instant; readonly note: Note };

/** Everything said after the first message, in the order it was said. */
export const turnsOf = ({
  messages,
  replies,
  notes,
}: Pick<Incident, 'messages' | 'replies' | 'notes'>): readonly Turn[] =>
  [
    ...messages.map((message, index): Turn => ({ kind: 'message', at: message.at, message, n: index + 1 })),
    ...replies.map((reply): Turn => ({
      kind: 'reply',
      at: reply.publishedAt ?? reply.submittedAt ?? reply.draftedAt,
      reply,
    })),
    ...notes.map((note): Turn => ({ kind: 'note', at: note.at, note })),
  ].toSorted((a, b) => a.at - b.at);

interface ReplyProps {
  readonly incident: string;
  readonly reply: Reply;
  readonly shown: string;
}

const ReplyTurn = ({ incident, reply, shown }: ReplyProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const { host } = useConsole();
  return (
    <article className={styles['turn']} data-side="ours">
      <header>
        <b>{reply.agency === '' ? personName(reference, reply.by) : agencyName(reference, reply.agency)}</b>
        <span>{t(`replyKind.${reply.kind}`)}</span>
        <span>{t(`replyState.${reply.state}`)}</span>
        <span>{shown}</span>
        <CameAnswerLine reply={reply} />
        {reply.account !== '' && <span>{reply.account}</span>}
        {reply.link !== '' && (
          <button type="button" onClick={() => host.openExternal(reply.link)}>
            {t('card.openSource')}
          </button>
        )}
      </header>
      <p lang="ru">{reply.text}</p>
      <FileStrip incident={incident} files={reply.attachments} label={t('reply.files')} />
      {reply.state === 'sent_back' && reply.sentBackReason !== null && (
        <footer>{t('reply.sentBack', { reason: reply.sentBackReason })}</footer>
      )}
    </article>
  );
};

const TurnView = ({ turn, incident }: { readonly turn: Turn; readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const shown = useWhen().short(turn.at, useNow());
  switch (turn.kind) {
    case 'reply':
      return <ReplyTurn incident={incident.id} reply={turn.reply} shown={shown} />;
    case 'message':
      return (
        <article className={styles['turn']}>
          <header>
            <b>{turn.message.author || incident.author.name || t('card.noAuthor')}</b>
            <span>{shown}</span>
          </header>
          <p lang="ru">
            <LinkedText text={turn.message.text} />
          </p>
          <MessagePhotos incident={incident} message={turn.n} />
          <FileStrip
            incident={incident.id}
            files={turn.message.attachments}
            label={t('attachment.ofMessage')}
          />
          <SourceWatch incident={incident} message={turn.n} />
        </article>
      );
    case 'note':
      return (
        <div className={styles['note']}>
          {`${t('note.by', { name: personName(reference, turn.note.by) })} · ${shown}`}
          <p lang="ru">{turn.note.text}</p>
          <FileStrip incident={incident.id} files={turn.note.attachments} label={t('note.files')} />
        </div>
      );
  }
};

/**
 * The talk with the author, with the centre's own notes between. `hidesOpen`: the reply in work stands in its
 * editor below.
 */
export const Conversation = ({
  incident,
  hidesOpen,
}: {
  readonly incident: Incident;
  readonly hidesOpen: boolean;
}) =>
  turnsOf(incident)
    .filter(
      (turn) => !(hidesOpen && turn.kind === 'reply' && ['draft', 'submitted'].includes(turn.reply.state)),
    )
    .map((turn) => <TurnView key={`${turn.kind} ${turn.at}`} turn={turn} incident={incident} />);
