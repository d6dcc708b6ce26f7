/** Says of a number near it whose it is. */
export type Cue =
  | 'phone'
  | 'call'
  | 'mail'
  | 'network'
  | 'nick'
  | 'account'
  | 'card'
  | 'inn'
  | 'paper'
  | 'deal'
  | 'plate'
  | 'standard'
  | 'harmless'
  | 'short'
  | 'numbered';

/** Words in whatever case they stand; one that ends with `*` stands for all that begin so. */
const WORDS: Readonly<Record<Exclude<Cue, 'numbered'>, string>> = {
  phone: `
    телеф* тел тлф тлн моб мобил* сот сотов* сотик* факс* т ватс* вотс* вацап* воцап* уотс* whatsapp*
    вайбер* viber* phone tel mob контакт* домашний`,
  call: `позвон* перезвон* звон* дозвон* набир* набер* набрать свяж* связ*`,
  mail: `
    почта почту почте почты почтой имейл* емейл* мейл* e-mail* email* mail электронк* gmail яндексе рамблер*
    мыло мыла мейл майл*`,
  network: `
    телеграм* телегра* телега телеге телегу тг тгшка тлг telegram* tg инста инст инсте инсту инстаграм*
    instagram* inst insta вк вконтакте вконтакт* vkontakte* vk одноклассник* ок скайп* skype* стим steam
    рутуб* дзен дзене твич* twitch пинтерест* снапчат* тредс threads дискорд* discord* тикток* tiktok*
    фейсбук* facebook* фб твиттер* twitter* макс max ютуб* youtube*`,
  nick: `
    юзер* юз акк акка акаунт* профайл* ник ника нику ником нике никнейм* nick логин* login аккаунт* профил*
    id айди`,
  account: `
    лиц лицев* лицсч* флс абонент абонента абоненту абонентом абонентск* плательщик плательщика
    потребителя елс уин лс лсч рсч рс кс счет счета счету счете счетом расчетн* реквизит*
    мойсчет энергосбыт* межрегионгаз* водоканал*`,
  card: `карта карты карту карте картой карточк* мир сбер* тинькофф*`,
  inn: `инн огрнип*`,
  deal: `договор* дог`,
  paper: `
    пасп* загран* сер серия серии подразделен* снилс* жительство жит справк* свид сертификат* диплом*
    аттестат* книжка книжки книжку мед ву вус полис* водительск* права прав удост* свидетельств* стс птс омс
    дмс осаго военник* военн* медкарт* амб амбулаторн* истори* получател* студенчес* билет билета
    читательск* зачетк* мсэ элн нетрудоспособн* пациент* пенсионн* выплатн* енп табельн* больничн*
    медицинск* эпикриз* ипра ипр нагрудн* жетон* страховк*`,
  plate: `
    гн грз госномер* гос автомобил* машин* авто мотоцикл* прицеп* иномарк* лада тойот* хонд* ниссан* мазд*
    субару сузуки ваз жигул* нива ниву ниве хендай киа рено vin вин легковуш* квадроцикл* мопед* скутер*
    снегоход* катер* лодк* камаз* газел* такси`,
  standard: `
    гост госта госту гостом госте госты гостов гостам снип* му мр проект* окпд* санпин* сп ту ост кадастр*
    артикул* модел* серий* размер* шин* доск доск* брус* плит* акт дело исх* вх протокол* контракт* детал*
    светильник* трансформатор* генератор* рубильник* запчаст* закупк* тендер* насос* рд
    идентификац* инвентар* инв ктп* объект*`,
  harmless: `
    закон закона закону законом законе законы законов фз стать* ст постановлен* приказ* указ указа указу
    указом указе указы распоряжен* обращен* заявк* заявлен* инцидент* запрос* квитанц* счетчик* показан*
    огрн окпо кпп бик посылк* трек треки очеред* лот* ответ ответа ответу ответом ответе ответы письмо
    письма письму письмом письме писем зарегистрир* пломб* извещен* ипу прибор* уведомлен* жалоб* тикет*
    решени* определени* предписани* кусп накладн* заказ* реестр* производств* лицензи* сро услуга аукцион*
    октмо окато оквэд кбк реестров* конкурс* торги торгов торгах торгам исполнительн* рпо икз петици*
    входящ* исходящ* окуд бланк* сообщени*`,
  short: `
    маршрут* автобус* троллейбус* трамва* электричк* поезд* рейс* дом дома дому доме домом домов д квартир*
    кв школа школы школе школу школой школ гимнази* лице* сад детсад* сумм* стоимост* цена цены цену цене
    ценой цен оплат* долг долга долгу долгом долги долгов задолженност* начисл* перерасч* штраф* тариф*
    участок участка участке участку участков код индекс* км километр* столб* опор* подстанц* подъезд* этаж*
    отделение
    корпус* кабинет* каб* аудитори* площад* высот* ширин* длин* глубин* объем* температур* давлен* напряжен*
    набережн*`,
};

const EXACT = new Map<string, Cue>();
const PREFIXES = new Map<string, Cue>();
for (const [cue, words] of Object.entries(WORDS) as [Cue, string][])
  for (const word of words.trim().split(/\s+/u))
    if (word.endsWith('*')) PREFIXES.set(word.slice(0, -1), cue);
    else EXACT.set(word, cue);

const LONGEST = Math.max(...[...PREFIXES.keys()].map(({ length }) => length));

/** Shortened words before a point, such as «абон.» and «удостов.», told from others by their beginning. */
const SHORTENED = new Map<string, Cue | null>();
const LEAST_SHORTENED = 3;
for (const [word, cue] of [...EXACT, ...PREFIXES])
  for (let length = LEAST_SHORTENED; length < word.length; length += 1) {
    const known = SHORTENED.get(word.slice(0, length));
    SHORTENED.set(word.slice(0, length), known === undefined || known === cue ? cue : null);
  }

/** Of a word in lower case with a point after it. */
export const cueOfShortened = (word: string): Cue | null => cueOf(word) ?? SHORTENED.get(word) ?? null;

/** The first parts of compounds and of words run together: «медполис», «загранпаспорт», «соцкарта». */
const COMPOUND = /^(?:мед|соц|гос|тех|загран|вод|пенс|спец|эл|электро|авто|фото|вет|един)(?=\p{L}{3})/u;

/** Of a word in lower case with «е» for «ё». The longest beginning decides: «серийный» is no «серия». */
export function cueOf(word: string): Cue | null {
  const cue = cueOfWhole(word);
  if (cue !== null) return cue;
  const rest = word.replace(COMPOUND, '');
  return rest === word ? null : cueOfWhole(rest);
}

function cueOfWhole(word: string): Cue | null {
  const exact = EXACT.get(word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(LONGEST, word.length); length > 1; length -= 1) {
    const cue = PREFIXES.get(word.slice(0, length));
    if (cue !== undefined) return cue;
  }
  return null;
}
