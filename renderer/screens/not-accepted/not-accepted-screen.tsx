import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { assertNever } from '#shared/domain/must.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import { Column } from '#renderer/kit/layout/column.tsx';
import {
  useIncident,
  useProfile,
  useReference,
  useStatus,
  useStore,
  useStoreChange,
} from '#renderer/kit/context/console-context.tsx';
import { useLeftBehind } from '#renderer/kit/context/use-left-behind.ts';
import { keepDraft, keepDraftFiles } from '#renderer/kit/forms/drafts.ts';
import { personName } from '#renderer/kit/context/reference.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import { filesOf } from '#renderer/data/attachments/named-attachments.ts';
import { refusalWords } from '#renderer/kit/words/refusal-words.ts';
import { useCommand } from '#renderer/triage/acts/use-command.ts';
import { isAboutRecord } from '#renderer/data/sync/pending-records.ts';
import type { ShelvedCommand } from '#renderer/data/sync/shelved-command.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import classes from './not-accepted.module.css';
import { CopyTyped } from './copy-typed.tsx';
import { againstCurrent, mayGoAgain } from './against-current.ts';
import { LeftBehindList } from './left-behind-list.tsx';
import { actAddress } from './act-address.ts';
import { refusedFiles, RefusedFiles } from './refused-files.tsx';
import { ShelvedList } from './shelved-list.tsx';
import { typedText } from './typed-text.ts';

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

const Item = ({ item }: { readonly item: NotAccepted }) => {
  const { t } = useTranslation();
  const store = useStore();
  const profile = useProfile();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const run = useCommand();
  const [, goTo] = useLocation();
  const incident = useIncident(item.incident);
  const [name = ''] = item.name.split('@');
  const typed = typedText(item.args, t, reference, when, now);
  const files = filesOf(item.args);
  const dismiss = (): Promise<void> => store.dismissNotAccepted(item.id);
  const apply = async (): Promise<void> => {
    const parsed = parseCommand(item.name, item.args);
    if (!parsed.ok)
      return tellTrouble(refusalWords(parsed.refusal, { t, reference, when, now }), t('common.close'));
    const command = isRecordCommand(parsed.command)
      ? parsed.command
      : againstCurrent(parsed.command, incident ?? null);
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
  const number = incident?.number ?? null;
  const isRepeatable = mayGoAgain(item);
  return (
    <article className={classes['item']}>
      <header>
        <b>{t(`command.${name}`, { defaultValue: name })}</b>
        <Link href={actAddress(item)}>
          {isAboutRecord(item)
            ? t('records.one')
            : number === null
              ? t('card.noNumber')
              : t('card.number', { number })}
        </Link>
        <span>
          {t('notAccepted.when', { name: personName(reference, item.actor), at: when.short(item.at, now) })}
        </span>
      </header>
      <div className={classes['reason']}>{useReason(item)}</div>
      {typed !== '' && (
        <div className={classes['typed']} lang="ru">
          {typed}
        </div>
      )}
      <FileStrip incident={item.incident} files={files} label={t('notAccepted.files')} />
      <div className={classes['actions']}>
        {isRepeatable && (
          <Button size="compact-sm" onClick={() => void apply()}>
            {t('notAccepted.apply')}
          </Button>
        )}
        <Button size="compact-sm" variant={isRepeatable ? 'default' : 'filled'} onClick={edit}>
          {t(isRepeatable || typed !== '' ? 'notAccepted.edit' : 'action.open')}
        </Button>
        {typed !== '' && <CopyTyped typed={typed} />}
        <Button size="compact-sm" variant="subtle" onClick={() => void dismiss()}>
          {t('notAccepted.discard')}
        </Button>
      </div>
    </article>
  );
};

/** Commands that were not accepted, with all that was typed, until a person deals with each. */
export function NotAcceptedScreen() {
  const { t } = useTranslation();
  const store = useStore();
  const refused = refusedFiles(useStatus()).length;
  const left = useLeftBehind();
  const [items, setItems] = useState<readonly NotAccepted[] | null>(null);
  const [shelved, setShelved] = useState<readonly ShelvedCommand[]>([]);
  const read = useCallback(() => {
    void store.notAccepted().then(setItems);
    void store.shelved().then(setShelved);
  }, [store]);
  useEffect(read, [read]);
  useStoreChange(read);
  useEffect(() => {
    document.title = t('notAccepted.documentTitle');
  }, [t]);
  if (items === null) return null;
  const readable = left.filter(({ commands }) => commands !== null);
  if (items.length + shelved.length + refused + readable.length === 0) {
    return (
      <div className={classes['empty']}>
        <h1>{t('notAccepted.emptyTitle')}</h1>
        <p>{t('notAccepted.emptyText')}</p>
      </div>
    );
  }
  return (
    <Column width={820}>
      <h1>{t('notAccepted.title')}</h1>
      {items.length + refused > 0 && <p className={classes['lead']}>{t('notAccepted.lead')}</p>}
      {items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
      <RefusedFiles />
      <ShelvedList shelved={shelved} />
      <LeftBehindList left={readable} />
    </Column>
  );
}
