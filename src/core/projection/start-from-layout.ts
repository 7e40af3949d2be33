/**
 * A start for a layout out of another run's layout of the same dataset: rows that have a place there begin there, the others
 * at the mean of their neighbours' places, pass by pass from those that have some; what is then left (no neighbour leads
 * to a place) begins in the middle. The start is centred, as the engines scale it about zero.
 * @returns members × 2 in the other layout's units; null where it has no place for any of the members
 */
export function startFromLayout(request: {
  /** Rows × 2 of the other layout, NaN for a row without a place. */
  readonly positions: Float32Array;
  /** Dataset rows that are laid out. */
  readonly members: Uint32Array;
  /** members × k positions in `members`, nearest first; −1 for none. */
  readonly ids: Int32Array;
  readonly k: number;
}): Float32Array<ArrayBuffer> | null {
  const { positions, members, ids, k } = request;
  const count = members.length;
  const start = new Float32Array(2 * count).fill(Number.NaN);
  let placeless: number[] = [];
  members.forEach((row, member) => {
    start[2 * member] = positions[2 * row] ?? Number.NaN;
    start[2 * member + 1] = positions[2 * row + 1] ?? Number.NaN;
    if (!isPlaced(start, member)) placeless.push(member);
  });
  if (placeless.length === count) return null;

  while (placeless.length > 0) {
    // All of a pass look at the places of the pass before, so that their order does not matter.
    const found = placeless.map((member) =>
      meanOfNeighbours(start, ids.subarray(member * k, (member + 1) * k)),
    );
    const left: number[] = [];
    placeless.forEach((member, i) => {
      const place = found[i]!;
      if (place === null) left.push(member);
      else start.set(place, 2 * member);
    });
    if (left.length === placeless.length) break;
    placeless = left;
  }
  const [middleX, middleY] = meanOfPlaced(start);
  for (let member = 0; member < count; member++) {
    const placed = isPlaced(start, member);
    start[2 * member] = placed ? start[2 * member]! - middleX : 0;
    start[2 * member + 1] = placed ? start[2 * member + 1]! - middleY : 0;
  }
  return start;
}

function isPlaced(places: Float32Array, member: number): boolean {
  return Number.isFinite(places[2 * member]!) && Number.isFinite(places[2 * member + 1]!);
}

function meanOfNeighbours(places: Float32Array, neighbours: Int32Array): [number, number] | null {
  let x = 0;
  let y = 0;
  let placed = 0;
  for (const other of neighbours) {
    if (other < 0 || !isPlaced(places, other)) continue;
    x += places[2 * other]!;
    y += places[2 * other + 1]!;
    placed++;
  }
  return placed === 0 ? null : [x / placed, y / placed];
}

function meanOfPlaced(places: Float32Array): [number, number] {
  const all = Int32Array.from({ length: places.length / 2 }, (_, member) => member);
  return meanOfNeighbours(places, all) ?? [0, 0];
}
