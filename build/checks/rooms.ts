/** Stands for the files that lie in a folder itself, in no room of it. */
const HALL = '.';
/** Stands for every room of a folder. */
const EACH = '*';

/** A folder whose rooms import one way only. */
interface House {
  readonly folder: string;
  /** The rooms each room may import besides itself. A room that is not named is free. */
  readonly rooms: Readonly<Record<string, readonly string[]>>;
  /** Says why a room may not import another; the target is a room or, of the hall, the file's name. */
  readonly why: (room: string, target: string) => string;
}

/** Rooms that stand one above the other, the highest first: each may import those below. */
const floors = (folder: string, names: readonly string[]): House => ({
  folder,
  rooms: Object.fromEntries(names.map((name, at) => [name, names.slice(at + 1)])),
  why: (room, target) => `${room}/ stands below ${target} and may not import it`,
});

/** Rooms side by side, each with those it may import. */
const beside = (folder: string, rooms: House['rooms']): House => ({
  folder,
  rooms,
  why: (room, target) => {
    const name = target.endsWith('/') ? `${folder}/${target}` : `the files of ${folder}/ itself`;
    return `${folder}/${room}/ may not import ${name} (build/checks/rooms.ts)`;
  },
});

/** Modules beside the floors (main.tsx, sw.ts) stand on top of them. */
const HOUSES: readonly House[] = [
  floors('renderer', ['app', 'screens', 'triage', 'kit', 'host', 'data', 'locales']),
  {
    folder: 'renderer/screens',
    rooms: { [EACH]: [] },
    why: () => 'screens do not import each other: what two need lies in triage/ or kit/',
  },
  beside('renderer/data', {
    rpc: [],
    sync: [],
    attachments: ['sync'],
    store: ['attachments', 'rpc', 'sync'],
    session: ['store'],
  }),
  floors('shared/report', ['kit', 'paper', 'summary', 'facts']),
  beside('server', {
    channels: ['accounts', 'attachments', 'media', 'net', 'process', 'store', 'sync'],
    partners: ['accounts', 'net', 'process', 'store', 'sync'],
  }),
  beside('server/channels', {
    networks: [],
    pages: ['networks'],
    inbox: ['networks', 'pages'],
    outbox: ['networks', 'pages'],
  }),
  beside('server/channels/networks', { vk: [HALL], max: [HALL], ok: [HALL], telegram: [HALL] }),
];

/** The room of a folder that a file lies in; null when it lies outside of the folder. */
function roomOf(folder: string, file: string): string | null {
  if (!file.startsWith(`${folder}/`)) return null;
  const [room = '', inner] = file.slice(folder.length + 1).split('/', 2);
  return inner === undefined ? HALL : room;
}

/**
 * Why a file may not import another by their rooms, both as paths from the checkout; undefined when it may.
 */
export function forbiddenRoom(importer: string, file: string): string | undefined {
  for (const { folder, rooms, why } of HOUSES) {
    const [own, room] = [roomOf(folder, importer), roomOf(folder, file)];
    if (own === null || room === null || room === own) continue;
    const below = rooms[own] ?? rooms[EACH];
    if (below === undefined || below.includes(room)) continue;
    return why(own, room === HALL ? file.slice(folder.length + 1) : `${room}/`);
  }
  return undefined;
}
