import { Button, Checkbox, NumberInput, Radio, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#shared/domain/actor.ts';
import { OWN_APPROVALS, regulationSchema, type Regulation } from '#shared/domain/regulation.ts';
import { regulationChangeSchema, type RegulationChange } from '#shared/protocol/regulation.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { shownInForm, useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { formErrors, readForm } from '#renderer/kit/forms/read-form.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { changedRules, rebasedRules, type RulesFields } from './rules-draft.ts';
import classes from './settings.module.css';

const saveRules = (change: RegulationChange): Promise<CentreAnswer<Regulation>> =>
  askCentre('/api/v1/regulation', regulationSchema, { method: 'PUT', body: change });

/** The rules by which centres differ: for the region's administrator. */
export function CentreRules() {
  const { t } = useTranslation();
  const { regulation } = useReference();
  return (
    <section className={classes['part']} aria-label={t('rules.title')}>
      <h2>{t('rules.title')}</h2>
      <p className={classes['hint']}>{t('rules.hint')}</p>
      <RulesForm regulation={regulation} />
    </section>
  );
}

const fieldsOf = (regulation: Regulation): RulesFields => ({
  ...regulation,
  secondFactor: [...regulation.secondFactor],
});

const DAYS = ['deferDays', 'copyDays'] as const;

/** The form that follows what another administrator saves, but for what was typed here. */
function useRulesForm(regulation: Regulation) {
  const form = useForm<RulesFields>({
    initialValues: fieldsOf(regulation),
    validate: (values) => formErrors(readForm(regulationChangeSchema, values, ([field]) => field)),
  });
  const [seen, setSeen] = useState(regulation);
  const [changed, setChanged] = useState<readonly (keyof Regulation)[]>([]);
  const isDirty = form.isDirty();
  useEffect(() => {
    const others = changedRules(seen, regulation);
    if (others.length === 0) return;
    const next = rebasedRules(form.getValues(), seen, regulation);
    form.setInitialValues(fieldsOf(regulation));
    form.resetDirty(fieldsOf(regulation));
    form.setValues(next);
    setSeen(regulation);
    setChanged(others);
    // The form is another object at every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [regulation, seen]);
  return { form, changed: isDirty ? changed : [] };
}

function RulesForm({ regulation }: { readonly regulation: Regulation }) {
  const { t } = useTranslation();
  const isLive = useIsLive();
  const { form, changed } = useRulesForm(regulation);
  const saving = useCentreAction(saveRules, () => tellDone(t('rules.saved')), shownInForm);
  const save = form.onSubmit((values) => saving.run(regulationChangeSchema.parse(values)));
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md" mt="sm">
        {changed.length > 0 && (
          <Warning title={t('rules.changedMeanwhile')} role="status">
            {changed.map((name) => t(`rules.${name}.label`)).join(', ')}. {t('rules.kept')}
          </Warning>
        )}
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
        {DAYS.map((name) => (
          <NumberInput
            key={name}
            {...form.getInputProps(name)}
            label={t(`rules.${name}.label`)}
            description={t(`rules.${name}.hint`)}
            error={form.errors[name] === undefined ? undefined : t(`rules.${name}.wrong`)}
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
        {saving.failure !== null && (
          <p className={administration['bad']} role="alert">
            {t(`error.${saving.failure}`)}
          </p>
        )}
        {!isLive && <p className={administration['bad']}>{t('rules.needsConnection')}</p>}
        <div>
          <Button type="submit" loading={saving.isPending} disabled={!isLive || !form.isDirty()}>
            {t('rules.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
