interface Listed {
  readonly row: number;
}

/** A row that stands in both lists, by its places. */
export interface Match {
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

/** The rows two lists share, in the order of the left one. */
export function matchLists(left: readonly Listed[], right: readonly Listed[]): Match[] {
  const places = new Map(right.map(({ row }, place) => [row, place]));
  return left.flatMap(({ row }, place) => {
    const other = places.get(row);
    return other === undefined ? [] : [{ row, left: place, right: other }];
  });
}
