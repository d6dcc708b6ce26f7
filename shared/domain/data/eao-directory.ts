import type { Agency, AgencyKind, Directory } from '#shared/domain/directory.ts';
import { eaoMunicipalities } from './eao-municipalities.ts';

type Extra = Partial<Pick<Agency, 'units' | 'verified' | 'genitive' | 'dative'>>;

function agency(kind: AgencyKind, id: string, name: string, shortName: string, extra: Extra = {}): Agency {
  return { id, name, shortName, kind, units: [], verified: false, ...extra };
}

const municipal: readonly Agency[] = [
  agency('municipal', 'meriya-birobidzhan', 'Мэрия города Биробиджана', 'Мэрия Биробиджана', {
    verified: true,
    genitive: 'мэрии города Биробиджана',
    dative: 'мэрии города Биробиджана',
    units: [
      'Управление ЖКХ',
      'Отдел дорожной деятельности и транспорта',
      'Отдел благоустройства',
      'Управление образования',
    ],
  }),
  ...(
    [
      ['birobidzhanskogo', 'Биробиджанского'],
      ['leninskogo', 'Ленинского'],
      ['obluchenskogo', 'Облученского'],
      ['oktyabrskogo', 'Октябрьского'],
      ['smidovichskogo', 'Смидовичского'],
    ] as const
  ).map(([slug, whose]) =>
    agency(
      'municipal',
      `administratsiya-${slug}`,
      `Администрация ${whose} района`,
      `Администрация ${whose} р-на`,
      {
        verified: true,
        genitive: `администрации ${whose} района`,
        dative: `администрации ${whose} района`,
      },
    ),
  ),
];

/**
 * Names marked verified were met in a public source; the rest are usual for a region and wait for
 * confirmation.
 */
const regional: readonly Agency[] = [
  agency(
    'regional',
    'dep-zhkh',
    'Департамент строительства и жилищно-коммунального хозяйства',
    'Депстрой и ЖКХ',
    { verified: true },
  ),
  agency(
    'regional',
    'upr-dorog',
    'Управление автомобильных дорог и транспорта',
    'Управление дорог и транспорта',
    {
      units: ['Отдел содержания дорог', 'Отдел пассажирских перевозок'],
    },
  ),
  agency('regional', 'dep-zdrav', 'Департамент здравоохранения', 'Депздрав', {
    units: ['Областная больница', 'Детская областная больница', 'Станция скорой медицинской помощи'],
  }),
  agency('regional', 'dep-obr', 'Департамент образования', 'Депобразования'),
  agency('regional', 'dep-soc', 'Департамент социальной защиты населения', 'Депсоцзащиты'),
  agency('regional', 'dep-kult', 'Департамент культуры', 'Депкультуры'),
  agency('regional', 'dep-sport', 'Департамент физической культуры и спорта', 'Депспорт', { verified: true }),
  agency('regional', 'dep-vet', 'Департамент ветеринарии', 'Депветеринарии', { verified: true }),
  agency('regional', 'dep-selhoz', 'Департамент сельского хозяйства', 'Депсельхоз'),
  agency('regional', 'upr-les', 'Управление лесного хозяйства', 'Управление лесами'),
  agency('regional', 'dep-prirody', 'Департамент природных ресурсов', 'Депприроды'),
  agency('regional', 'dep-ekonomiki', 'Департамент экономики', 'Депэкономики'),
  agency(
    'regional',
    'dep-imushchestva',
    'Департамент по управлению государственным имуществом',
    'Депимущества',
  ),
  agency('regional', 'dep-tarifov', 'Департамент тарифов и цен', 'Департамент тарифов'),
  agency('regional', 'upr-zanyatosti', 'Управление трудовой занятости населения', 'Управление занятости'),
  agency('regional', 'gzhi', 'Государственная жилищная инспекция', 'Жилинспекция'),
  agency('regional', 'upr-svyazi', 'Управление цифрового развития и связи', 'Управление связи'),
  agency('regional', 'dep-vnutrenney-politiki', 'Департамент внутренней политики', 'Внутренняя политика'),
  agency('regional', 'mfc', 'МФЦ «Мои документы»', 'МФЦ'),
];

const utilities: readonly Agency[] = [
  agency('utility', 'drsk', 'АО «ДРСК», электрические сети ЕАО', 'ДРСК'),
  agency('utility', 'teploseti', 'Биробиджанские тепловые сети', 'Теплосети'),
  agency('utility', 'vodokanal', 'Водоканал города Биробиджана', 'Водоканал'),
  agency('utility', 'regoperator-tko', 'Региональный оператор по обращению с ТКО', 'Регоператор ТКО'),
];

const federal: readonly Agency[] = [
  agency('federal', 'umvd', 'УМВД России по ЕАО', 'УМВД', { units: ['Госавтоинспекция'] }),
  agency('federal', 'mchs', 'Главное управление МЧС России по ЕАО', 'МЧС'),
  agency('federal', 'rospotrebnadzor', 'Управление Роспотребнадзора по ЕАО', 'Роспотребнадзор'),
  agency('federal', 'sotsfond', 'Отделение Социального фонда России по ЕАО', 'Соцфонд'),
  agency('federal', 'voenkomat', 'Военный комиссариат ЕАО', 'Военкомат'),
  agency('centre', 'tsur', 'Центр управления регионом ЕАО', 'ЦУР'),
];

/** The directory a region `eao` starts with; administrators edit it. */
export const eaoDirectory: Directory = {
  municipalities: eaoMunicipalities,
  agencies: [...municipal, ...regional, ...utilities, ...federal],
};
