import type { Camera } from './camera';

/** A cell by its ordered row and column. */
export interface LinkedCell {
  readonly row: number;
  readonly column: number;
}

/** One of several heat maps of the same size, as the others see it. */
export interface LinkedHeat {
  /** `isFitted` where the other shows the whole matrix, and goes on to when its room changes. */
  followCamera(camera: Camera, isFitted: boolean): void;
  /** Null when no cell is pointed at any more. */
  followCell(cell: LinkedCell | null): void;
}

/** Several heat maps of the same size that move and point together. */
export class HeatLink {
  readonly #members = new Set<LinkedHeat>();
  #isTelling = false;

  join(member: LinkedHeat): () => void {
    this.#members.add(member);
    return () => this.#members.delete(member);
  }

  /** What a member hears while the others follow is their following, and not told again. */
  tellCamera(from: LinkedHeat, camera: Camera, isFitted: boolean): void {
    this.#tellOthers(from, (member) => member.followCamera(camera, isFitted));
  }

  tellCell(from: LinkedHeat, cell: LinkedCell | null): void {
    this.#tellOthers(from, (member) => member.followCell(cell));
  }

  #tellOthers(from: LinkedHeat, tell: (member: LinkedHeat) => void): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (const member of this.#members) if (member !== from) tell(member);
    this.#isTelling = false;
  }
}
