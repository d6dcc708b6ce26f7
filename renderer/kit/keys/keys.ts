/**
 * Every key of the console, once: the listener, the palette's hints and the `?` sheet all read this map.
 * `codes` are physical keys (KeyboardEvent.code), because operators type in the Russian layout and J must
 * work there too. A code may carry modifiers (`Ctrl+KeyK`, `Shift+Slash`) and be the second of a sequence
 * (`KeyG KeyN`).
 */
export const KEY_MAP = {
  palette: { scope: 'everywhere', codes: ['Ctrl+KeyK'], shown: ['Ctrl', 'K'] },
  keys: { scope: 'everywhere', codes: ['Shift+Slash', 'F1'], shown: ['?'] },
  undo: { scope: 'everywhere', codes: ['KeyZ'], shown: ['Z'] },
  register: { scope: 'everywhere', codes: ['Shift+KeyN'], shown: ['Shift', 'N'] },
  goQueue: { scope: 'everywhere', codes: ['KeyG KeyQ'], shown: ['G', 'Q'] },
  goSending: { scope: 'everywhere', codes: ['KeyG KeyW'], shown: ['G', 'W'] },
  goUnread: { scope: 'everywhere', codes: ['KeyG KeyU'], shown: ['G', 'U'] },
  goNotAccepted: { scope: 'everywhere', codes: ['KeyG KeyE'], shown: ['G', 'E'] },
  goReports: { scope: 'everywhere', codes: ['KeyG KeyR'], shown: ['G', 'R'] },
  goRecords: { scope: 'everywhere', codes: ['KeyG KeyK'], shown: ['G', 'K'] },
  goImport: { scope: 'everywhere', codes: ['KeyG KeyI'], shown: ['G', 'I'] },
  goSetup: { scope: 'everywhere', codes: ['KeyG KeyC'], shown: ['G', 'C'] },
  goAgencies: { scope: 'everywhere', codes: ['KeyG KeyD'], shown: ['G', 'D'] },
  goPlaces: { scope: 'everywhere', codes: ['KeyG KeyF'], shown: ['G', 'F'] },
  goTopics: { scope: 'everywhere', codes: ['KeyG KeyG'], shown: ['G', 'G'] },
  goRoutes: { scope: 'everywhere', codes: ['KeyG KeyV'], shown: ['G', 'V'] },
  goCalendar: { scope: 'everywhere', codes: ['KeyG KeyY'], shown: ['G', 'Y'] },
  goTemplates: { scope: 'everywhere', codes: ['KeyG Semicolon'], shown: ['G', ';'] },
  goChannels: { scope: 'everywhere', codes: ['KeyG KeyH'], shown: ['G', 'H'] },
  goPartners: { scope: 'everywhere', codes: ['KeyG KeyX'], shown: ['G', 'X'] },
  goAudit: { scope: 'everywhere', codes: ['KeyG KeyJ'], shown: ['G', 'J'] },
  goPeople: { scope: 'everywhere', codes: ['KeyG KeyL'], shown: ['G', 'L'] },
  goMail: { scope: 'everywhere', codes: ['KeyG KeyZ'], shown: ['G', 'Z'] },
  goRules: { scope: 'everywhere', codes: ['KeyG Period'], shown: ['G', '.'] },
  goSettings: { scope: 'everywhere', codes: ['KeyG Comma'], shown: ['G', ','] },
  laneNew: { scope: 'everywhere', codes: ['KeyG KeyN'], shown: ['G', 'N'] },
  laneMine: { scope: 'everywhere', codes: ['KeyG KeyM'], shown: ['G', 'M'] },
  laneAgencies: { scope: 'everywhere', codes: ['KeyG KeyA'], shown: ['G', 'A'] },
  laneApproval: { scope: 'everywhere', codes: ['KeyG KeyS'], shown: ['G', 'S'] },
  lanePublishing: { scope: 'everywhere', codes: ['KeyG KeyP'], shown: ['G', 'P'] },
  lanePromised: { scope: 'everywhere', codes: ['KeyG KeyT'], shown: ['G', 'T'] },
  laneBurning: { scope: 'everywhere', codes: ['KeyG KeyB'], shown: ['G', 'B'] },
  laneOverdue: { scope: 'everywhere', codes: ['KeyG KeyO'], shown: ['G', 'O'] },
  next: { scope: 'queue', codes: ['KeyJ', 'ArrowDown'], shown: ['J', '↓'] },
  previous: { scope: 'queue', codes: ['KeyK', 'ArrowUp'], shown: ['K', '↑'] },
  first: { scope: 'queue', codes: ['Home'], shown: ['Home'] },
  last: { scope: 'queue', codes: ['End'], shown: ['End'] },
  search: { scope: 'queue', codes: ['Slash'], shown: ['/'] },
  go: { scope: 'queue', codes: ['Enter'], shown: ['Enter'] },
  open: { scope: 'queue', codes: ['KeyO'], shown: ['O'] },
  topic: { scope: 'card', codes: ['KeyT'], shown: ['T'] },
  place: { scope: 'card', codes: ['KeyM'], shown: ['M'] },
  duplicates: { scope: 'card', codes: ['KeyD'], shown: ['D'] },
  route: { scope: 'card', codes: ['KeyR'], shown: ['R'] },
  choose1: { scope: 'card', codes: ['Digit1', 'Numpad1'], shown: ['1'] },
  choose2: { scope: 'card', codes: ['Digit2', 'Numpad2'], shown: ['2'] },
  choose3: { scope: 'card', codes: ['Digit3', 'Numpad3'], shown: ['3'] },
  other: { scope: 'card', codes: ['Digit0', 'Numpad0'], shown: ['0'] },
  importance: { scope: 'card', codes: ['KeyI'], shown: ['I'] },
  claim: { scope: 'card', codes: ['KeyC'], shown: ['C'] },
  reject: { scope: 'card', codes: ['KeyX'], shown: ['X'] },
  note: { scope: 'card', codes: ['KeyN'], shown: ['N'] },
  sendBack: { scope: 'approval', codes: ['KeyX'], shown: ['X'] },
  mend: { scope: 'approval', codes: ['KeyA'], shown: ['A'] },
  together: { scope: 'approval', codes: ['KeyD'], shown: ['D'] },
  unreadRegister: { scope: 'unread', codes: ['KeyN'], shown: ['N'] },
  unreadPutAway: { scope: 'unread', codes: ['KeyX'], shown: ['X'] },
  movePromise: { scope: 'incident', codes: ['KeyP'], shown: ['P'] },
  reply: { scope: 'incident', codes: ['KeyA'], shown: ['A'] },
  example: { scope: 'incident', codes: ['KeyE'], shown: ['E'] },
  templates: { scope: 'incident', codes: ['Ctrl+Slash'], shown: ['Ctrl', '/'] },
  send: { scope: 'incident', codes: ['Ctrl+Enter'], shown: ['Ctrl', 'Enter'] },
  back: { scope: 'incident', codes: ['Escape'], shown: ['Esc'] },
  previousPeriod: { scope: 'report', codes: ['BracketLeft'], shown: ['['] },
  nextPeriod: { scope: 'report', codes: ['BracketRight'], shown: [']'] },
  compare: { scope: 'report', codes: ['KeyC'], shown: ['C'] },
  issue: { scope: 'report', codes: ['KeyI'], shown: ['I'] },
  changes: { scope: 'report', codes: ['KeyD'], shown: ['D'] },
  pivot: { scope: 'report', codes: ['KeyP'], shown: ['P'] },
  swap: { scope: 'report', codes: ['KeyS'], shown: ['S'] },
  print: { scope: 'report', codes: ['Ctrl+KeyP'], shown: ['Ctrl', 'P'] },
} as const satisfies Readonly<Record<string, KeyBinding>>;

export interface KeyBinding {
  readonly scope: KeyScope;
  readonly codes: readonly string[];
  /** As drawn on the key caps. */
  readonly shown: readonly string[];
}

export const KEY_SCOPES = [
  'everywhere',
  'queue',
  'card',
  'approval',
  'unread',
  'incident',
  'report',
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];
export type KeyAction = keyof typeof KEY_MAP;

/** The pressed key as the map writes it. Meta counts as Ctrl (the Mac of an administrator). */
export function codeOf(
  event: Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // «?» sits on different keys in different layouts; what the person means is the character.
  if (event.key === '?') return [...parts, 'Shift+Slash'].join('+');
  if (event.shiftKey) parts.push('Shift');
  return [...parts, event.code === 'NumpadEnter' ? 'Enter' : event.code].join('+');
}

/**
 * The actions a code (or a sequence of two) stands for; the same key may mean different things on different
 * screens.
 */
export function actionsFor(code: string): readonly KeyAction[] {
  return (Object.keys(KEY_MAP) as KeyAction[]).filter((action) =>
    (KEY_MAP[action].codes as readonly string[]).includes(code),
  );
}

/** The actions of one part of the screen. */
export const keysOf = (scope: KeyScope): readonly KeyAction[] =>
  (Object.keys(KEY_MAP) as KeyAction[]).filter((action) => KEY_MAP[action].scope === scope);

/** Tells whether some sequence begins with this code. */
export const beginsSequence = (code: string): boolean =>
  Object.values(KEY_MAP).some(({ codes }) => codes.some((sequence) => sequence.startsWith(`${code} `)));
