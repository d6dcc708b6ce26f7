import { describe, expect, it } from 'vitest';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { findPlace, type FoundPlace } from '#shared/text/place.ts';

const nothing = { municipality: null, settlement: null, street: null, house: null, object: null };
const city = { municipality: 'Биробиджан г.о.', settlement: 'Биробиджан' };

describe('findPlace', () => {
  it.each<[string, Partial<FoundPlace>]>([
    ['В Биробиджане на улице Пионерской, 45 не чистят снег', { ...city, street: 'Пионерская', house: '45' }],
    ['На Шолом-Алейхема 27а опять яма', { ...city, street: 'Шолом-Алейхема', house: '27а' }],
    ['ул. Ленина, д. 12 корп. 2, прорвало трубу', { ...city, street: 'Ленина', house: '12 к2' }],
    ['проспект 60-летия СССР дом 5, нет воды', { ...city, street: '60-летия СССР', house: '5' }],
    ['На Ленина 5 дней нет света', { ...city, street: 'Ленина' }],
    ['На Ленина 12 в городе темно', { ...city, street: 'Ленина', house: '12' }],
    ['На Ленина 12 в подъезде нет света', { ...city, street: 'Ленина', house: '12' }],
    ['На Ленина 12 в 3 подъезде течёт', { ...city, street: 'Ленина', house: '12' }],
    ['НА ЛЕНИНА 12 В ПОДЪЕЗДЕ ТЕЧЁТ', { ...city, street: 'Ленина', house: '12' }],
    ['ул. Ленина 12 г. Биробиджан', { ...city, street: 'Ленина', house: '12' }],
    ['На Ленина 12 в, подъезд 3', { ...city, street: 'Ленина', house: '12в' }],
    ['На Ленина 12 в кв. 4 холодно', { ...city, street: 'Ленина', house: '12в' }],
    ['На Ленина 12 В нет света', { ...city, street: 'Ленина', house: '12в' }],
    ['На Ленина 12в в подъезде темно', { ...city, street: 'Ленина', house: '12в' }],
    ['Нет воды на Ленина 12 в', { ...city, street: 'Ленина', house: '12в' }],
    ['На Ленина 12 г нет воды', { ...city, street: 'Ленина', house: '12г' }],
    ['На Ленина 12 а, кв. 4', { ...city, street: 'Ленина', house: '12а' }],
    ['по советской улице собаки', { ...city, street: 'Советская' }],
    [
      'пгт Смидович, ул. Железнодорожная 3',
      { municipality: 'Смидовичский район', settlement: 'Смидович', street: 'Железнодорожная', house: '3' },
    ],
    ['в облучье холодно в больнице', { municipality: 'Облученский район', settlement: 'Облучье' }],
    ['Волочаевка-2, автобус не ходит', { municipality: 'Смидовичский район', settlement: 'Волочаевка-2' }],
    ['Ленинский район, дорогу не грейдируют', { municipality: 'Ленинский район' }],
    ['Село Ленинское, нет связи', { municipality: 'Ленинский район', settlement: 'Ленинское' }],
    [
      'Биробиджанский р-н, Валдгейм, свалка',
      { municipality: 'Биробиджанский район', settlement: 'Валдгейм' },
    ],
    ['У школы № 11 в Биробиджане нет перехода', { ...city, object: 'Школа № 11' }],
    ['В детском саду 44 холодно', { object: 'Детский сад № 44' }],
    ['Когда будет новый автобус? Доброе утро', {}],
    ['Советская власть такого не допускала', {}],
    ['', {}],
  ])('%s', (text, expected) => {
    const { evidence, ...place } = findPlace(text, eaoDirectory);
    expect(place).toEqual({ ...nothing, ...expected });
    for (const { start, end } of evidence) {
      expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{N}]?$/u);
    }
  });

  it('finds every settlement of the directory after its kind', () => {
    for (const { name: municipality, settlements } of eaoDirectory.municipalities) {
      for (const { name, kind } of settlements) {
        expect(findPlace(`${kind}. ${name}, нет света`, eaoDirectory), name).toMatchObject({
          municipality,
          settlement: name,
        });
      }
    }
  });

  it('shows where it read each part and what it only inferred', () => {
    const text = 'Яма на Пионерской улице, 8';
    const { evidence } = findPlace(text, eaoDirectory);
    const marks = evidence.map(({ field, start, end, isInferred }) => [
      field,
      text.slice(start, end),
      isInferred,
    ]);
    expect(marks).toEqual([
      ['municipality', 'Пионерской', true],
      ['settlement', 'Пионерской', true],
      ['street', 'Пионерской', false],
      ['house', '8', false],
    ]);
  });
});
