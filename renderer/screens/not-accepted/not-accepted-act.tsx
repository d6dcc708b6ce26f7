import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { assertNever } from '#shared/domain/must.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import { parseCommand, type ParsedCommand } from '#shared/protocol/envelope.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import { useProfile, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { keepDraft, keepDraftFiles } from '#renderer/kit/forms/drafts.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { refusalWords } from '#renderer/kit/words/refusal-words.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { filesOf } from '#renderer/data/attachments/named-attachments.ts';
import { isAboutRecord } from '#renderer/data/sync/pending-records.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import { useCommand, type ScreenCommand } from '#renderer/triage/acts/use-command.ts';
import { actAddress } from './act-address.ts';
import { mayGoAgain } from './against-current.ts';
import { CopyTyped } from './copy-typed.tsx';
import classes from './not-accepted.module.css';
import { Sides } from './sides.tsx';
import { typedText } from './typed-text.ts';
import { useWay } from './use-way.ts';
import { bothOf } from './ways.ts';

/** The API's answer when a command is longer than it accepts. */
const TOO_LARGE = 'HTTP 413';

function useReason(item: NotAccepted): string {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const { why } = item;
  switch (why.kind) {
    case 'refused':
      return refusalWords(why.refusal, { t, reference, when, now });
    case 'held':
      return t(why.reason === 'disabled' ? 'notAccepted.heldDismissed' : 'notAccepted.held', {
        reason: why.reason,
      });
    case 'quarantined':
      return t(why.message === TOO_LARGE ? 'notAccepted.tooLarge' : 'notAccepted.quarantined', {
        message: why.message,
      });
    default:
      return assertNever(why);
  }
}

/** Texts go back into the editor they came from; everything else is opened on the card. */
const draftOf = (command: string, incident: Incident | null): string | null => {
  const drafts: Readonly<Record<string, string>> = {
    draftReply: 'reply',
    note: 'note',
    sendBack: 'sendBack',
    reopen: 'reopen',
    receiveMessage: 'message',
    returnToCentre: 'return',
  };
  return command === 'approve' ? `approval.${incident?.replies.length ?? 0}` : (drafts[command] ?? null);
};

interface ItemProps {
  readonly item: NotAccepted;
  /** Undefined until it is read. */
  readonly incident: Incident | null | undefined;
  /** True where the card around it names the incident already. */
  readonly isInCard: boolean;
}

const ItemHead = ({ item, incident, isInCard }: ItemProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const [name = ''] = item.name.split('@');
  const number = incident?.number ?? null;
  const about = number === null ? t('card.noNumber') : t('card.number', { number });
  return (
    <header>
      <b>{t(`command.${name}`, { defaultValue: name })}</b>
      {!isInCard && <Link href={actAddress(item)}>{isAboutRecord(item) ? t('records.one') : about}</Link>}
      <span>
        {t('notAccepted.when', { name: personName(reference, item.actor), at: when.short(item.at, now) })}
      </span>
    </header>
  );
};

/** The buttons of what can be done with an act: only what would be accepted from here is offered. */
const Ways = ({
  item,
  incident,
  parsed,
}: Omit<ItemProps, 'isInCard'> & { readonly parsed: ParsedCommand }) => {
  const { t } = useTranslation();
  const store = useStore();
  const profile = useProfile();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const run = useCommand();
  const [, goTo] = useLocation();
  const way = useWay(parsed, incident);
  const [name = ''] = item.name.split('@');
  const typed = typedText(item.args, t, reference, when, now);
  const files = filesOf(item.args);
  const dismiss = (): Promise<void> => store.dismissNotAccepted(item.id);
  const send = async (command: ScreenCommand): Promise<void> => {
    if (!(await run(item.incident, command))) return;
    await dismiss();
    tellDone(t('notAccepted.applied'));
  };
  const edit = (): void => {
    const draft = draftOf(name, incident ?? null);
    if (draft !== null && typed !== '') keepDraft(profile, `${item.incident}.${draft}`, typed);
    if (draft !== null && files.length > 0) keepDraftFiles(profile, `${item.incident}.${draft}`, files);
    goTo(actAddress(item));
  };
  const goes = mayGoAgain(item) && way?.kind === 'goes' ? way.command : null;
  const command = parsed.ok && !isRecordCommand(parsed.command) ? parsed.command : null;
  const both = goes === null || command === null || !incident ? null : bothOf(command, incident);
  return (
    <>
      {way?.kind === 'so_already' && <p className={classes['side']}>{t('notAccepted.soAlready')}</p>}
      {way?.kind === 'refused' && mayGoAgain(item) && (
        <p className={classes['side']}>
          {t('notAccepted.again', { why: refusalWords(way.refusal, { t, reference, when, now }) })}
        </p>
      )}
      <div className={classes['actions']}>
        {goes !== null && (
          <Button size="compact-sm" onClick={() => void send(goes)}>
            {t('notAccepted.apply')}
          </Button>
        )}
        {both !== null && (
          <Button size="compact-sm" variant="default" onClick={() => void send(both)}>
            {t('notAccepted.takeBoth')}
          </Button>
        )}
        <Button size="compact-sm" variant={goes === null ? 'filled' : 'default'} onClick={edit}>
          {t(goes !== null || typed !== '' ? 'notAccepted.edit' : 'action.open')}
        </Button>
        {typed !== '' && <CopyTyped typed={typed} />}
        <Button size="compact-sm" variant="subtle" onClick={() => void dismiss()}>
          {t('notAccepted.discard')}
        </Button>
      </div>
    </>
  );
};

/** One act that was not accepted: the reason, all that was typed, and what can be done with it from here. */
export const NotAcceptedAct = ({ item, incident, isInCard }: ItemProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const typed = typedText(item.args, t, reference, when, now);
  const parsed = parseCommand(item.name, item.args);
  return (
    <article className={classes['item']}>
      <ItemHead item={item} incident={incident} isInCard={isInCard} />
      <div className={classes['reason']}>{useReason(item)}</div>
      {typed !== '' && (
        <div className={classes['typed']} lang="ru">
          {typed}
        </div>
      )}
      {parsed.ok && !isRecordCommand(parsed.command) && incident && (
        <Sides command={parsed.command} incident={incident} />
      )}
      <FileStrip incident={item.incident} files={filesOf(item.args)} label={t('notAccepted.files')} />
      <Ways item={item} incident={incident} parsed={parsed} />
    </article>
  );
};
