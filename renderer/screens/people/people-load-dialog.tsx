import { Alert, Button, Group, Loader, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { INVITING, type GivenLink, type Inviting, type PeopleLoaded } from '#shared/protocol/people-load.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { LeavingQuestion } from '#renderer/kit/forms/leaving-question.tsx';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { FileChoice } from '#renderer/triage/settings-load/file-choice.tsx';
import { LoadReport } from '#renderer/triage/settings-load/load-report.tsx';
import { GivenLinks } from './given-links.tsx';
import { loadPeople } from './people-api.ts';
import { usePeopleTrial, type PeopleTrial, type TriedPeople } from './use-people-trial.ts';

interface Props {
  readonly people: readonly ListedAccount[];
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** A table of people, from choosing the file to the links of those who are new. */
export function PeopleLoadDialog({ people, refresh, onClose }: Props) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [links, setLinks] = useState<readonly GivenLink[]>([]);
  const [isKept, setKept] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const isHeld = links.length > 0 && !isKept;
  const done = async (loaded: PeopleLoaded): Promise<void> => {
    const { added, changed, mailed } = loaded;
    tellDone(t('people.load.done', { count: added + changed }));
    if (mailed > 0) tellDone(t('people.load.mailed', { count: mailed }));
    if (loaded.links.length > 0) setLinks(loaded.links);
    else onClose();
    await refresh();
  };
  return (
    <Modal
      opened
      onClose={() => (isHeld ? setAsked(true) : onClose())}
      size={860}
      closeOnEscape={!isAsked}
      title={t(links.length > 0 ? 'people.load.links' : 'people.load.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {links.length > 0 ? (
        <GivenLinks links={links} isKept={isKept} onKept={() => setKept(true)} onClose={onClose} />
      ) : file === null ? (
        <FileChoice how={t('people.load.how')} onFile={setFile} />
      ) : (
        <Trial file={file} people={people} onOther={() => setFile(null)} onDone={done} />
      )}
      {isAsked && <LeavingQuestion reason="secret" onStay={() => setAsked(false)} onLeave={onClose} />}
    </Modal>
  );
}

interface TrialProps {
  readonly file: File;
  readonly people: readonly ListedAccount[];
  readonly onOther: () => void;
  readonly onDone: (loaded: PeopleLoaded) => Promise<void>;
}

function Trial({ file, people, onOther, onDone }: TrialProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const centreTime = useCentreTime();
  const [basis] = useState(() => ({ people, agencies, at: centreTime() }));
  const trial = usePeopleTrial(file, basis);
  if (trial.state === 'reading')
    return (
      <p role="status">
        <Loader size="sm" aria-hidden /> {t('settingsLoad.reading', { name: file.name })}
      </p>
    );
  if (trial.state !== 'tried') return <Refused name={file.name} trial={trial} onOther={onOther} />;
  return (
    <>
      <LoadReport preview={trial.tried.told} />
      <Finish tried={trial.tried} file={file.name} onOther={onOther} onDone={onDone} />
    </>
  );
}

interface RefusedProps {
  readonly name: string;
  readonly trial: Exclude<PeopleTrial, { readonly state: 'reading' | 'tried' }>;
  readonly onOther: () => void;
}

function Refused({ name, trial, onOther }: RefusedProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words =
    trial.state === 'refused'
      ? fileRefusalText(trial.refusal, language)
      : t(trial.state === 'failed' ? `error.${trial.error}` : 'settingsLoad.unreadable');
  return (
    <Alert color="red" title={name} role="alert">
      <p>{words}</p>
      <Button variant="default" onClick={onOther}>
        {t('settingsLoad.other')}
      </Button>
    </Alert>
  );
}

interface FinishProps {
  readonly tried: TriedPeople;
  readonly file: string;
  readonly onOther: () => void;
  readonly onDone: (loaded: PeopleLoaded) => Promise<void>;
}

function Finish({ tried: { rows, told, isMailOn }, file, onOther, onDone }: FinishProps) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState<Inviting>(isMailOn ? 'mail' : 'links');
  const loading = useCentreAction(
    () => loadPeople({ file: file.slice(0, 200), isTrial: false, inviting, rows }),
    (loaded) => {
      if (loaded.refused.length === 0) return onDone(loaded);
      return tellTrouble(t('people.load.meanwhile'), t('common.close'));
    },
  );
  const count = rows.length;
  return (
    <>
      {told.counts.added > 0 && (
        <Radio.Group
          mt="md"
          label={t('people.load.inviting')}
          value={inviting}
          onChange={(chosen) => setInviting(memberOf(INVITING, chosen) ?? 'links')}
        >
          <Stack gap={8} mt={6}>
            {INVITING.map((way) => (
              <Radio
                key={way}
                value={way}
                disabled={way === 'mail' && !isMailOn}
                label={t(`people.load.${way}`)}
                description={t(
                  way === 'mail' && !isMailOn ? 'people.load.mailOff' : `people.load.${way}Does`,
                )}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onOther}>
          {t('settingsLoad.other')}
        </Button>
        <Button disabled={count === 0} loading={loading.isPending} onClick={() => loading.run()}>
          {count === 0 ? t('settingsLoad.nothing') : t('settingsLoad.load', { count })}
        </Button>
      </Group>
    </>
  );
}
