import type { Bounds } from './camera';
import { type LoadedTile, TileLoader, type TileSource } from './tile-loader';
import { locateCell, type MatrixSize, nameTile, tileBounds, touchesAny, visibleTiles } from './tiles';

interface Options {
  /** A tile has arrived or failed. */
  onChange(): void;
  onError(error: unknown): void;
}

const tileCapacity = 256;

/** The tiles of a matrix that are wanted, there and drawn. */
export class HeatTiles {
  private loader: TileLoader;
  /** What was drawn of the matrix before; it stays beneath until the new one is there. */
  private stale: readonly LoadedTile[] = [];
  private drawn: readonly LoadedTile[] = [];
  private wantedNames = '';

  constructor(
    source: TileSource,
    private readonly options: Options,
  ) {
    this.loader = this.open(source);
  }

  /** Goes on with another matrix; what was drawn stays until that is there where it has the same size. */
  turnTo(source: TileSource, isSameSize: boolean): void {
    this.stale = isSameSize ? this.drawn : [];
    this.loader.dispose();
    this.loader = this.open(source);
    this.wantedNames = '';
  }

  /** Asks for the tiles of a level that `view` touches; returns what there is to draw meanwhile, later ones above. */
  show(view: Bounds, level: number, size: MatrixSize): readonly LoadedTile[] {
    const wanted = visibleTiles(view, level, size);
    const names = wanted.map(nameTile).join(' ');
    if (names !== this.wantedNames) {
      this.wantedNames = names;
      this.loader.want(wanted);
    }
    const missing = wanted
      .filter((tile) => this.loader.get(tile) === undefined)
      .map((tile) => tileBounds(tile, size));
    if (missing.length === 0) this.stale = [];
    const present = wanted.flatMap((tile) => this.loader.get(tile) ?? []);
    const others = this.loader
      .all()
      .filter((tile) => tile.id.level !== level && touchesAny(tile.id, missing, size))
      .sort((a, b) => b.id.level - a.id.level);
    this.drawn = [...this.stale, ...others, ...present];
    return this.drawn;
  }

  /** Keys of all tiles that are there, drawn or not. */
  get keptKeys(): ReadonlySet<string> {
    return new Set(this.loader.all().map(({ key }) => key));
  }

  get pendingCount(): number {
    return this.loader.pendingCount;
  }

  get failedCount(): number {
    return this.loader.failedCount;
  }

  /** The value of the cell of a level that holds a pair; null where its tile is not there or it is empty. */
  valueAt(row: number, column: number, level: number): number | null {
    const { tile, offset } = locateCell(row, column, level);
    const value = this.loader.get(tile)?.values[offset];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  /** Tries failed tiles again. */
  retry(): void {
    this.loader.retry();
  }

  dispose(): void {
    this.loader.dispose();
  }

  private open(source: TileSource): TileLoader {
    const { onChange, onError } = this.options;
    return new TileLoader({ source, capacity: tileCapacity, onChange, onError });
  }
}
