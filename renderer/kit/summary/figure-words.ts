import type { TFunction } from 'i18next';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { DIMENSIONS, readCut, type Dimension } from '#shared/report/facts/cut.ts';
import { monthName } from '#shared/report/paper/period-name.ts';
import { FULL_WORDS } from '#shared/report/paper/full-words.ts';
import { plainTopic } from '#shared/report/paper/sheet-text.ts';
import { SHEET_WORDS } from '#shared/report/paper/sheet-words.ts';

/** The parts of a figure's name: `group:Дороги` is kind `group`, value `Дороги`. */
export function figureParts(figure: string): { readonly kind: string; readonly value: string } {
  const colon = figure.indexOf(':');
  return colon < 0
    ? { kind: figure, value: '' }
    : { kind: figure.slice(0, colon), value: figure.slice(colon + 1) };
}

/** Names the value in a figure's name as the sheet names it. */
function valueName(
  { kind, value }: ReturnType<typeof figureParts>,
  report: PeriodReport,
  t: TFunction,
  language: Language,
): string {
  const words = SHEET_WORDS[language];
  const full = FULL_WORDS[language];
  const name = kind.startsWith('agency') ? 'agency' : kind;
  switch (name) {
    case 'kind':
      return full.kind[value] ?? value;
    case 'type':
      return full.type[value] ?? value;
    case 'closing':
      return full.closing[value] ?? value;
    case 'rejectReason':
      return full.reject[value] ?? value;
    case 'day':
      return value.split('-').toReversed().join('.');
    case 'bucketWorking':
    case 'bucketWall':
      return value === 'more'
        ? t('report.bucket.more')
        : t('report.bucket.upTo', { time: formatDuration(Number(value), language) });
    case 'agency':
      return report.agencies.find(({ agency }) => agency === value)?.name ?? value;
    case 'network':
      return words.network[value] ?? value;
    case 'outcome':
      return words.outcome[value] ?? value;
    case 'topic':
      return value.slice(value.indexOf('\u203A') + 1);
    case 'cut':
      return cutName(value, report, t, language);
    default:
      return value === '' ? words.unnamed : value;
  }
}

/** «Дороги · Биробиджан»: the values of a cut in the order of the dimensions. */
function cutName(value: string, report: PeriodReport, t: TFunction, language: Language): string {
  const cut = readCut(value) ?? {};
  return DIMENSIONS.flatMap((name) => {
    const part = cut[name];
    return part === undefined ? [] : [dimensionValue(name, part, report, t, language)];
  }).join(' · ');
}

/** Names a value of a dimension; '' is none. */
export function dimensionValue(
  dimension: Dimension,
  value: string,
  report: PeriodReport,
  t: TFunction,
  language: Language,
): string {
  if (value === '') return t(`pivot.none.${dimension}`);
  switch (dimension) {
    case 'topic':
      return plainTopic(value);
    case 'month':
      return monthName(`${value}-01`, language);
    case 'step':
      return t(`step.${value}`);
    case 'outcome':
      return t(`outcome.${value}`);
    case 'type':
      return t(`type.${value}`);
    case 'network':
      return t(`network.${value}`);
    default:
      return valueName({ kind: dimension, value }, report, t, language);
  }
}

/** Title and explanation of a figure: what is counted, over what, by which clock. */
export function figureWords(
  figure: string,
  report: PeriodReport,
  t: TFunction,
  language: Language,
): { readonly title: string; readonly explanation: string } {
  const parts = figureParts(figure);
  const name = valueName(parts, report, t, language);
  const { firstReply } = report;
  const count = parts.kind === 'answered' ? firstReply.answered : firstReply.inTime + firstReply.late;
  return {
    title: t(`report.figure.${parts.kind}`, { name }),
    explanation: t(`report.explain.${parts.kind}`, { name, count, region: report.regionName }),
  };
}
