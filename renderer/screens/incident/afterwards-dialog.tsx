import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand, IncidentCommandName } from '#shared/domain/command.ts';
import { stoodSince } from '#shared/domain/entered-later.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { MomentInput } from '#renderer/kit/forms/moment-input.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';
import type { Addressee } from '#renderer/triage/card/use-triage.ts';
import { NamedAgency } from './return-dialog.tsx';
import { AgencyPicker } from '#renderer/triage/fields/pickers.tsx';

/** Acts that pass between people by telephone or on paper, so that they may be entered afterwards. */
export const AFTERWARDS = ['route', 'takeToWork', 'returnToCentre'] as const satisfies IncidentCommandName[];
type Afterwards = (typeof AFTERWARDS)[number];

interface DialogProps {
  readonly incident: Incident;
  readonly choices: readonly Afterwards[];
  readonly onClose: () => void;
}

/** `leave` asks first where something was typed. */
const AfterwardsForm = ({ incident, choices, onClose, leave }: DialogProps & { leave: () => void }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const act = useAct();
  const [what, setWhat] = useState(choices[0] ?? 'route');
  // Nobody's until somebody names it, as with a deferral: the clocks count from it.
  const [at, setAt] = useState<Instant | null>(null);
  const [reason, setReason] = useState('');
  const [whyBack, setWhyBack] = useState('');
  const [named, setNamed] = useState<string | null>(null);
  const [to, setTo] = useState<Addressee | null>(null);
  const [isPicking, setPicking] = useState(false);
  const [isTried, setTried] = useState(false);
  useHoldOpen(at === null && `${reason}${whyBack}`.trim() === '' && to === null ? null : 'typed');
  useHoldOpen(isPicking ? 'dialog' : null);
  const since = stoodSince(incident);
  const isEarly = at !== null && at < since;
  const isSaid = { route: to !== null, takeToWork: true, returnToCentre: whyBack.trim() !== '' }[what];
  const isFilled = isSaid && reason.trim() !== '';
  const send = async (): Promise<void> => {
    setTried(true);
    if (at === null || isEarly || at > now || !isFilled) return;
    const happened = { at, reason: reason.trim() };
    const from = currentAgency(incident) ?? '';
    const commands: Readonly<Record<Afterwards, IncidentCommand>> = {
      route: { name: 'route', args: { agency: '', unit: '', ...to, from, reason: '', happened } },
      takeToWork: { name: 'takeToWork', args: { happened } },
      returnToCentre: { name: 'returnToCentre', args: { reason: whyBack.trim(), target: named, happened } },
    };
    if (await act(incident, commands[what], t('afterwards.done'))) onClose();
  };
  const momentError =
    at === null
      ? t('afterwards.chooseMoment')
      : isEarly
        ? t('refusal.before_this_step', { at: when.short(since, now) })
        : at > now
          ? t('refusal.date_in_future')
          : '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('afterwards.hint')}</Text>
        <SegmentedControl
          fullWidth
          aria-label={t('afterwards.what')}
          value={what}
          onChange={(value) => setWhat(value as Afterwards)}
          data={choices.map((value) => ({ value, label: t(`afterwards.${value}`) }))}
        />
        {what === 'route' && (
          <Button variant="default" onClick={() => setPicking(true)}>
            {to === null ? t('picker.agency') : agencyName(reference, to.agency)}
          </Button>
        )}
        {what === 'returnToCentre' && (
          <>
            <TextInput
              label={t('returning.reason')}
              value={whyBack}
              maxLength={500}
              onChange={(event) => setWhyBack(event.currentTarget.value)}
            />
            <NamedAgency incident={incident} value={named} onChange={setNamed} />
          </>
        )}
        <MomentInput
          label={t('afterwards.at')}
          value={at}
          onChange={setAt}
          error={isTried || isEarly ? momentError : ''}
        />
        <TextInput
          data-autofocus
          label={t('afterwards.reason')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isFilled}>
            {t('afterwards.enter')}
          </Button>
        </Group>
      </Stack>
      <AgencyPicker isOpen={isPicking} onClose={() => setPicking(false)} onPick={setTo} />
    </form>
  );
};

/** Enters what was done before and could not be entered then: by telephone, without the network, on paper. */
export const AfterwardsDialog = ({ isOpen, ...form }: DialogProps & { readonly isOpen: boolean }) => {
  const { t } = useTranslation();
  if (!isOpen) return null;
  return (
    <FormModal title={t('action.afterwards')} onClose={form.onClose}>
      {(leave) => <AfterwardsForm {...form} leave={leave} />}
    </FormModal>
  );
};
