/** How one layout is laid onto another: turned (and mirrored where that fits better), scaled to the same spread, moved. */
export interface LayoutAlignment {
  /** Places of the moved layout in the other's coordinates: x' = xx·x + xy·y + dx, y' = yx·x + yy·y + dy. */
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly dx: number;
  readonly dy: number;
  /** Whether it had to be mirrored. */
  readonly isMirrored: boolean;
  /** Rows with a place in both, over which they were aligned. */
  readonly rows: number;
  /**
   * Share of the spread that is left over, 0 to 1: the disparity of two layouts that were centred and scaled to Frobenius
   * norm 1. It is the same whichever of the two is moved. Null where fewer than three rows are common, or all share a place.
   */
  readonly residual: number | null;
}

/** Rows in a layout below which there is always a turn that fits, so that the residual says nothing. */
const fewestRows = 3;

/**
 * Of the similarity transforms, reflections included, that give `moved` the spread of `fixed`, the one that brings it closest in the sum of
 * squares over the rows that have a place in both. The scale that is closest of all would shrink a map that has nothing in common with the
 * other to a dot. Procrustes (Schönemann & Carroll 1970), in two dimensions in closed form. With the centred
 * cross products M = Σ f mᵀ the best turn keeps the sum of M's singular values, √(‖M‖² + 2|det M|). Where there is nothing to
 * align by (no common row, or all at one place) the layout is only moved. The inputs are only read.
 * @param fixed rows × 2, NaN for a row without a place
 * @param moved rows × 2 likewise
 * @throws RangeError when the two are not over the same rows
 */
export function alignLayouts(fixed: Float32Array, moved: Float32Array): LayoutAlignment {
  if (fixed.length !== moved.length) throw new RangeError('Layouts must be over the same rows');
  const sums = sumCommon(fixed, moved);
  const { rows, fixedX, fixedY, movedX, movedY, mxx, mxy, myx, myy, fixedSquares, movedSquares } = sums;
  const determinant = mxx * myy - mxy * myx;
  const isMirrored = determinant < 0;
  const nuclear = Math.sqrt(
    Math.max(0, mxx ** 2 + mxy ** 2 + myx ** 2 + myy ** 2 + 2 * Math.abs(determinant)),
  );
  if (!(nuclear > 0)) {
    const residual = rows >= fewestRows && fixedSquares > 0 && movedSquares > 0 ? 1 : null;
    return {
      xx: 1,
      xy: 0,
      yx: 0,
      yy: 1,
      dx: fixedX - movedX,
      dy: fixedY - movedY,
      isMirrored: false,
      rows,
      residual,
    };
  }
  // The turn's cosine and sine, times the sum of singular values; a mirrored one has its second column negated.
  const cosine = (isMirrored ? mxx - myy : mxx + myy) / nuclear;
  const sine = (isMirrored ? myx + mxy : myx - mxy) / nuclear;
  const scale = Math.sqrt(fixedSquares / movedSquares);
  const xx = scale * cosine;
  const yx = scale * sine;
  const xy = isMirrored ? yx : -yx;
  const yy = isMirrored ? -xx : xx;
  return {
    xx,
    xy,
    yx,
    yy,
    dx: fixedX - xx * movedX - xy * movedY,
    dy: fixedY - yx * movedX - yy * movedY,
    isMirrored,
    rows,
    residual:
      rows < fewestRows
        ? null
        : Math.min(1, Math.max(0, 1 - (nuclear / fixedSquares) * (nuclear / movedSquares))),
  };
}

/** All places of a layout in the other's coordinates, in a new array; rows without a place stay so. */
export function applyAlignment(
  positions: Float32Array,
  alignment: LayoutAlignment,
): Float32Array<ArrayBuffer> {
  const { xx, xy, yx, yy, dx, dy } = alignment;
  const placed = new Float32Array(positions.length);
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const x = positions[i]!;
    const y = positions[i + 1]!;
    placed[i] = xx * x + xy * y + dx;
    placed[i + 1] = yx * x + yy * y + dy;
  }
  return placed;
}

/** Means, sums of squares and cross products of the centred common rows. */
function sumCommon(fixed: Float32Array, moved: Float32Array) {
  const isCommon = (i: number) =>
    Number.isFinite(fixed[i]!) &&
    Number.isFinite(fixed[i + 1]!) &&
    Number.isFinite(moved[i]!) &&
    Number.isFinite(moved[i + 1]!);
  let rows = 0;
  let fixedX = 0;
  let fixedY = 0;
  let movedX = 0;
  let movedY = 0;
  for (let i = 0; i + 1 < fixed.length; i += 2) {
    if (!isCommon(i)) continue;
    rows++;
    fixedX += fixed[i]!;
    fixedY += fixed[i + 1]!;
    movedX += moved[i]!;
    movedY += moved[i + 1]!;
  }
  if (rows > 0) {
    fixedX /= rows;
    fixedY /= rows;
    movedX /= rows;
    movedY /= rows;
  }
  let mxx = 0;
  let mxy = 0;
  let myx = 0;
  let myy = 0;
  let fixedSquares = 0;
  let movedSquares = 0;
  for (let i = 0; i + 1 < fixed.length; i += 2) {
    if (!isCommon(i)) continue;
    const fx = fixed[i]! - fixedX;
    const fy = fixed[i + 1]! - fixedY;
    const mx = moved[i]! - movedX;
    const my = moved[i + 1]! - movedY;
    mxx += fx * mx;
    mxy += fx * my;
    myx += fy * mx;
    myy += fy * my;
    fixedSquares += fx * fx + fy * fy;
    movedSquares += mx * mx + my * my;
  }
  return { rows, fixedX, fixedY, movedX, movedY, mxx, mxy, myx, myy, fixedSquares, movedSquares };
}
