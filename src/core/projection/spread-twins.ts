/**
 * The members that are laid out: of rows with the same vector only the first, because UMAP has nothing to tell them apart.
 * @param members dataset rows with a vector, ascending
 * @param twinOf for each member the dataset row of the first member with its vector, which is its own row for a first
 */
export function distinctMembers(members: Uint32Array, twinOf: Int32Array): Uint32Array<ArrayBuffer> {
  if (members.length !== twinOf.length) throw new RangeError('members and twinOf must have equal lengths');
  return members.filter((row, i) => twinOf[i] === row) as Uint32Array<ArrayBuffer>;
}

/**
 * Gives every row of a dataset its place on the map; rows with the same vector share one.
 * @returns rowCount × 2, NaN for rows without a vector; a fresh buffer
 * @throws RangeError when the layout does not have one place for every distinct member
 */
export function expandTwins(request: {
  /** Places of `distinctMembers(members, twinOf)`, in that order, × 2. */
  readonly layout: Float32Array;
  readonly members: Uint32Array;
  readonly twinOf: Int32Array;
  readonly rowCount: number;
}): Float32Array<ArrayBuffer> {
  const { layout, members, twinOf, rowCount } = request;
  const distinct = distinctMembers(members, twinOf);
  if (layout.length !== distinct.length * 2) {
    throw new RangeError(
      `A layout of ${layout.length / 2} places does not fit ${distinct.length} distinct rows`,
    );
  }
  const positions = new Float32Array(rowCount * 2).fill(Number.NaN);
  for (let i = 0; i < distinct.length; i++) {
    positions[distinct[i]! * 2] = layout[i * 2]!;
    positions[distinct[i]! * 2 + 1] = layout[i * 2 + 1]!;
  }
  for (let i = 0; i < members.length; i++) {
    const row = members[i]!;
    const first = twinOf[i]!;
    positions[row * 2] = positions[first * 2]!;
    positions[row * 2 + 1] = positions[first * 2 + 1]!;
  }
  return positions;
}
