import { Layer, OrthographicViewport, type UpdateParameters } from '@deck.gl/core';
import { Texture } from '@luma.gl/core';
import { Geometry, Model } from '@luma.gl/engine';
import { paletteTable, parseHex } from './palettes';
import { flatParameters } from './point-layer';
import type { LoadedTile } from './tile-loader';
import { type MatrixSize, tileBounds, tileCells } from './tiles';

/** What a heat layer draws. */
export interface HeatLayerProps {
  size: MatrixSize;
  /** Tiles in drawing order, later ones above. */
  tiles: readonly LoadedTile[];
  /** Keys of tiles whose textures may be kept although they are not drawn now. */
  keptKeys: ReadonlySet<string>;
  /** What the two ends of the palette stand for: values, or what the curve makes of them. */
  range: readonly [number, number];
  /** What a value stands for where that is not the value: evenly spaced from −1 to 1, up to 4,096 steps. */
  curve: Float32Array | null;
  palette: readonly string[];
  emptyColour: string;
}

const emptyValue = -1e30;
const paletteSteps = 256;
/** The curve lies in a square texture: not every device takes 4,096 in a row. */
const curveWidth = 64;

const uniformBlock = `\
layout(std140) uniform heatUniforms {
  vec4 clipRect;
  vec4 cellRect;
  vec4 emptyColour;
  float low;
  float high;
  float curveSteps;
} heat;
`;

const heatModule = {
  name: 'heat',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: {
    clipRect: 'vec4<f32>',
    cellRect: 'vec4<f32>',
    emptyColour: 'vec4<f32>',
    low: 'f32',
    high: 'f32',
    curveSteps: 'f32',
  },
} as const;

const vertexShader = `#version 300 es
#define SHADER_NAME heat-vertex
in vec2 positions;
out vec2 vCell;
void main(void) {
  vCell = mix(heat.cellRect.xy, heat.cellRect.zw, positions);
  gl_Position = vec4(mix(heat.clipRect.xy, heat.clipRect.zw, positions), 0.0, 1.0);
}
`;

const fragmentShader = `#version 300 es
#define SHADER_NAME heat-fragment
precision highp float;
precision highp int;
uniform highp sampler2D tileTexture;
uniform highp sampler2D paletteTexture;
uniform highp sampler2D curveTexture;
in vec2 vCell;
out vec4 fragColor;
void main(void) {
  ivec2 cell = clamp(ivec2(floor(vCell)), ivec2(0), ivec2(${tileCells - 1}));
  float value = texelFetch(tileTexture, cell, 0).r;
  if (value < ${(emptyValue / 10).toExponential(1)}) {
    fragColor = heat.emptyColour;
    return;
  }
  if (heat.curveSteps > 0.0) {
    int step = int(clamp(floor((value + 1.0) * 0.5 * heat.curveSteps), 0.0, heat.curveSteps - 1.0));
    value = texelFetch(curveTexture, ivec2(step % ${curveWidth}, step / ${curveWidth}), 0).r;
  }
  float share = clamp((value - heat.low) / (heat.high - heat.low), 0.0, 1.0);
  fragColor = texelFetch(paletteTexture, ivec2(int(share * ${paletteSteps - 1}.0 + 0.5), 0), 0);
}
`;

interface HeatLayerState {
  [key: string]: unknown;
  model?: Model;
  paletteTexture?: Texture;
  curveTexture?: Texture;
  textures: Map<string, Texture>;
}

/** Draws tiles of values; colours are looked up in the shader, so that a new range or palette touches no tile. */
export class HeatLayer extends Layer<HeatLayerProps> {
  static override layerName = 'HeatLayer';
  static override defaultProps = {
    size: { type: 'object', value: { rows: 0, columns: 0 } },
    tiles: { type: 'array', value: [] },
    keptKeys: { type: 'object', value: new Set<string>() },
    range: { type: 'array', value: [0, 1], compare: true },
    curve: { type: 'object', value: null, optional: true },
    palette: { type: 'array', value: ['#000000'] },
    emptyColour: '#000000',
    parameters: { type: 'object', value: flatParameters, compare: 2 },
  };

  declare state: HeatLayerState;

  override initializeState(): void {
    const model = new Model(this.context.device, {
      ...super.getShaders({ vs: vertexShader, fs: fragmentShader, modules: [heatModule] }),
      id: this.props.id,
      geometry: new Geometry({
        topology: 'triangle-strip',
        attributes: { positions: { size: 2, value: new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]) } },
      }),
      isInstanced: false,
    });
    this.setState({ model, textures: new Map() });
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const { textures, paletteTexture } = this.state;
    if (props.palette !== oldProps.palette || paletteTexture === undefined) {
      paletteTexture?.destroy();
      this.setState({
        paletteTexture: this.createTexture(
          'rgba8unorm',
          paletteSteps,
          1,
          paletteTable(props.palette, paletteSteps),
        ),
      });
    }
    if (props.curve !== oldProps.curve || this.state.curveTexture === undefined) {
      this.state.curveTexture?.destroy();
      const values = new Float32Array(curveWidth * curveWidth);
      values.set(props.curve ?? []);
      this.setState({ curveTexture: this.createTexture('r32float', curveWidth, curveWidth, values) });
    }
    const drawn = new Set(props.tiles.map((tile) => tile.key));
    for (const [key, texture] of textures) {
      if (drawn.has(key) || props.keptKeys.has(key)) continue;
      texture.destroy();
      textures.delete(key);
    }
    for (const tile of props.tiles) {
      if (textures.has(tile.key)) continue;
      const values = tile.values.map((value) => (Number.isNaN(value) ? emptyValue : value));
      textures.set(tile.key, this.createTexture('r32float', tileCells, tileCells, values));
    }
    this.setNeedsRedraw();
  }

  override draw(): void {
    const { model, paletteTexture, curveTexture, textures } = this.state;
    const { viewport, renderPass } = this.context;
    if (model === undefined || paletteTexture === undefined || curveTexture === undefined) return;
    if (!(viewport instanceof OrthographicViewport)) return;
    const { size, tiles, range, curve, emptyColour } = this.props;
    const [low, high] = range;
    const scale = 2 ** viewport.zoom;
    const [centreX, centreY] = viewport.target;
    const clipX = (column: number): number => ((column - centreX) * scale * 2) / viewport.width;
    const clipY = (row: number): number => ((centreY - row) * scale * 2) / viewport.height;
    for (const tile of tiles) {
      const texture = textures.get(tile.key);
      if (texture === undefined) continue;
      const box = tileBounds(tile.id, size);
      const cell = 2 ** tile.id.level;
      model.shaderInputs.setProps({
        heat: {
          clipRect: [clipX(box.minX), clipY(box.minY), clipX(box.maxX), clipY(box.maxY)],
          cellRect: [0, 0, (box.maxX - box.minX) / cell, (box.maxY - box.minY) / cell],
          emptyColour: [...parseHex(emptyColour).map((channel) => channel / 255), 1],
          low,
          high: high > low ? high : low + 1e-6,
          curveSteps: curve?.length ?? 0,
        },
      });
      model.setBindings({ tileTexture: texture, paletteTexture, curveTexture });
      model.draw(renderPass);
    }
  }

  override finalizeState(context: this['context']): void {
    super.finalizeState(context);
    this.state.paletteTexture?.destroy();
    this.state.curveTexture?.destroy();
    for (const texture of this.state.textures.values()) texture.destroy();
  }

  private createTexture(
    format: 'r32float' | 'rgba8unorm',
    width: number,
    height: number,
    data: Float32Array | Uint8Array,
  ): Texture {
    const texture = this.context.device.createTexture({
      format,
      width,
      height,
      usage: Texture.SAMPLE | Texture.COPY_DST,
      sampler: { minFilter: 'nearest', magFilter: 'nearest' },
    });
    texture.writeData(data);
    return texture;
  }
}
