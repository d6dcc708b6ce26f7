import { Button, Menu, Modal, Stack, TagsInput, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { withAttachments } from '#shared/domain/attachment.ts';
import type { IncidentCommandName } from '#shared/domain/command.ts';
import { currentAgency, NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import { mayWrite } from '#shared/domain/records/record-rules.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { approvedReply } from '#shared/domain/templates/template-of-reply.ts';
import { useCentreTime, useReference, useSession, useStore } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { AFTERWARDS, AfterwardsDialog } from './afterwards-dialog.tsx';
import { DeferDialog } from './defer-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { AgencyPicker, TopicPicker } from '#renderer/triage/fields/pickers.tsx';
import { PlaceDialog } from '#renderer/triage/acts/place-dialog.tsx';
import { JoinQuestion, useJoin } from '#renderer/triage/acts/join-question.tsx';
import { RejectDialog } from '#renderer/triage/acts/reject-dialog.tsx';
import { TextDialog } from '#renderer/triage/acts/text-dialog.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';

type Dialog =
  | 'classify'
  | 'place'
  | 'route'
  | 'returnToCentre'
  | 'defer'
  | 'reject'
  | 'merge'
  | 'reopen'
  | 'note'
  | 'tag'
  | 'receiveMessage'
  | 'afterwards'
  | null;

/** In the order they are offered; each opens a dialog of its own. */
const OFFERED: readonly Exclude<Dialog, 'afterwards' | null>[] = [
  'note',
  'classify',
  'place',
  'route',
  'returnToCentre',
  'defer',
  'receiveMessage',
  'tag',
  'merge',
  'reject',
  'reopen',
];

interface DialogProps {
  readonly incident: Incident;
  readonly onClose: () => void;
}

const TagDialog = ({ incident, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const act = useAct();
  const [tags, setTags] = useState([...incident.tags]);
  const save = async (): Promise<void> => {
    const args = {
      add: tags.filter((tag) => !incident.tags.includes(tag)),
      remove: incident.tags.filter((tag) => !tags.includes(tag)),
    };
    if (await act(incident, { name: 'tag', args }, t('card.tagged'))) onClose();
  };
  return (
    <Stack gap="sm">
      <TagsInput data-autofocus label={t('field.tags')} value={tags} onChange={setTags} />
      <Group justify="flex-end">
        <Button onClick={() => void save()}>{t('common.done')}</Button>
      </Group>
    </Stack>
  );
};

const MergeDialog = ({ incident, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const act = useAct();
  const store = useStore();
  const [number, setNumber] = useState('');
  const send = async (into: string): Promise<void> => {
    if (await act(incident, { name: 'merge', args: { into } }, t('card.merged', { number }))) onClose();
  };
  const { join, target, question } = useJoin((into) => void send(into));
  const merge = async (): Promise<void> => {
    const into = await store.byNumber(Number(number));
    if (into === null) return tellTrouble(t('palette.noNumber', { number }), t('common.close'));
    await join(into);
  };
  if (target !== null) return <JoinQuestion child={incident} {...question} target={target} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void merge();
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t('merge.number')}
          inputMode="numeric"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value.replaceAll(/\D/g, ''))}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={number === ''}>
            {t('action.merge')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Dialogs that ask for one text: a reason, a note, a message. */
const TextDialogs = ({ incident, dialog, onClose }: DialogProps & { readonly dialog: Dialog }) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const centreTime = useCentreTime();
  const common = { onClose };
  const { id } = incident;
  return (
    <>
      <TextDialog
        {...common}
        isOpen={dialog === 'note'}
        title={t('note.title')}
        label={t('note.label')}
        action={t('note.add')}
        draft={`${id}.note`}
        attaching={{ incident: id, label: t('note.files'), mayStandAlone: true }}
        onSend={(text, files) => run(incident, { name: 'note', args: { text, ...withAttachments(files) } })}
      />
      <TextDialog
        {...common}
        isOpen={dialog === 'reopen'}
        title={t('action.reopen')}
        label={t('reopen.reason')}
        action={t('action.reopen')}
        draft={`${id}.reopen`}
        onSend={(reason) => run(incident, { name: 'reopen', args: { reason } })}
      />
      <TextDialog
        {...common}
        isOpen={dialog === 'receiveMessage'}
        title={t('action.receiveMessage')}
        label={t('receive.text')}
        action={t('receive.add')}
        draft={`${id}.message`}
        attaching={{ incident: id, label: t('attachment.ofMessage'), mayStandAlone: false }}
        onSend={(text, files) =>
          run(incident, {
            name: 'receiveMessage',
            args: { text, at: centreTime(), url: '', ...withAttachments(files) },
          })
        }
      />
    </>
  );
};

const FieldDialogs = ({ incident, dialog, onClose }: DialogProps & { readonly dialog: Dialog }) => {
  const { t } = useTranslation();
  const act = useAct();
  const reference = useReference();
  return (
    <>
      <TopicPicker
        isOpen={dialog === 'classify'}
        onClose={onClose}
        at={incident.createdAt}
        onPick={(topic) =>
          void act(
            incident,
            { name: 'classify', args: { ...topic, from: incident.classification?.topic ?? '' } },
            t('card.classified'),
          )
        }
      />
      <PlaceDialog
        isOpen={dialog === 'place'}
        onClose={onClose}
        place={{ ...NO_PLACE, ...incident.place }}
        onSave={(place) =>
          void act(incident, { name: 'place', args: { place, from: incident.place } }, t('card.placed'))
        }
      />
      <AgencyPicker
        isOpen={dialog === 'route'}
        onClose={onClose}
        onPick={(to) =>
          void act(
            incident,
            { name: 'route', args: { ...to, from: currentAgency(incident) ?? '', reason: '' } },
            t('card.routed', { to: agencyName(reference, to.agency) }),
          )
        }
      />
      <RejectDialog
        isOpen={dialog === 'reject'}
        draft={`${incident.id}.reject`}
        onClose={onClose}
        onReject={(reason, comment) =>
          void act(incident, { name: 'reject', args: { reason, comment } }, t('card.rejected'))
        }
      />
      {dialog === 'returnToCentre' && (
        <FormModal title={t('action.returnToCentre')} onClose={onClose}>
          {() => <ReturnDialog incident={incident} onClose={onClose} />}
        </FormModal>
      )}
      {dialog === 'defer' && (
        <FormModal title={t('action.defer')} onClose={onClose}>
          {() => <DeferDialog incident={incident} onClose={onClose} />}
        </FormModal>
      )}
      <Modal
        opened={dialog === 'tag'}
        onClose={onClose}
        title={t('action.tag')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <TagDialog incident={incident} onClose={onClose} />
      </Modal>
      <Modal
        opened={dialog === 'merge'}
        onClose={onClose}
        title={t('action.merge')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <MergeDialog incident={incident} onClose={onClose} />
      </Modal>
    </>
  );
};

interface ActionsProps {
  readonly incident: Incident;
  readonly allowed: ReadonlySet<IncidentCommandName>;
  /** Keys of fields belong to the triage fields while these are shown. */
  readonly hasOwnKeys: boolean;
}

/** Everything else the step and the role allow, behind one button. */
export const IncidentActions = ({ incident, allowed, hasOwnKeys }: ActionsProps) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const act = useAct();
  const { account } = useSession();
  const { print } = usePrint();
  const [, goTo] = useLocation();
  // Whatever others do while a dialog is open: its answer is about what the person saw when opening it.
  const [opened, setOpened] = useState<{ readonly dialog: Dialog; readonly on: Incident } | null>(null);
  const afterwards = AFTERWARDS.filter((name) => allowed.has(name));
  const open = (name: Exclude<Dialog, null>) => (): void => {
    const may = name === 'afterwards' ? afterwards.length > 0 : allowed.has(name);
    if (may) setOpened({ dialog: name, on: incident });
  };
  const isMine = incident.holder === account.id;
  const canTell = mayWrite(account.role, 'example') && !TRIAGE_STEPS.has(incident.step.name);
  const tellAsExample = (): void => {
    if (canTell) goTo(`/records/example/new?incident=${incident.id}`);
  };
  useKeys({ example: tellAsExample });
  const canMakeTemplate = mayWrite(account.role, 'reply_template') && approvedReply(incident) !== null;
  const claim = (): void =>
    void act(
      incident,
      isMine ? { name: 'release', args: {} } : { name: 'claim', args: {} },
      t(isMine ? 'card.released' : 'card.claimed'),
    );
  useKeys(
    hasOwnKeys
      ? {}
      : {
          topic: open('classify'),
          place: open('place'),
          route: open('route'),
          reject: open('reject'),
          note: open('note'),
          claim,
        },
  );
  const dialogs = {
    incident: opened?.on ?? incident,
    dialog: opened?.dialog ?? null,
    onClose: () => setOpened(null),
  };
  return (
    <>
      {allowed.has('unmerge') && (
        <Button variant="default" onClick={() => void run(incident, { name: 'unmerge', args: {} })}>
          {t('action.unmerge')}
        </Button>
      )}
      {allowed.has('claim') && (
        <Button variant="default" onClick={claim}>
          {t(isMine ? 'action.release' : 'action.claim')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{t('incident.actions')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {OFFERED.filter((name) => allowed.has(name)).map((name) => (
            <Menu.Item key={name} onClick={open(name)}>
              {t(`action.${name}`)}
            </Menu.Item>
          ))}
          {afterwards.length > 0 && (
            <Menu.Item onClick={open('afterwards')}>{t('action.afterwards')}</Menu.Item>
          )}
          {canTell && <Menu.Item onClick={tellAsExample}>{t('action.example')}</Menu.Item>}
          {canMakeTemplate && (
            <Menu.Item onClick={() => goTo(`/templates/new?incident=${incident.id}`)}>
              {t('action.template')}
            </Menu.Item>
          )}
          <Menu.Item onClick={print}>{t('common.print')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TextDialogs {...dialogs} />
      <FieldDialogs {...dialogs} />
      <AfterwardsDialog
        isOpen={dialogs.dialog === 'afterwards'}
        incident={dialogs.incident}
        choices={afterwards}
        onClose={dialogs.onClose}
      />
    </>
  );
};
