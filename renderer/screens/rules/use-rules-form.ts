import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeRegulation } from '#shared/domain/records/judge-regulation.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import type { Regulation } from '#shared/domain/regulation.ts';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import {
  changedRules,
  readRules,
  rebasedRules,
  rulesFieldsOf,
  type RulesField,
  type RulesFields,
} from './rules-draft.ts';

export type TypedRules = UseFormReturnType<RulesFields>;

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, RulesField>> = {
  arms_unfit: 'arms',
  rating_sum: 'rating',
  rating_backwards: 'rating',
  rating_twice: 'rating',
};

/** The form with the judge of the command behind it. */
interface OpenRules {
  readonly judged: JudgedForm<RulesFields, Regulation>;
  /** The settings as the form was opened with, or as it followed them since. */
  readonly seen: Regulation;
  /** Fields that somebody else changed while something was being typed. */
  readonly changed: readonly RulesField[];
}

/** The form that follows what another administrator saves, but for what was typed here. */
export function useRulesForm(regulation: Regulation): OpenRules {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(regulation);
  const [changed, setChanged] = useState<readonly RulesField[]>([]);
  const judged = useJudgedForm<RulesFields, Regulation>({
    initialValues: rulesFieldsOf(regulation),
    read: (fields) => readRules(fields, seen),
    judge: (rules) => judgeRegulation(rules, seen),
    fieldOf: FIELD_OF,
    otherwise: 'header',
    judgesOnBlur: false,
    words: {
      label: (field) => t(`rules.${field}.label`),
      hint: (field) => t(`rules.${field}.hint`, { defaultValue: '' }),
      rule: (field) => t(`rules.${field.split('.')[0] ?? field}.wrong`),
    },
  });
  const { form } = judged;
  const isDirty = form.isDirty();
  useEffect(() => {
    const others = changedRules(seen, regulation);
    if (others.length === 0) return;
    const next = rebasedRules(form.getValues(), seen, regulation);
    form.setInitialValues(rulesFieldsOf(regulation));
    form.resetDirty(rulesFieldsOf(regulation));
    form.setValues(next);
    setSeen(regulation);
    setChanged(others);
    // The form is another object at every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [regulation, seen]);
  return { judged, seen, changed: isDirty ? changed : [] };
}
