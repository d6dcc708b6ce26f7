import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { existsAt } from '#shared/domain/directory.ts';
import { admitted, ownSurroundings } from '#shared/domain/records/admit.ts';
import { judgeRoute } from '#shared/domain/records/judge-route.ts';
import { routesByPair, type RouteSurroundings } from '#shared/domain/records/route-surroundings.ts';
import type { Refusal, RefusalKind } from '#shared/domain/refusal.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicsInForce, type Reference } from '#renderer/kit/context/reference.ts';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import { useJudgedForm, type JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import {
  changesAddressee,
  changesOf,
  readRoute,
  routeFieldsOf,
  type RouteBasis,
  type RouteChange,
  type RouteFields,
} from './route-draft.ts';
import classes from './routes.module.css';
import { TrialPanel } from './trial-panel.tsx';
import { useRouteTrial } from './use-route-trial.ts';
import { useSaveRoutes } from './use-save-routes.ts';

interface Props {
  /** The route as the form was opened with; null: a new one. */
  readonly seen: RoutingRule | null;
  readonly onClose: () => void;
}

type PartProps = Pick<JudgedForm<RouteFields, RoutingRule>, 'form' | 'field'>;

/** The form of a route. What it would be refused for, and what it moves, is said before it is saved. */
export function RouteForm({ seen, onClose }: Props) {
  const { t } = useTranslation();
  const { judged, changes } = useRouteForm(seen);
  const { form, field, row: draft } = judged;
  const now = useNow();
  const save = useSaveRoutes(onClose);
  const trial = useRouteTrial();
  const isOver = seen?.validTo !== undefined && seen.validTo <= now;
  const isHandedOn = draft !== null && changesAddressee(seen, draft, now);
  const close = (route: RoutingRule): void =>
    void save([{ row: { ...route, validTo: now }, before: route }], t('routes.closed'));
  const acts = (
    <>
      <Button
        variant="default"
        disabled={draft === null}
        onClick={() => draft !== null && void trial.run(changes(draft, form.values))}
      >
        {t('routes.trial.run')}
      </Button>
      {seen !== null && !isOver && (
        <Button variant="default" onClick={() => close(seen)}>
          {t('routes.close')}
        </Button>
      )}
    </>
  );
  return (
    <SettingForm
      judged={judged}
      name={t('routes.form')}
      save={(row, fields) => save(changes(row, fields), t(seen === null ? 'routes.added' : 'routes.saved'))}
      saveLabel={t('directory.save')}
      acts={acts}
    >
      {seen === null ? <Pair form={form} field={field} /> : <SeenPair route={seen} fields={form.values} />}
      <Addressee form={form} field={field} isFirst={seen !== null} />
      {isHandedOn && <TextInput {...field('changeDay')} type="date" />}
      <div className={classes['days']}>
        <TextInput {...field('firstDay')} type="date" />
        <TextInput {...field('lastDay')} type="date" />
      </div>
      <TrialPanel trial={trial.result} isRunning={trial.isRunning} />
    </SettingForm>
  );
}

/** The field that stands for a refusal, so that its sentence is read where it belongs. */
const FIELD_OF: Readonly<Partial<Record<RefusalKind, keyof RouteFields>>> = {
  route_from_nowhere: 'topic',
  unknown_topic: 'topic',
  topic_of_another_group: 'topic',
  unknown_group: 'group',
  unknown_place: 'municipality',
  route_taken: 'municipality',
  unknown_unit: 'unit',
  ends_before_beginning: 'lastDay',
};

/** Gives what the judge sees of the directory that the screen shows. */
function routingOf({ topics, municipalities, routes }: Reference): RouteSurroundings {
  const byName = Map.groupBy(topics, ({ name }) => name);
  return {
    groupsOfTopic: new Map(
      [...byName].map(([name, same]) => [name, new Set(same.map(({ group }) => group))]),
    ),
    groups: new Set(topics.map(({ group }) => group)),
    municipalities: new Set(municipalities.map(({ name }) => name)),
    routes: routesByPair(routes),
  };
}

function judgeAll(changes: readonly RouteChange[], reference: Reference, at: number): Refusal | null {
  const agencies = new Map(reference.agencies.map((agency) => [agency.id, agency]));
  const around = ownSurroundings({ at, agencies, works: null, routing: routingOf(reference) });
  for (const { row, before } of changes) {
    const refusal = judgeRoute(row, before, around);
    if (refusal !== null) return refusal;
    admitted(around, 'route', row);
  }
  return null;
}

/** The form judged by the judge that the store and the centre ask. */
function useRouteForm(seen: RoutingRule | null) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const [search] = useSearchParams();
  const { zone, topics } = reference;
  const basis: RouteBasis = { seen, zone, now, topics, taken: new Set(reference.routes.map(({ id }) => id)) };
  const asked = { topic: search.get('topic'), municipality: search.get('municipality') };
  const changes = (row: RoutingRule, { changeDay }: RouteFields) => changesOf(row, changeDay, basis);
  const judged = useJudgedForm<RouteFields, RoutingRule>({
    initialValues: routeFieldsOf({ ...basis, asked }),
    read: (fields) => readRoute(fields, basis),
    judge: (row, fields) => judgeAll(changes(row, fields), reference, now),
    fieldOf: FIELD_OF,
    otherwise: 'agency',
    words: {
      label: (field) => t(`routes.field.${field}`),
      hint: (field) => t(`routes.formHint.${field}`, { defaultValue: '' }),
      rule: (field) => t(`routes.formWrong.${field}`),
    },
  });
  return { judged, changes };
}

const choices = (names: Iterable<string>): string[] =>
  [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'ru'));

/** A choice of a list that is searched by typing; empty it means everything. */
function useChoice(field: PartProps['field']) {
  const { t } = useTranslation();
  return (name: 'group' | 'topic' | 'municipality', empty: string) => ({
    ...field(name),
    placeholder: empty,
    searchable: true,
    clearable: true,
    // A refusal brings the focus here; the list would hide its sentence.
    openOnFocus: false,
    clearButtonProps: { 'aria-label': empty },
    nothingFoundMessage: t('picker.nothing'),
  });
}

function Pair({ form, field }: PartProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const choice = useChoice(field);
  const topics = topicsInForce(reference, now);
  const { group } = form.values;
  const own = topics.filter((topic) => group === null || topic.group === group);
  const group_ = choice('group', t('routes.anyGroup'));
  const topic_ = choice('topic', t(group === null ? 'routes.anyTopic' : 'routes.wholeGroup'));
  const places = reference.municipalities.filter((place) => existsAt(place, now));
  return (
    <>
      <Select
        {...group_}
        data-autofocus
        data={choices(topics.map((topic) => topic.group))}
        onChange={(value) => form.setValues({ group: value, topic: null })}
      />
      <Select
        {...topic_}
        data={choices(own.map(({ name }) => name))}
        onChange={(value) =>
          form.setValues({
            topic: value,
            group: topics.find(({ name }) => name === value)?.group ?? group,
          })
        }
      />
      <Select
        {...choice('municipality', t('routes.everywhere'))}
        data={places
          .map(({ name, shortName }) => ({ value: name, label: shortName }))
          .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'))}
      />
    </>
  );
}

/** The origin of a route, which is not changed: it closes, and another begins. */
function SeenPair({ route, fields }: { readonly route: RoutingRule; readonly fields: RouteFields }) {
  const { t } = useTranslation();
  const whole = route.group === undefined ? t('routes.anyTopic') : t('routes.wholeGroup');
  return (
    <dl className={classes['pair']}>
      <dt>{t('routes.field.group')}</dt>
      <dd>{fields.group ?? t('routes.anyGroup')}</dd>
      <dt>{t('routes.field.topic')}</dt>
      <dd>{route.topic ?? whole}</dd>
      <dt>{t('routes.field.municipality')}</dt>
      <dd>{route.municipality ?? t('routes.everywhere')}</dd>
    </dl>
  );
}

function Addressee({ form, field, isFirst }: PartProps & { readonly isFirst: boolean }) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const now = useNow();
  const { agency } = form.values;
  const data = agencies
    .filter((one) => one.id === agency || existsAt(one, now))
    .map(({ id: value, name: label }) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));
  const units = agencies.find(({ id }) => id === agency)?.units ?? [];
  return (
    <>
      <Select
        {...field('agency')}
        {...(isFirst ? { 'data-autofocus': true } : {})}
        data={data}
        required
        searchable
        openOnFocus={false}
        nothingFoundMessage={t('picker.nothing')}
        onChange={(value) => form.setValues({ agency: value, unit: '' })}
      />
      <Autocomplete {...field('unit')} data={[...units]} disabled={units.length === 0} openOnFocus={false} />
    </>
  );
}
