import type { Campaign } from '#shared/domain/campaign.ts';

const PITS = 'Ямы и выбоины на дороге';
const SNOW =
  '★ Нарушение правил очистки дорог от снега и наледи/Обращения о необходимости очистить тротуар от ' +
  'снега и наледи';
const YARD_SNOW = '★ Нарушение правил уборки от снега и наледи внутридворового проезда, тротуара, площади';
const VK = 'https://vk.com/wall-990000079_';
const OK = 'https://ok.ru/group/99000000000079/topic/99';
const TELEGRAM = 'https://t.me/pult_demo_79/';

/** Campaigns by which the centre of the demo region informed residents in those eighteen months. */
export const demoCampaigns: readonly Campaign[] = [
  {
    id: '01782f3c-5c00-7a11-8c01-0a79000000a1',
    title: 'Ямы после зимы: где чинят и куда писать',
    topics: [{ group: 'Дороги', topic: PITS }],
    reason:
      'С таянием снега вопросов о ямах стало вчетверо больше, и половина авторов спрашивала одно: ' +
      'есть ли их улица в плане.',
    from: '2021-03-22',
    to: '2021-04-16',
    materials: [
      {
        title: 'Карта ямочного ремонта по улицам Биробиджана',
        url: 'https://example.org/pult-demo/yamy-2021',
      },
      {
        title: 'Чья это дорога: федеральная, областная, городская',
        url: 'https://example.org/pult-demo/dorogi',
      },
    ],
    posts: [
      { network: 'vk', url: `${VK}3101`, date: '2021-03-22' },
      { network: 'ok', url: `${OK}3102`, date: '2021-03-23' },
      { network: 'vk', url: `${VK}3140`, date: '2021-04-05' },
    ],
    reach: 18_400,
    note: 'После карты авторы стали называть улицу сразу, уточняющих вопросов почти нет.',
  },
  {
    id: '0178a4b1-0400-7b22-9c02-0a79000000a2',
    title: 'Не жгите сухую траву',
    topics: [{ group: 'Экология', topic: 'Выбросы вредных веществ в атмосферу/загрязнение воздуха' }],
    reason:
      'Апрельские палы: жалобы на дым из пригородов каждый вечер, в двух сёлах огонь дошёл до огородов.',
    from: '2021-04-12',
    to: '2021-05-07',
    materials: [
      {
        title: 'Куда звонить, если горит трава, и что говорить диспетчеру',
        url: 'https://example.org/pult-demo/paly',
      },
    ],
    posts: [
      { network: 'vk', url: `${VK}3166`, date: '2021-04-12' },
      { network: 'telegram', url: `${TELEGRAM}412`, date: '2021-04-12' },
      { network: 'ok', url: `${OK}3170`, date: '2021-04-19' },
    ],
    reach: 23_900,
    note: '',
  },
  {
    id: '0179c6a2-8800-7c33-ac03-0a79000000a3',
    title: 'Горячая вода летом: график по домам',
    topics: [{ group: 'ЖКХ', topic: 'Отсутствие горячей воды' }],
    reason:
      'Испытания сетей идут по частям, а объявления висели только на подъездах. Жители не знали, ' +
      'плановое это отключение или авария.',
    from: '2021-06-07',
    to: '2021-07-09',
    materials: [
      { title: 'График гидравлических испытаний по улицам', url: 'https://example.org/pult-demo/voda-2021' },
      { title: 'Как попросить перерасчёт за дни без воды', url: 'https://example.org/pult-demo/pereraschet' },
    ],
    posts: [
      { network: 'vk', url: `${VK}3340`, date: '2021-06-07' },
      { network: 'ok', url: `${OK}3341`, date: '2021-06-07' },
      { network: 'telegram', url: `${TELEGRAM}455`, date: '2021-06-21' },
    ],
    reach: 15_700,
    note: 'График обновляли по понедельникам вместе с теплосетями.',
  },
  {
    id: '017beb90-3c00-7d44-bc04-0a79000000a4',
    title: 'Когда дадут тепло',
    topics: [{ group: 'ЖКХ', topic: 'Ненадлежащее качество или отсутствие отопления' }],
    reason: 'Каждую осень первые холодные ночи приходят раньше пуска тепла, и все пишут в один день.',
    from: '2021-09-13',
    to: '2021-10-15',
    materials: [
      {
        title: 'Пять суток по восемь градусов: как решают о пуске',
        url: 'https://example.org/pult-demo/teplo-2021',
      },
      { title: 'Батарея холодная: что проверить до звонка', url: 'https://example.org/pult-demo/batareya' },
    ],
    posts: [
      { network: 'vk', url: `${VK}3590`, date: '2021-09-13' },
      { network: 'ok', url: `${OK}3593`, date: '2021-09-14' },
      { network: 'vk', url: `${VK}3644`, date: '2021-10-04' },
    ],
    reach: 21_300,
    note: 'Памятка о воздухе в стояке сняла часть обращений верхних этажей.',
  },
  {
    id: '017d01f4-2000-7e55-8c05-0a79000000a5',
    title: 'Прививка и QR-код: коротко о главном',
    topics: [{ group: 'Коронавирус', topic: '' }],
    reason:
      'В октябре о пунктах вакцинации и кодах спрашивали втрое чаще, чем летом; ' +
      'ответы повторялись слово в слово.',
    from: '2021-11-08',
    to: '2021-11-26',
    materials: [
      { title: 'Пункты и часы работы по районам', url: 'https://example.org/pult-demo/punkty' },
      { title: 'Код не пришёл: три шага', url: 'https://example.org/pult-demo/qr' },
    ],
    posts: [
      { network: 'vk', url: `${VK}3720`, date: '2021-11-08' },
      { network: 'ok', url: `${OK}3721`, date: '2021-11-08' },
      { network: 'telegram', url: `${TELEGRAM}540`, date: '2021-11-15' },
    ],
    reach: 27_800,
    note: '',
  },
  {
    id: '017e44c5-7400-7f66-9c06-0a79000000a6',
    title: 'Кто чистит вашу улицу от снега',
    topics: [
      { group: 'Дороги', topic: SNOW },
      { group: 'Благоустройство', topic: YARD_SNOW },
    ],
    reason:
      'Снег — первая тема января. Дорогу, тротуар и двор чистят трое разных, ' +
      'а житель пишет одному и получает «не наш вопрос».',
    from: '2022-01-11',
    to: '2022-01-28',
    materials: [
      { title: 'Дорога, тротуар, двор: кто отвечает', url: 'https://example.org/pult-demo/sneg-2022' },
      { title: 'Очерёдность уборки улиц Биробиджана', url: 'https://example.org/pult-demo/ochered' },
    ],
    posts: [
      { network: 'vk', url: `${VK}3905`, date: '2022-01-11' },
      { network: 'ok', url: `${OK}3906`, date: '2022-01-11' },
      { network: 'telegram', url: `${TELEGRAM}588`, date: '2022-01-12' },
      { network: 'vk', url: `${VK}3931`, date: '2022-01-21' },
    ],
    reach: 19_600,
    note: 'Управляющие компании повесили памятку в подъездах.',
  },
];
