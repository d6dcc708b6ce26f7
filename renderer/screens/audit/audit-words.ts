import type { TFunction } from 'i18next';
import { localTimeAt, type LocalDate, type ZoneName } from '#shared/domain/time-zone.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { AUDIT_DETAILS, COMMAND_LINE, type AuditLine } from '#shared/protocol/audit.ts';
import { agencyName, personName, type Reference } from '#renderer/kit/context/reference.ts';
import { routeWords } from '#renderer/kit/words/route-words.ts';

/** Readers that words are made with. */
export interface AuditReaders {
  readonly t: TFunction;
  readonly reference: Reference;
}

/** A field that was changed. */
export interface AuditChange {
  readonly field: string;
  /** Null where there was nothing before. */
  readonly was: string | null;
  readonly is: string;
}

/** A line as a person reads it: «Анна Ким: отключена учётная запись «Пётр Петров»». */
export interface AuditWords {
  readonly who: string;
  readonly what: string;
  readonly from: string;
  readonly changes: readonly AuditChange[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Imports of earlier releases called it so. */
const OLD_COMMAND_LINE = 'cli';

const nameOf = ({ before, after, name }: Fields): string =>
  [after, before].map((fields) => (isFields(fields) ? text(fields['name']) : '')).find(Boolean) ?? text(name);

/** Fields whose values are chosen from a list, each with a word of its own. */
const CHOSEN: ReadonlySet<string> = new Set([
  'state',
  'reads',
  'webhookEvents',
  'ownApproval',
  'reception',
  'off',
  'access',
  'noticesOff',
  'botOff',
  'linkBy',
]);

/** Fields that hold the moment at which the first day begins, or the last one has ended. */
const DAYS: ReadonlySet<string> = new Set(['validFrom', 'validTo']);

const LOCAL_DATE = /^\d{4}-\d\d-\d\d$/;

/** «30.11.2026». */
const dotted = (date: LocalDate): string => date.split('-').toReversed().join('.');

const dayWords = (at: number, zone: ZoneName): string => dotted(localTimeAt(zone, at).date);

/** A value of a setting in words; what is no single value stands as it is written. */
function valueWords(field: string, value: unknown, { t, reference }: AuditReaders): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  // Its bytes say nothing to a reader.
  if (field === 'arms') return t('audit.picture');
  if (Array.isArray(value))
    return value.map((part) => valueWords(field, part, { t, reference })).join(', ') || '—';
  if (isFields(value)) return fieldsWords(value, { t, reference });
  if (DAYS.has(field) && typeof value === 'number')
    return dayWords(field === 'validTo' ? value - 1 : value, reference.zone);
  const word = text(value);
  if (LOCAL_DATE.test(word)) return dotted(word);
  if (field === 'role' || field === 'secondFactor') return t(`role.${word}`, { defaultValue: word });
  if (field === 'demanded') return t(`check.demand.${word}`, { defaultValue: word });
  if (CHOSEN.has(field)) return t(`audit.value.${word}`, { defaultValue: word });
  if (field === 'deputy') return personName(reference, word);
  if (field === 'agency') return agencyName(reference, word);
  if (field === 'municipalities')
    return reference.municipalities.find(({ id }) => id === word)?.shortName ?? word;
  return word;
}

/** Hours as «08:30–17:30»; of a map, each key with its value. */
function fieldsWords(fields: Fields, readers: AuditReaders): string {
  const { from, to, break: rest } = fields;
  if (typeof from === 'string' && typeof to === 'string')
    return `${from}–${to}${isFields(rest) ? ` (${fieldsWords(rest, readers)})` : ''}`;
  return Object.entries(fields)
    .map(
      ([key, value]) =>
        `${key}: ${value === 'off' ? readers.t('audit.dayOff') : valueWords(key, value, readers)}`,
    )
    .join(', ');
}

/** A field of a setting or a person in words. */
export const fieldName = (kind: string, name: string, t: TFunction): string =>
  t(`audit.fieldOf.${kind}.${name}`, { defaultValue: t(`audit.field.${name}`, { defaultValue: name }) });

/** The fields of a line that were changed, old and new. */
export function auditChanges({ detail }: AuditLine, readers: AuditReaders): readonly AuditChange[] {
  const { rows } = detail;
  if (!Array.isArray(rows)) return changesOf(detail, readers);
  return rows.filter(isFields).flatMap((row) => {
    const named = settingName({ ...row, kind: detail['kind'] }, readers);
    return changesOf({ ...row, kind: detail['kind'] }, readers).map((change) => ({
      ...change,
      field: `${named} · ${change.field}`,
    }));
  });
}

function changesOf({ before, after, kind }: Fields, readers: AuditReaders): readonly AuditChange[] {
  const is = isFields(after) ? after : {};
  const was = isFields(before) ? before : null;
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])];
  return names
    .filter((name) => (was === null ? is[name] !== null : !sameJson(was[name], is[name])))
    .map((name) => ({
      field: fieldName(text(kind), name, readers.t),
      was: was === null ? null : valueWords(name, was[name], readers),
      is: valueWords(name, is[name], readers),
    }));
}

/** The person, page or system a line is about, by name. */
function whomOf(detail: Fields, { t, reference }: AuditReaders): string {
  const account = text(detail['account']);
  if (account === '') return nameOf(detail);
  const { after } = detail;
  const login = isFields(after) ? text(after['login']) : '';
  const name = personName(reference, account);
  return name !== account ? name : login || t('audit.somebody');
}

/** A setting by its kind and, where there are several of the kind, its name. */
function settingWords(detail: Fields, { t, reference }: AuditReaders): string {
  const kind = text(detail['kind']);
  const word = t(`audit.setting.${kind}`, { defaultValue: kind });
  if (['regulation', 'numbering', 'calendar', 'mail', 'sign_in'].includes(kind)) return word;
  return t('audit.named', { word, name: settingName(detail, { t, reference }) });
}

function settingName(detail: Fields, { t, reference }: AuditReaders): string {
  const [kind, id] = [text(detail['kind']), text(detail['id'])];
  if (kind === 'agency') return agencyName(reference, id);
  if (kind === 'importance_rule')
    return reference.importanceRules.find((one) => one.id === id)?.name ?? (nameOf(detail) || id);
  if (kind === 'reply_template')
    return reference.templates.find((one) => one.id === id)?.name ?? (nameOf(detail) || id);
  if (kind === 'policy') return reference.policies.find((one) => one.id === id)?.name ?? id;
  if (kind === 'topic') return reference.topics.find((one) => one.id === id)?.name ?? (nameOf(detail) || id);
  const route = kind === 'route' ? reference.routes.find((one) => one.id === id) : undefined;
  return route === undefined ? nameOf(detail) || id : routeWords(route, t);
}

function whatOf({ action, detail }: AuditLine, readers: AuditReaders): string {
  const { t } = readers;
  if (!Object.hasOwn(AUDIT_DETAILS, action)) return t('audit.unknown', { action });
  const { endedSessions, secrets, from, to, rows, file, takesBack } = detail;
  const period = [from, to].map(text);
  const sentence = t(`audit.line.${action}`, {
    ...detail,
    whom: whomOf(detail, readers),
    setting: settingWords(detail, readers),
    kindName: t(`audit.setting.${text(detail['kind'])}`, { defaultValue: text(detail['kind']) }),
    count: Number(endedSessions ?? rows ?? 0),
  });
  const notes = [
    typeof endedSessions === 'number' && endedSessions > 0 && action !== 'sessions_ended'
      ? t('audit.ended', { count: endedSessions })
      : '',
    text(file) === '' ? '' : t('audit.fromFile', { file: text(file) }),
    text(takesBack) === '' ? '' : t('audit.takesBack'),
    Array.isArray(secrets) && secrets.length > 0 ? t('audit.secrets') : '',
    period.some(Boolean) ? t('audit.period', { from: period[0] || '…', to: period[1] || '…' }) : '',
  ];
  return [sentence, ...notes.filter(Boolean)].join(', ');
}

/** Gives a line in words. */
export function auditWords(line: AuditLine, readers: AuditReaders): AuditWords {
  const { t, reference } = readers;
  const { actor, address, device } = line;
  const isCommand = actor === COMMAND_LINE || actor === OLD_COMMAND_LINE;
  return {
    who: isCommand ? t('audit.commandLine') : personName(reference, actor),
    what: whatOf(line, readers),
    from: isCommand ? t('audit.centre') : [address, device].filter(Boolean).join(' · '),
    changes: auditChanges(line, readers),
  };
}
