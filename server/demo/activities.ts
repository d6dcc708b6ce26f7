import type { Activity } from '#shared/domain/activity.ts';

const attendance = (agency: string, invited: number, attended: number): Activity['agencies'][number] => ({
  agency,
  invited,
  attended,
});

const HEATING = 'Ненадлежащее качество или отсутствие отопления';
const DOGS = 'Отлов безнадзорных собак и кошек';
const BUSES = 'График движения общественного транспорта';

/** Activities that the centre of the demo region held in those eighteen months. */
export const demoActivities: readonly Activity[] = [
  {
    id: '0177b2f4-9800-7a11-8c11-0a79000000b1',
    kind: 'seminar',
    title: 'Как ответить жителю: адрес, срок, человеческий язык',
    date: '2021-02-18',
    place: 'Биробиджан, зал правительства области',
    agencies: [
      attendance('meriya-birobidzhan', 12, 11),
      attendance('administratsiya-obluchenskogo', 4, 3),
      attendance('administratsiya-smidovichskogo', 4, 4),
      attendance('administratsiya-leninskogo', 3, 3),
      attendance('administratsiya-birobidzhanskogo', 3, 2),
      attendance('administratsiya-oktyabrskogo', 3, 3),
      attendance('upr-dorog', 5, 4),
      attendance('gzhi', 2, 2),
    ],
    audience: null,
    topics: [],
    summary:
      'Разобрали двадцать настоящих ответов без имён. Договорились: в ответе есть адрес, срок и тот, ' +
      'кто делает; «информация передана» ответом не считается.',
    materials: [{ title: 'Памятка на одну страницу', url: 'https://example.org/pult-demo/pamyatka' }],
  },
  {
    id: '0178f8c1-1400-7b22-9c12-0a79000000b2',
    kind: 'broadcast',
    title: 'Прямой эфир «Дороги после зимы»',
    date: '2021-04-29',
    place: 'Областное радио',
    agencies: [attendance('upr-dorog', 1, 1), attendance('meriya-birobidzhan', 1, 1)],
    audience: 6400,
    topics: [{ group: 'Дороги', topic: 'Ямы и выбоины на дороге' }],
    summary:
      'Ответили на одиннадцать вопросов из сообщений апреля и четыре звонка. ' +
      'Назвали сроки по восьми улицам, их взяли на контроль.',
    materials: [{ title: 'Запись эфира', url: 'https://example.org/pult-demo/efir-dorogi' }],
  },
  {
    id: '017aa8d5-2c00-7c33-ac13-0a79000000b3',
    kind: 'broadcast',
    title: 'Прямой эфир «Вода и двор в июле»',
    date: '2021-07-15',
    place: 'Сообщество центра во «ВКонтакте»',
    agencies: [attendance('teploseti', 1, 1), attendance('vodokanal', 1, 1), attendance('gzhi', 1, 0)],
    audience: 3150,
    topics: [
      { group: 'ЖКХ', topic: 'Отсутствие горячей воды' },
      { group: 'Благоустройство', topic: '' },
    ],
    summary:
      'Теплосети показали график по домам и признали задержку на двух участках. Вопросы о траве переданы в ' +
      'мэрию с адресами.',
    materials: [],
  },
  {
    id: '017bed66-0000-7d44-bc14-0a79000000b4',
    kind: 'hearing',
    title: 'Слушания в Законодательном Собрании: готовность к отопительному сезону',
    date: '2021-09-16',
    place: 'Законодательное Собрание области, малый зал',
    agencies: [
      attendance('dep-zhkh', 3, 3),
      attendance('teploseti', 2, 2),
      attendance('meriya-birobidzhan', 2, 2),
      attendance('gzhi', 1, 1),
      attendance('administratsiya-obluchenskogo', 1, 1),
      attendance('administratsiya-smidovichskogo', 1, 0),
    ],
    audience: null,
    topics: [{ group: 'ЖКХ', topic: HEATING }],
    summary:
      'Центр показал, где мёрзли прошлой осенью: девять домов дали треть сообщений. ' +
      'Решили пустить эти дома первыми и отчитаться 20 октября.',
    materials: [
      { title: 'Справка центра к слушаниям', url: 'https://example.org/pult-demo/slushaniya-teplo' },
    ],
  },
  {
    id: '017d9ac2-5000-7e55-8c15-0a79000000b5',
    kind: 'seminar',
    title: 'Обещание со сроком: как давать и как держать',
    date: '2021-12-09',
    place: 'По видеосвязи',
    agencies: [
      attendance('meriya-birobidzhan', 14, 12),
      attendance('administratsiya-obluchenskogo', 4, 2),
      attendance('administratsiya-leninskogo', 3, 3),
      attendance('administratsiya-oktyabrskogo', 3, 3),
      attendance('dep-zdrav', 6, 5),
      attendance('dep-obr', 6, 6),
      attendance('regoperator-tko', 3, 3),
    ],
    audience: null,
    topics: [],
    summary:
      'Каждое пятое обещание осени нарушено. Показали, что чаще всего срок назван без исполнителя. ' +
      'Ввели правило: дату в ответе подтверждает тот, кто будет делать.',
    materials: [{ title: 'Разбор двенадцати обещаний', url: 'https://example.org/pult-demo/obeshchaniya' }],
  },
  {
    id: '017e7301-8c00-7f66-9c16-0a79000000b6',
    kind: 'broadcast',
    title: 'Прямой эфир «Снег, собаки, автобусы»',
    date: '2022-01-20',
    place: 'Областное радио и сообщества центра',
    agencies: [
      attendance('meriya-birobidzhan', 2, 2),
      attendance('dep-vet', 1, 1),
      attendance('upr-dorog', 1, 1),
    ],
    audience: 7200,
    topics: [
      { group: 'Дороги', topic: '' },
      { group: 'Безопасность', topic: DOGS },
      { group: 'Общественный транспорт', topic: BUSES },
    ],
    summary:
      'Три первые темы месяца. Мэрия назвала улицы, где снег вывезут до конца недели; ' +
      'ветеринары рассказали, как вызвать отлов и куда девают собак.',
    materials: [{ title: 'Запись эфира', url: 'https://example.org/pult-demo/efir-yanvar' }],
  },
  {
    id: '017e9711-7000-7a77-ac17-0a79000000b7',
    kind: 'seminar',
    title: 'Фото «до» и «после»: доказательство вместо слов',
    date: '2022-01-27',
    place: 'Биробиджан, центр управления регионом',
    agencies: [
      attendance('meriya-birobidzhan', 8, 7),
      attendance('administratsiya-birobidzhanskogo', 2, 2),
      attendance('administratsiya-smidovichskogo', 3, 2),
      attendance('upr-dorog', 3, 3),
      attendance('vodokanal', 2, 2),
    ],
    audience: null,
    topics: [],
    summary:
      'Как снять так, чтобы было видно место, и как не показать лиц и номеров. ' +
      'Каждый исполнитель снял свой двор.',
    materials: [{ title: 'Шесть правил снимка', url: 'https://example.org/pult-demo/foto' }],
  },
  {
    id: '0180dadc-6800-7b88-bc18-0a79000000b8',
    kind: 'hearing',
    title: 'Слушания в Законодательном Собрании: автобусы и дачные маршруты',
    date: '2022-05-19',
    place: 'Законодательное Собрание области, большой зал',
    agencies: [
      attendance('upr-dorog', 3, 3),
      attendance('meriya-birobidzhan', 2, 2),
      attendance('administratsiya-birobidzhanskogo', 1, 1),
    ],
    audience: null,
    topics: [{ group: 'Общественный транспорт', topic: '' }],
    summary:
      'Полтора года сообщений о графике на одной странице: час пик, последний рейс, дачи. ' +
      'Перевозчик обещал два рейса на дачи к 1 июня.',
    materials: [
      { title: 'Справка центра о транспорте', url: 'https://example.org/pult-demo/slushaniya-transport' },
    ],
  },
];
