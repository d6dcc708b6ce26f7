import type { RoutingRule } from '#shared/domain/routing.ts';

/** Municipality (as the registry names it) -> who runs it. */
const administrations: readonly (readonly [municipality: string, slug: string, agency: string])[] = [
  ['Биробиджан г.о.', 'birobidzhan', 'meriya-birobidzhan'],
  ['Биробиджанский район', 'birobidzhanskiy', 'administratsiya-birobidzhanskogo'],
  ['Ленинский район', 'leninskiy', 'administratsiya-leninskogo'],
  ['Облученский район', 'obluchenskiy', 'administratsiya-obluchenskogo'],
  ['Октябрьский район', 'oktyabrskiy', 'administratsiya-oktyabrskogo'],
  ['Смидовичский район', 'smidovichskiy', 'administratsiya-smidovichskogo'],
];

/**
 * Agencies that answer for a group in the whole region: `slug agency group`. Both versions of the dictionary.
 */
const byGroup = `
safety umvd Безопасность и правопорядок
safety-2022 umvd Безопасность
improvement dep-zhkh Благоустройство
politics dep-vnutrenney-politiki Внутренняя политика
military voenkomat Военная служба
mobilisation-2022 voenkomat Мобилизация
roads upr-dorog Дороги
housing dep-zhkh ЖКХ
health dep-zdrav Здравоохранение
health-2022 dep-zdrav Здравоохранение/Медицина
covid-2022 dep-zdrav Коронавирус
property dep-imushchestva Имущественные и земельные отношения
property-2022 dep-imushchestva Государственная собственность
culture dep-kult Культура
heritage-2022 dep-kult Памятники и объекты культурного наследия
nations dep-vnutrenney-politiki Межнациональные отношения
youth dep-obr Молодежная политика
education dep-obr Образование
waste regoperator-tko Обращение с отходами
waste-2022 regoperator-tko Мусор/Свалки/ТКО
transport upr-dorog Общественный транспорт
authorities dep-vnutrenney-politiki Органы власти и подведомственные учреждения
mfc-2022 mfc МФЦ "Мои документы"
telecom upr-svyazi Связь и телевидение
farming dep-selhoz Сельское хозяйство и охота
social dep-soc Социальное обслуживание и защита
construction dep-zhkh Строительство и архитектура
labour upr-zanyatosti Труд и занятость
tourism dep-ekonomiki Туризм
sport dep-sport Физическая культура и спорт
ecology dep-prirody Экология
economy dep-ekonomiki Экономика и бизнес
trade-2022 dep-ekonomiki Торговля
energy drsk Энергетика
power-2022 drsk Электроснабжение
gas-2022 dep-zhkh Газ и топливо
burial-2022 dep-zhkh Погребение и похоронное дело
sanitary-2022 rospotrebnadzor Роспотребнадзор
centre tsur ЦУР
projects tsur Спецпроекты
`;

/** Groups that a municipality answers for on its own ground. */
const municipalGroups: readonly (readonly [slug: string, group: string])[] = [
  ['improvement', 'Благоустройство'],
  ['roads', 'Дороги'],
  ['housing', 'ЖКХ'],
  ['transport', 'Общественный транспорт'],
  ['waste', 'Обращение с отходами'],
  ['waste-2022', 'Мусор/Свалки/ТКО'],
  ['education', 'Образование'],
  ['property', 'Имущественные и земельные отношения'],
  ['construction', 'Строительство и архитектура'],
  ['burial-2022', 'Погребение и похоронное дело'],
];

/** Topics that leave the way of their group: `slug agency topic`. */
const byTopic = `
dogs dep-vet Отлов безнадзорных собак и кошек
shelters dep-vet Приюты для животных
animal-vaccination dep-vet Вакцинация и чипирование домашних животных
vet-stations dep-vet Ветеринарные станции
animal-epidemics dep-vet Эпидемии и болезни сельскохозяйственных животных
floods mchs Затопление территорий в результате паводков, противопаводковые мероприятия
civil-defence mchs Вопросы гражданской обороны (в т.ч. эвакуация населения)
wildfires mchs Природные пожары
fire-safety mchs Системы пожаробезопасности
logging upr-les Вырубка лесов
sanitary rospotrebnadzor Санитарно-эпидемиологическое благополучие
ticks rospotrebnadzor Обработка территорий от клещей и комаров
consumer rospotrebnadzor Защита прав потребителей
managing-companies gzhi Жалобы на управляющие и ресурсоснабжающие организации
managing-companies-2022 gzhi Жалобы на управляющие компании
lifts gzhi Неисправность или отключение лифтов
tariffs dep-tarifov Плата за жилое помещение, предоставление коммунальных и иных услуг (ЖКУ)
waste-fee regoperator-tko Плата за вывоз ТКО
power-cut drsk Отключение электричества, аварии на подстанциях, ЛЭП
power-cut-2022 drsk Отсутствие электричества
gas-cut dep-zhkh Отключение газоснабжения, аварийная ситуация
gasification dep-zhkh Запрос на газификацию и её условия
coal dep-zhkh Приобретение и доставка твердого топлива (уголь, топливные брикеты и пр.)
unified-benefit sotsfond Единое пособие на детей (задержка выплаты, отказ, оформление)
maternity-capital sotsfond Материнский капитал
public-services mfc МФЦ Мои Документы (обслуживание, очереди и др.)
hunting upr-les Лицензия на охоту и рыболовство
traffic umvd Нарушение ПДД
`;

/** Topics that the city's own companies take before the mayor's office: `slug agency topic`. */
const cityUtilities = `
water-accident vodokanal Аварии (в т.ч. прорывы) в системе водоснабжения
no-water vodokanal Отсутствие холодной и/или горячей воды
sewage vodokanal Неисправность в системе водоотведения (в т.ч. прорывы, засоры, запахи)
bad-water vodokanal Плохое качество воды
heating teploseti Ненадлежащее качество или отключение отопления
heating-season teploseti Начало или завершение отопительного сезона
heating-2022 teploseti Ненадлежащее качество или отсутствие отопления
no-water-2022 vodokanal Отсутствие холодной воды
`;

/** Dogs at large are the municipality's own duty; the veterinary department stays second. */
const STRAY_DOGS = 'Отлов безнадзорных собак и кошек';

function lines(table: string): [slug: string, agency: string, subject: string][] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [slug = '', agency = '', ...words] = line.split(' ');
      return [slug, agency, words.join(' ')];
    });
}

/**
 * The routing table a region `eao` starts with: covers every group, and every municipality for what is its
 * own.
 */
export const eaoRoutes: readonly RoutingRule[] = [
  ...lines(byGroup).map(([slug, agency, group]): RoutingRule => ({ id: `group-${slug}`, group, agency })),
  ...lines(byTopic).map(([slug, agency, topic]): RoutingRule => ({ id: `topic-${slug}`, topic, agency })),
  ...lines(cityUtilities).map(([slug, agency, topic]): RoutingRule => ({
    id: `city-${slug}`,
    topic,
    municipality: 'Биробиджан г.о.',
    agency,
  })),
  ...administrations.flatMap(([municipality, place, agency]): RoutingRule[] => [
    { id: `place-${place}`, municipality, agency },
    { id: `dogs-${place}`, topic: STRAY_DOGS, municipality, agency },
    ...municipalGroups.map(([slug, group]): RoutingRule => ({
      id: `${slug}-${place}`,
      group,
      municipality,
      agency,
    })),
  ]),
];
