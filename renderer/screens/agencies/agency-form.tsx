import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AGENCY_KINDS, type Agency } from '#shared/domain/directory.ts';
import { judgeAgency } from '#shared/domain/records/judge-agency.ts';
import type { RefusalKind } from '#shared/domain/refusal.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { EntryForm } from '#renderer/kit/directory/entry-form.tsx';
import { FieldGroup, ShortNameInput, ValidityPart, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { AgencyHours } from './agency-hours.tsx';
import { agencyFieldsOf, readAgency, type AgencyFields } from './agency-draft.ts';
import { useAgencyWork, type AgencyHold } from './use-agency-work.ts';

interface FormProps {
  /** The agency as the form was opened with; null: a new one. */
  readonly seen: Agency | null;
  readonly save: SaveSetting<'agency'>;
  readonly onMerge: () => void;
  readonly onSplit: () => void;
}

type Judged = JudgedForm<AgencyFields, Agency>;

/** The form of an agency. What it would be refused for, and what it changes, is said before it is saved. */
export function AgencyForm({ seen, save, onMerge, onSplit }: FormProps) {
  const { t } = useTranslation();
  const work = useAgencyWork(seen?.id ?? null);
  const judged = useAgencyForm(seen, work);
  const { form, field } = judged;
  const { agencies } = useReference();
  return (
    <EntryForm
      judged={judged}
      name={t('agencies.form')}
      seen={seen}
      cameWithImport={{ title: t('agencies.cameWithImport'), hint: t('agencies.cameWithImportHint') }}
      save={(agency) => save(agency, seen, t(seen === null ? 'agencies.added' : 'directory.saved'))}
      onMerge={onMerge}
      onSplit={onSplit}
    >
      <Names form={form} field={field} id={seen?.id ?? null} />
      <Contacts field={field} />
      <AgencyHours form={form} seen={seen} />
      <ValidityPart
        title={t('agencies.part.validity')}
        field={field}
        lastDay={form.values.lastDay}
        rows={agencies}
        id={seen?.id ?? null}
      />
      {work !== null && <Effects work={work} />}
    </EntryForm>
  );
}

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Partial<Record<RefusalKind, keyof AgencyFields>> = {
  name_taken: 'name',
  short_name_taken: 'shortName',
  short_name_long: 'shortName',
  agencies_in_ring: 'parent',
  too_many_levels: 'parent',
  ends_before_beginning: 'lastDay',
  agency_has_parts: 'lastDay',
  agency_has_work: 'successor',
  agency_closed: 'successor',
  week_without_work: 'hours',
  hours_backwards: 'hours',
  break_outside: 'hours',
};

/** The form with the judge of the command behind it, who knows what hangs on the agency. */
function useAgencyForm(seen: Agency | null, work: AgencyHold | null): Judged {
  const { t } = useTranslation();
  const { agencies, zone } = useReference();
  const now = useNow();
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  const worksOf = (id: string) => (work === null ? null : new Map([[id, work]]));
  return useJudgedForm<AgencyFields, Agency>({
    initialValues: agencyFieldsOf(seen, zone),
    read: (fields) => readAgency(fields, { seen, zone, taken: new Set(byId.keys()) }),
    isReady: seen === null || work !== null,
    judge: (row) => judgeAgency(row, seen, { at: now, agencies: byId, works: worksOf(row.id) }),
    fieldOf: FIELD_OF,
    otherwise: 'name',
    words: {
      label: (field) => t(`agencies.field.${field}`),
      hint: (field) => t(`agencies.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`agencies.formWrong.${field}`),
    },
  });
}

type NameProps = Pick<Judged, 'form' | 'field'> & { readonly id: string | null };

function Names({ form, field, id }: NameProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  return (
    <FieldGroup title={t('agencies.part.name')}>
      <TextInput {...field('name')} data-autofocus required style={WIDE} />
      <ShortNameInput {...field('shortName')} value={form.values.shortName} />
      <Select
        {...field('kind')}
        data={AGENCY_KINDS.map((kind) => ({ value: kind, label: t(`agencyKind.${kind}`) }))}
        allowDeselect={false}
      />
      <Select
        {...field('parent')}
        data={entryChoices(agencies, useNow(), id)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('agencies.noParent') }}
        nothingFoundMessage={t('picker.nothing')}
        style={WIDE}
      />
      <Textarea {...field('units')} autosize minRows={2} maxRows={8} style={WIDE} />
    </FieldGroup>
  );
}

function Contacts({ field }: Pick<Judged, 'field'>) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('agencies.part.contacts')}>
      <TextInput {...field('person')} />
      <TextInput {...field('phone')} type="tel" />
      <TextInput {...field('email')} type="email" />
      <TextInput {...field('address')} />
    </FieldGroup>
  );
}

/** Says what hangs on the agency, and so follows every change of it. */
function Effects({ work }: { readonly work: AgencyHold }) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('agencies.part.effects')}>
      <p className={classes['hint']} style={WIDE}>
        {t('agencies.work', { ...work })}
      </p>
    </FieldGroup>
  );
}
