/**
 * Places of the tiles by which the municipalities of the Jewish Autonomous Region lie against each other:
 * column from the west, row from the north.
 */
export const eaoTiles: Readonly<Record<string, readonly [column: number, row: number]>> = {
  'Облученский район': [0, 0],
  'Биробиджан г.о.': [1, 0],
  'Смидовичский район': [2, 0],
  'Октябрьский район': [0, 1],
  'Ленинский район': [1, 1],
  'Биробиджанский район': [2, 1],
};
