import { nameTile, type TileId } from './tiles';

/** Where the matrix comes from. `key` names the matrix: another key is another picture. */
export interface TileSource {
  key: string;
  /** Resolves to 256 × 256 cell means, row by row, NaN beyond the end. The caller may keep the array and must not change it. */
  load(level: number, rowTile: number, columnTile: number, signal: AbortSignal): Promise<Float32Array>;
}

/** A tile that has arrived. */
export interface LoadedTile {
  id: TileId;
  /** Unique among all sources. */
  key: string;
  values: Float32Array;
}

export interface TileLoaderOptions {
  source: TileSource;
  /** Tiles kept, 256 unless told; those wanted at present are always kept. */
  capacity?: number;
  /** Loads in flight at once, 6 unless told. */
  concurrency?: number;
  /** A tile has arrived or failed. */
  onChange(): void;
  /** A load failed for another reason than being aborted. */
  onError(error: unknown, tile: TileId): void;
}

/** Loads the tiles that are wanted, most wanted first, keeps the lately used and aborts what is no longer wanted. */
export class TileLoader {
  private readonly loaded = new Map<string, LoadedTile>();
  private readonly inFlight = new Map<string, AbortController>();
  private readonly failed = new Set<string>();
  private wanted: readonly TileId[] = [];
  private wantedNames: ReadonlySet<string> = new Set();
  private isDisposed = false;

  constructor(private readonly options: TileLoaderOptions) {}

  /** Says which tiles are wanted, most wanted first. Loads that are no longer wanted are aborted. */
  want(tiles: readonly TileId[]): void {
    this.wanted = tiles;
    this.wantedNames = new Set(tiles.map(nameTile));
    for (const [name, controller] of this.inFlight) {
      if (this.wantedNames.has(name)) continue;
      this.inFlight.delete(name);
      controller.abort();
    }
    for (const name of this.failed) if (!this.wantedNames.has(name)) this.failed.delete(name);
    for (const tile of tiles) this.touch(nameTile(tile));
    this.pump();
  }

  /** The tile if it has arrived. */
  get(tile: TileId): LoadedTile | undefined {
    return this.loaded.get(nameTile(tile));
  }

  /** All tiles that are kept, the least lately used first. */
  all(): readonly LoadedTile[] {
    return [...this.loaded.values()];
  }

  /** Wanted tiles that have neither arrived nor failed. */
  get pendingCount(): number {
    return this.wanted.filter((tile) => {
      const name = nameTile(tile);
      return !this.loaded.has(name) && !this.failed.has(name);
    }).length;
  }

  /** Wanted tiles whose load failed. */
  get failedCount(): number {
    return this.failed.size;
  }

  /** Tries the failed tiles again. */
  retry(): void {
    this.failed.clear();
    this.pump();
  }

  /** Aborts everything and forgets all tiles; no callback comes afterwards. */
  dispose(): void {
    this.isDisposed = true;
    for (const controller of this.inFlight.values()) controller.abort();
    this.inFlight.clear();
    this.loaded.clear();
  }

  private pump(): void {
    const { concurrency = 6 } = this.options;
    for (const tile of this.wanted) {
      if (this.isDisposed || this.inFlight.size >= concurrency) return;
      const name = nameTile(tile);
      if (this.loaded.has(name) || this.inFlight.has(name) || this.failed.has(name)) continue;
      void this.load(tile, name);
    }
  }

  private async load(tile: TileId, name: string): Promise<void> {
    const { source, onChange, onError } = this.options;
    const controller = new AbortController();
    this.inFlight.set(name, controller);
    try {
      const values = await source.load(tile.level, tile.rowTile, tile.columnTile, controller.signal);
      if (controller.signal.aborted || this.isDisposed) return;
      this.loaded.set(name, { id: tile, key: `${source.key}/${name}`, values });
      this.evict();
    } catch (error) {
      if (controller.signal.aborted || this.isDisposed) return;
      this.failed.add(name);
      onError(error, tile);
    } finally {
      if (this.inFlight.get(name) === controller) this.inFlight.delete(name);
    }
    this.pump();
    onChange();
  }

  private touch(name: string): void {
    const tile = this.loaded.get(name);
    if (tile === undefined) return;
    this.loaded.delete(name);
    this.loaded.set(name, tile);
  }

  private evict(): void {
    const { capacity = 256 } = this.options;
    for (const name of this.loaded.keys()) {
      if (this.loaded.size <= capacity) return;
      if (!this.wantedNames.has(name)) this.loaded.delete(name);
    }
  }
}
