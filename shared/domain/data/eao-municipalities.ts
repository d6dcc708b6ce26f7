import type { Municipality, Settlement } from '#shared/domain/directory.ts';

/** `kind: name, name; kind: name` into settlements. */
function settlements(lines: string): Settlement[] {
  return lines.split(';').flatMap((part) => {
    const [kind = '', names = ''] = part.split(':');
    return names.split(',').map((name): Settlement => ({ name: name.trim(), kind: kind.trim() }));
  });
}

/** Figures of the 2021 census, rounded; to be confirmed by the region. */
const census = (count: number): Municipality['population'] => ({ count, year: 2021, verified: false });

const birobidzhanStreets = [
  'Биршоссе',
  'Бумагина',
  'Волочаевская',
  'Горького',
  'Дзержинского',
  'Димитрова',
  'Казакевича',
  'Калинина',
  'Карла Маркса',
  'Комсомольская',
  'Косникова',
  'Лазо',
  'Ленина',
  'Миллера',
  'Московская',
  'Набережная',
  'Невская',
  'Октябрьская',
  'Осенняя',
  'Парковая',
  'Пионерская',
  'Постышева',
  'Пушкина',
  'Саперная',
  'Советская',
  'Стяжкина',
  'Тихая',
  'Трудовая',
  'Чапаева',
  'Шалаева',
  'Широкая',
  'Школьная',
  'Шолом-Алейхема',
  'Юбилейная',
  '60-летия СССР',
];

/**
 * The six upper-level municipalities of the Jewish Autonomous Region and the registry's pseudo-municipality.
 * Lists of villages are not complete.
 */
export const eaoMunicipalities: readonly Municipality[] = [
  {
    id: 'birobidzhan',
    name: 'Биробиджан г.о.',
    shortName: 'Биробиджан',
    kind: 'city',
    population: census(70_000),
    settlements: [{ name: 'Биробиджан', kind: 'г', streets: birobidzhanStreets }],
  },
  {
    id: 'birobidzhanskiy-rayon',
    name: 'Биробиджанский район',
    shortName: 'Биробиджанский',
    kind: 'district',
    population: census(10_600),
    settlements: settlements(
      'с: Валдгейм, Птичник, Надеждинское, Дубовое, Найфельд, Бирофельд, Головино, Желтый Яр, Красивое, ' +
        'Казанка, Кирга, Русская Поляна, Раздольное, Пронькино, Алексеевка, Опытное Поле, Димитрово, ' +
        'Петровка, Красный Восток',
    ),
  },
  {
    id: 'leninskiy-rayon',
    name: 'Ленинский район',
    shortName: 'Ленинский',
    kind: 'district',
    population: census(16_300),
    settlements: settlements(
      'с: Ленинское, Нижнеленинское, Бабстово, Биджан, Дежнево, Лазарево, Кукелево, Унгун, Калинино, ' +
        'Новое, Горное, Преображеновка, Степное, Ленинск, Целинное, Чурки, Башмак, Венцелево, ' +
        'Воскресеновка, Квашнино, Кирово, Новотроицкое',
    ),
  },
  {
    id: 'obluchenskiy-rayon',
    name: 'Облученский район',
    shortName: 'Облученский',
    kind: 'district',
    population: census(22_500),
    settlements: settlements(
      'г: Облучье; пгт: Биракан, Бира, Кульдур, Теплоозёрск, Известковый, Хинганск; с: Пашково, Лондоко, ' +
        'Семисточный, Будукан, Радде, Башурово, Трек, Двуречье, Сутара, Новый, Снарский, Абрамовка, ' +
        'Заречье, Рудное, Ударный, Кимкан, Соловьёвка; п: Лондоко-завод',
    ),
  },
  {
    id: 'oktyabrskiy-rayon',
    name: 'Октябрьский район',
    shortName: 'Октябрьский',
    kind: 'district',
    population: census(8_600),
    settlements: settlements(
      'с: Амурзет, Екатерино-Никольское, Полевое, Пузино, Столбовое, Благословенное, Нагибово, Самара, ' +
        'Союзное, Помпеевка, Садовое, Ручейки, Озёрное, Луговое, Доброе',
    ),
  },
  {
    id: 'smidovichskiy-rayon',
    name: 'Смидовичский район',
    shortName: 'Смидовичский',
    kind: 'district',
    population: census(22_400),
    settlements: settlements(
      'пгт: Смидович, Николаевка, Приамурский, Волочаевка-2; с: Волочаевка-1, Камышовка, Песчаное, ' +
        'Даниловка, Аур, Белгородское, Партизанское, Ключевое, Владимировка, Усов Балаган, Икура, Урми, ' +
        'Дежнёвка, Осиновка, Ольгохта, Нижнеспасское; п: имени Тельмана',
    ),
  },
  {
    id: 'eao-drugoe',
    name: 'ЕАО, другое',
    shortName: 'ЕАО, другое',
    kind: 'other',
    population: null,
    settlements: [],
  },
];
