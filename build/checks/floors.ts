/**
 * Folders that are built of floors, the highest first: each floor may import itself and those below. Modules
 * beside the folders (main.tsx, sw.ts) stand on top, folders that are no floor (locales/) below.
 */
const houses: Readonly<Record<string, readonly (readonly string[])[]>> = {
  renderer: [['app'], ['screens'], ['triage'], ['kit'], ['host'], ['data']],
  'shared/report': [['kit'], ['paper'], ['summary'], ['facts']],
};

/** Why a module may not import another by their floors; both are paths from the checkout. */
export function forbiddenFloor(file: string, target: string): string | undefined {
  for (const [house, floors] of Object.entries(houses)) {
    const [room, targetRoom] = [roomIn(house, file), roomIn(house, target)];
    if (room === undefined || targetRoom === undefined) continue;
    const level = (name: string): number => floors.findIndex((rooms) => rooms.includes(name));
    if (!targetRoom.includes('.') && level(targetRoom) === -1) return undefined;
    if (level(targetRoom) < level(room)) return `${room}/ stands below ${targetRoom}/ and may not import it`;
    if (room === 'screens' && targetRoom === 'screens' && screenOf(file) !== screenOf(target))
      return 'screens do not import each other: what two need lies in triage/ or kit/';
  }
  return undefined;
}

/** The folder, or the module, right below a house that a path leads to; undefined when it lies outside. */
const roomIn = (house: string, path: string): string | undefined =>
  path.startsWith(`${house}/`) ? path.slice(house.length + 1).split('/', 1)[0] : undefined;

const screenOf = (path: string): string | undefined => path.split('/')[2];
