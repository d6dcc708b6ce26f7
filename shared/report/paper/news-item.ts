import { html, type Html } from '#shared/text/html.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { russianForm, RUSSIAN_NOUNS, type RussianForms } from '#shared/text/plural.ts';
import { periodName, stretchName } from './period-name.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, percent, plainTopic } from './sheet-text.ts';

/** «В январе»: months after «в». */
const IN_MONTH = [
  'январе',
  'феврале',
  'марте',
  'апреле',
  'мае',
  'июне',
  'июле',
  'августе',
  'сентябре',
  'октябре',
  'ноябре',
  'декабре',
] as const;

const QUESTIONS: RussianForms = ['вопрос', 'вопроса', 'вопросов'];
const CAME: RussianForms = ['поступило', 'поступило', 'поступило'];
const TOP = 5;
const TOP_AGENCIES = 3;

const counted = (name: string, count: number, forms: RussianForms): Html =>
  html`${figure(name, count, 'ru')} ${russianForm(count, forms)}`;

const listed = (parts: readonly Html[]): Html =>
  html`${parts.map((part, at) => html`${at === 0 ? '' : at === parts.length - 1 ? ' и ' : ', '}${part}`)}`;

/** «В январе 2022 года», «За I квартал 2022 года», «За период 3–9 января 2022 г.» */
function when({ form, period }: PeriodReport): string {
  if (form === 'month')
    return `В ${IN_MONTH[Number(period.from.slice(5, 7)) - 1] ?? ''} ${period.from.slice(0, 4)} года`;
  const name = periodName({ form, ...period }, 'ru');
  return form === 'quarter' || form === 'year' ? `За ${name}` : `За период ${name}`;
}

/** «, что на 12 % больше, чем за прошлый период» */
function comparedWith({ received, previous, compared }: PeriodReport): string {
  if (previous === null) return '';
  const before = compared === null ? 'за прошлый период' : `за ${stretchName(compared, 'ru')}`;
  const change = received / previous.received - 1;
  if (Math.abs(change) < 0.005) return ` — столько же, сколько ${before}`;
  return ` — на ${percent(Math.abs(change), 'ru')} ${change > 0 ? 'больше' : 'меньше'}, чем ${before}`;
}

/**
 * A draft of the news item in the manner of a centre's press note, in Russian whatever the console's
 * language: that is where it is published. Every figure opens its incidents; names of agencies stand in the
 * dative the directory gives, else in quotes.
 */
export function newsItem(report: PeriodReport): readonly Html[] {
  const { received } = report;
  const opening = html`${when(report)} в Центр управления регионом через социальные сети
  ${russianForm(received, CAME)} ${counted('received', received, RUSSIAN_NOUNS.message)}
  жителей${comparedWith(report)}.`;
  return [opening, about(report), passedOn(report), solved(report), held(report)].filter(
    ({ markup }) => markup !== '',
  );
}

function about({ groups, municipalities }: PeriodReport): Html {
  const named = groups.filter(({ group }) => group !== '').slice(0, TOP);
  if (named.length === 0) return html``;
  const [place] = municipalities.filter(({ municipality }) => municipality !== '');
  return html`Чаще всего писали на темы:
  ${listed(
    named.map(
      ({ group, count }) => html`«${group}» — ${counted(`group:${group}`, count, RUSSIAN_NOUNS.message)}`,
    ),
  )}.${
    place === undefined
      ? null
      : html` Больше всего сообщений — из муниципалитета «${place.municipality}»:
        ${figure(`municipality:${place.municipality}`, place.count, 'ru')}.`
  }`;
}

function passedOn({ control, agencies, firstReply }: PeriodReport): Html {
  const to = agencies
    .slice(0, TOP_AGENCIES)
    .map(
      ({ agency, name, nameDative, count }) =>
        html`${nameDative ?? `ведомству «${name}»`} (${figure(`agency:${agency}`, count, 'ru')})`,
    );
  const mean = firstReply.working.meanMinutes;
  return html`В работу ${russianForm(control.taken, ['принято', 'приняты', 'принято'])}
  ${counted('taken', control.taken, RUSSIAN_NOUNS.message)}, все они переданы ответственным
  ведомствам${to.length === 0 ? null : html`, больше всего — ${listed(to)}`}.${
    mean === null
      ? null
      : html` Среднее время ответа — ${figure('answered', formatDuration(mean, 'ru'), 'ru')} рабочего
        времени${
          firstReply.inTimeShare === null
            ? null
            : html`, в срок дано ${figure('inTime', percent(firstReply.inTimeShare, 'ru'), 'ru')} ответов`
        }.`
  }`;
}

function solved({ flow, movers }: PeriodReport): Html {
  const [riser] = movers.risers;
  return html`${russianForm(flow.solved, ['Решён', 'Решены', 'Решено'])}
  ${counted('solved', flow.solved, QUESTIONS)}${
    flow.solvedFromBefore === 0
      ? null
      : html`, из них ${figure('solvedBefore', flow.solvedFromBefore, 'ru')} — по сообщениям прошлых периодов`
  }.${
    riser === undefined
      ? null
      : html` Заметно чаще стали писать о теме «${plainTopic(riser.topic)}»: было ${riser.before}, стало
        ${figure(`topic:${riser.group}\u203A${riser.topic}`, riser.count, 'ru')}.`
  }`;
}

function held({ campaigns, activities }: PeriodReport): Html {
  const named = (title: string, titles: readonly string[]): Html =>
    titles.length === 0 ? html`` : html` ${title}: ${listed(titles.map((name) => html`«${name}»`))}.`;
  return html`${named(
    'Проведены информационные кампании',
    campaigns.map(({ title }) => title),
  )}${named(
    'Прошли мероприятия',
    activities.map(({ title }) => title),
  )}`;
}
