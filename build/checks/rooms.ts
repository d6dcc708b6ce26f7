/** Stands for the files that lie in a folder itself, in no room of it. */
const HALL = '.';

/**
 * Which rooms of a folder a room may import from, besides itself; a room that is not named is free. So
 * imports within a folder lead one way only.
 */
const ROOMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'renderer/data': {
    rpc: [],
    sync: [],
    attachments: ['sync'],
    store: ['attachments', 'rpc', 'sync'],
    session: ['store'],
  },
  server: {
    channels: ['accounts', 'attachments', 'media', 'net', 'process', 'store', 'sync'],
    partners: ['accounts', 'net', 'process', 'store', 'sync'],
  },
  'server/channels': {
    networks: [],
    pages: ['networks'],
    inbox: ['networks', 'pages'],
    outbox: ['networks', 'pages'],
  },
  'server/channels/networks': { vk: [HALL], max: [HALL], ok: [HALL], telegram: [HALL] },
};

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
  for (const [folder, rooms] of Object.entries(ROOMS)) {
    const [own, room] = [roomOf(folder, importer), roomOf(folder, file)];
    const below = own === null ? undefined : rooms[own];
    if (below === undefined || room === null || room === own || below.includes(room)) continue;
    const target = room === HALL ? `the files of ${folder}/ itself` : `${folder}/${room}/`;
    return `${folder}/${own}/ may not import ${target} (build/checks/rooms.ts)`;
  }
  return undefined;
}
