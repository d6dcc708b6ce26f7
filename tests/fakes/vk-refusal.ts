/** VK answers with an error of its list. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message = `error ${code}`) {
    super(message);
    this.code = code;
  }
}
