/** A refusal of Telegram instead of a result, in its own words. */
export class TelegramRefusal extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;

  constructor(code: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }

  static tooMany(seconds: number): TelegramRefusal {
    return new TelegramRefusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  }
}
