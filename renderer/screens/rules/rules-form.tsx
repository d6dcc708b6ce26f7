import { Button, Checkbox, NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#shared/domain/actor.ts';
import { DEMANDABLE_KINDS } from '#shared/domain/reply-check/reply-warning.ts';
import { OWN_APPROVALS, type Regulation } from '#shared/domain/regulation.ts';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { useSaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { LetterheadPart } from './letterhead-part.tsx';
import { RatingRulesPart } from './rating-part.tsx';
import classes from './rules.module.css';
import { useRulesForm, type TypedRules } from './use-rules-form.ts';

const nothing = (): void => undefined;

/** The settings of the centre as one form: saved as one record, without a network too. */
export function RulesForm({ regulation }: { readonly regulation: Regulation }) {
  const { t } = useTranslation();
  const { judged, seen, changed } = useRulesForm(regulation);
  const { form } = judged;
  const save = useSaveSetting('regulation', t('directory.asBefore'), nothing);
  const isDirty = form.isDirty();
  useHoldOpen(isDirty ? 'typed' : null);
  const submit = judged.submitting((rules) => save(rules, seen, t('rules.saved')));
  return (
    <form onSubmit={submit} noValidate aria-label={t('rules.title')}>
      {changed.length > 0 && (
        <Warning title={t('rules.changedMeanwhile')} role="status" mb="sm">
          {changed.map((name) => t(`rules.${name}.label`)).join(', ')}. {t('rules.kept')}
        </Warning>
      )}
      <LetterheadPart form={form} />
      <WorkPart form={form} />
      <RatingRulesPart form={form} />
      <div className={classes['save']} data-dirty={isDirty || undefined}>
        <Button type="submit" disabled={!isDirty}>
          {t('rules.save')}
        </Button>
        {isDirty && (
          <Button variant="default" onClick={() => form.reset()}>
            {t('rules.forget')}
          </Button>
        )}
        <span className={classes['hint']}>{t('rules.issuedStay')}</span>
      </div>
    </form>
  );
}

const NUMBERS = ['approvalMinutes', 'claimMinutes', 'silentHours', 'deferDays', 'copyDays'] as const;

/** The rules that everybody of the centre works by. */
function WorkPart({ form }: { readonly form: TypedRules }) {
  const { t } = useTranslation();
  return (
    <section className={classes['part']} aria-label={t('rules.part.work')}>
      <h2>{t('rules.part.work')}</h2>
      <p className={classes['hint']}>{t('rules.hint')}</p>
      <Stack gap="md" mt="sm">
        <Radio.Group {...form.getInputProps('ownApproval')} label={t('rules.ownApproval.label')}>
          <Stack gap={8} mt={6}>
            {OWN_APPROVALS.map((answer) => (
              <Radio
                key={answer}
                value={answer}
                label={t(`rules.ownApproval.${answer}`)}
                description={t(`rules.ownApproval.${answer}Hint`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Checkbox.Group
          {...form.getInputProps('demanded')}
          label={t('rules.demanded.label')}
          description={t('rules.demanded.hint')}
        >
          <Stack gap={8} mt={6}>
            {DEMANDABLE_KINDS.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`check.demand.${kind}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        {NUMBERS.map((name) => (
          <NumberInput
            key={name}
            {...form.getInputProps(name)}
            label={t(`rules.${name}.label`)}
            description={t(`rules.${name}.hint`)}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
          />
        ))}
        <Checkbox.Group
          {...form.getInputProps('secondFactor')}
          label={t('rules.secondFactor.label')}
          description={t('rules.secondFactor.hint')}
        >
          <Stack gap={8} mt={6}>
            {ROLES.map((role) => (
              <Checkbox key={role} value={role} label={t(`role.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </section>
  );
}
