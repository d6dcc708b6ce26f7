/**
 * Refusals of a partner's request; `field` says where. Each has a sentence in both
 * languages.
 */
const CATALOGUE = {
  missing: [400, 'Не указано: {field}.', 'Missing: {field}.'],
  invalid: [400, 'Не подходит значение: {field}.', 'The value does not fit: {field}.'],
  repeated: [400, 'Указано дважды и по-разному: {field}.', 'Given twice with different values: {field}.'],
  too_many_media: [
    400,
    'Вложений больше {field}: передайте остальные другим обращением.',
    'More than {field} media_url: hand in the others with another request.',
  ],
  too_many_attributes: [400, 'Полей attribute больше {field}.', 'More than {field} attributes.'],
  encoding: [400, 'Текст записан не в UTF-8.', 'The text is not UTF-8.'],
  form: [400, 'Нужна форма application/x-www-form-urlencoded.', 'Send application/x-www-form-urlencoded.'],
  range: [400, 'Между датами больше 90 дней.', 'The dates are more than 90 days apart.'],
  key_missing: [403, 'Нужен ключ: api_key.', 'A key is needed: api_key.'],
  key_unknown: [403, 'Ключ не действует в этом регионе.', 'The key does not work in this region.'],
  origin: [
    403,
    'Запросы со страниц других сайтов не принимаются.',
    'Requests from pages of other sites are not taken.',
  ],
  jurisdiction: [404, 'Нет такой территории: jurisdiction_id.', 'No such jurisdiction_id.'],
  service: [404, 'Нет такой услуги: service_code.', 'No such service_code.'],
  request: [404, 'Нет такого обращения: service_request_id.', 'No such service_request_id.'],
  token: [
    404,
    'Временных номеров здесь нет: service_request_id даётся сразу.',
    'No tokens here: service_request_id is given at once.',
  ],
  address: [404, 'Нет такого адреса.', 'There is nothing at this address.'],
  too_large: [413, 'Запрос слишком велик.', 'The request is too large.'],
  too_many: [429, 'Слишком много запросов, подождите.', 'Too many requests; wait a little.'],
  internal: [500, 'Внутренняя ошибка; она записана.', 'Something went wrong here; it has been written down.'],
  unavailable: [503, 'Центр временно не отвечает.', 'The centre is away; try again shortly.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type Open311FailureKind = keyof typeof CATALOGUE;

/** Thrown to answer a partner with an error of Open311's own form. */
export class Open311Failure extends Error {
  readonly kind: Open311FailureKind;
  readonly field: string;
  /** Seconds after which it may go better. */
  readonly retryAfter: number | null;

  constructor(kind: Open311FailureKind, field = '', retryAfter: number | null = null) {
    super(field === '' ? kind : `${kind}: ${field}`);
    this.name = 'Open311Failure';
    this.kind = kind;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return CATALOGUE[this.kind][0];
  }

  /** The `errors` of the answer. */
  errors(language: 'ru' | 'en'): readonly { readonly code: number; readonly description: string }[] {
    const [code, ru, en] = CATALOGUE[this.kind];
    return [{ code, description: (language === 'en' ? en : ru).replace('{field}', this.field) }];
  }
}
