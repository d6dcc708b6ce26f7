import { describe, expect, it } from 'vitest';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { topicsAt } from '#shared/domain/dictionary.ts';
import { topicLexicon } from '#shared/text/topic-lexicon.ts';
import { buildTopicModel, suggestTopics } from '#shared/text/topic-suggest.ts';

const topics = topicsAt(defaultDictionary, Date.UTC(2026, 0, 15));
const model = buildTopicModel(topics, topicLexicon);

/** Invented messages in the residents' own way of writing. */
const MESSAGES: readonly (readonly [text: string, topic: string])[] = [
  [
    'Который год не чистят перекрёсток, снег на дороге по колено, машины буксуют',
    'Уборка дорог от снега и наледи',
  ],
  ['Тротуар весь во льду, люди падают, посыпьте тротуар песком!', 'Уборка тротуара от снега и наледи'],
  [
    'Во дворе не убирают снег, дворника мы не видели с осени',
    'Уборка дворовых и придомовых территорий от снега и наледи',
  ],
  ['Огромные сосульки над подъездом, кого-нибудь убьёт', 'Уборка снега и наледи с крыш'],
  [
    'Батареи еле тёплые, дома 15 градусов, когда дадут нормальное отопление?',
    'Ненадлежащее качество или отключение отопления',
  ],
  ['Второй день нет горячей воды, никто не предупредил', 'Отсутствие холодной и/или горячей воды'],
  ['На Советской прорвало трубу, вода бежит по дороге', 'Аварии (в т.ч. прорывы) в системе водоснабжения'],
  ['Стая собак бросается на детей у школы', 'Отлов безнадзорных собак и кошек'],
  ['Автобус не ходит по расписанию, ждали сорок минут на морозе', 'График движения общественного транспорта'],
  [
    'Водитель маршрутки нахамил пенсионерке и проехал мимо',
    'Некорректное поведение и нарушение ПДД водительским составом',
  ],
  [
    'Фонари не горят уже месяц, идти темно и страшно',
    'Неисправность или отсутствие освещения на дорогах и тротуарах',
  ],
  ['Светофор на перекрёстке не работает третий день', 'Организация работы и содержание светофоров'],
  [
    'Ямы на дороге такие, что пробили колесо, где ремонт асфальта',
    'Некачественное покрытие асфальтовых дорог (ямы, выбоины и пр.)',
  ],
  [
    'Опять отключили свет во всём селе, электричества нет с утра',
    'Отключение электричества, аварии на подстанциях, ЛЭП',
  ],
  [
    'Контейнеры переполнены, у мусорных баков крысы',
    'Содержание, строительство или отсутствие контейнерных площадок (в т.ч. контейнеров)',
  ],
  [
    'Кто-то устроил свалку за гаражами, сбросили мусор в лесу',
    'Нарушение при обращении с отходами (слив ЖБО, сброс мусора и др.)',
  ],
  [
    'Отказали в едином пособии на ребёнка из-за старой машины',
    'Единое пособие на детей (задержка выплаты, отказ, оформление)',
  ],
  [
    'Невозможно дозвониться в регистратуру поликлиники',
    'Работа регистратуры и терминалов в сфере здравоохранения',
  ],
  ['Скорую ждали три часа', 'Скорая помощь'],
  [
    'Интернет в селе не работает вообще',
    'Отсутствие или неудовлетворительное качество интернета (в т.ч. мобильного)',
  ],
  ['Лифт стоит вторую неделю, девятый этаж', 'Неисправность или отключение лифтов'],
  ['Крыша течёт, залило квартиры верхних этажей', 'Протечки с кровли и проблемы с водостоком МКД'],
  ['Открытый люк прямо на дорожке', 'Канализационные люки'],
  [
    'Где купить уголь, в районе угля нет',
    'Приобретение и доставка твердого топлива (уголь, топливные брикеты и пр.)',
  ],
];

describe('suggestTopics', () => {
  it.each(MESSAGES)('%s', (text, topic) => {
    expect(suggestTopics(model, text).map((suggestion) => suggestion.topic)).toContain(topic);
  });

  it('puts the right topic first nearly always', () => {
    const first = MESSAGES.filter(([text, topic]) => suggestTopics(model, text)[0]?.topic === topic);
    expect(first.length).toBeGreaterThanOrEqual(MESSAGES.length - 3);
  });

  it('shows the words that speak for a topic and shares that add up', () => {
    const suggestions = suggestTopics(model, 'Собаки! Стая собак у светофора', 10);
    expect(suggestions[0]).toMatchObject({ group: 'Безопасность и правопорядок', words: ['Собаки', 'Стая'] });
    expect(suggestions.map((suggestion) => suggestion.share)).toEqual(
      suggestions.map((suggestion) => suggestion.share).toSorted((a, b) => b - a),
    );
    expect(suggestions.reduce((sum, suggestion) => sum + suggestion.share, 0)).toBeCloseTo(1, 6);
  });

  it('suggests nothing for words it does not know', () => {
    expect(suggestTopics(model, 'Ку-ку')).toEqual([]);
    expect(suggestTopics(model, '')).toEqual([]);
  });
});

describe('the lexicon', () => {
  it('speaks of topics that exist', () => {
    const names = new Set(topics.map((topic) => topic.name));
    const lines = topicLexicon
      .trim()
      .split('\n')
      .map((line) => line.slice(0, line.lastIndexOf(': ')));
    expect(lines.filter((name) => !names.has(name))).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
  });
});
