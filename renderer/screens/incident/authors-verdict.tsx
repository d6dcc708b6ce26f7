import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident, Message } from '#shared/domain/incident.ts';
import { authorsWord } from '#shared/text/authors-word.ts';
import { shortened } from '#shared/text/shortened.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

/** The last that the author himself wrote after the answer; another's thanks close nothing of his. */
function wordAfterAnswer({ messages, satisfactionAt }: Incident): Message | null {
  const last = messages.findLast(({ author }) => author === undefined);
  return last !== undefined && satisfactionAt !== null && last.at > satisfactionAt ? last : null;
}

/** Proposes what the author's next message asks for: to close, as he is pleased, or to begin again. */
export const AuthorsVerdict = ({
  incident,
  canClose,
}: {
  readonly incident: Incident;
  readonly canClose: boolean;
}) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const message = wordAfterAnswer(incident);
  const word = message === null ? null : authorsWord(message.text);
  if (message === null || word === null || !canClose) return null;
  const quote = shortened(message.text, 200);
  const accept = async (): Promise<void> => {
    const seenMessages = incident.messages.length;
    const command: IncidentCommand =
      word === 'pleased'
        ? { name: 'close', args: { reason: 'author_pleased', grade: null, seenMessages } }
        : { name: 'reopen', args: { reason: t('authorsWord.reason', { quote }) } };
    if (await run(incident, command))
      tellDone(t(word === 'pleased' ? 'closing.done' : 'authorsWord.reopened'));
  };
  const isReady = word === 'displeased' || (incident.type !== null && incident.outcome !== null);
  return (
    <Group gap="sm" mb="sm" role="group" aria-label={t('authorsWord.title')}>
      <span>{t(`authorsWord.${word}`, { quote })}</span>
      <Button size="compact-sm" variant="light" disabled={!isReady} onClick={() => void accept()}>
        {t(`authorsWord.accept.${word}`)}
      </Button>
      {!isReady && <span>{t('authorsWord.outcomeFirst')}</span>}
    </Group>
  );
};
