import { Layer, OrthographicViewport, type UpdateParameters } from '@deck.gl/core';
import { Buffer } from '@luma.gl/core';
import { Model } from '@luma.gl/engine';
import type { Rgb } from './palettes';

/** What a point layer draws; arrays are compared by identity and never changed. */
export interface PointLayerProps {
  /** Id of the view it belongs to. */
  paneKey: string;
  /** Rows × 2 world coordinates that the points come from and go to. */
  start: Float32Array;
  end: Float32Array;
  /** 0 at `start`, 1 at `end`. */
  progress: number;
  /** Rows × 4 RGBA bytes; alpha 0 leaves a row out. */
  colours: Uint8Array;
  /** How each row is drawn (`dimRows`): grey ones smaller and beneath the others, hidden ones hollow, both in `dimColour`; null for none. */
  dims: Uint8Array | null;
  dimColour: Rgb;
  radiusPx: number;
  /** By how much each row's radius differs, 1 for not; null for none. */
  sizes: Float32Array | null;
  /** 0 to 1. */
  pointOpacity: number;
  /** Width of the edge around each point and its colour. */
  edgePx: number;
  edgeColour: Rgb;
}

const uniformBlock = `\
layout(std140) uniform pointsUniforms {
  vec2 centre;
  vec2 clipScale;
  vec4 edgeColour;
  vec4 dimColour;
  float progress;
  float radiusPx;
  float edgePx;
  float pixelRatio;
  float dimPass;
  float opacity;
} points;
`;

const pointsModule = {
  name: 'points',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: {
    centre: 'vec2<f32>',
    clipScale: 'vec2<f32>',
    edgeColour: 'vec4<f32>',
    dimColour: 'vec4<f32>',
    progress: 'f32',
    radiusPx: 'f32',
    edgePx: 'f32',
    pixelRatio: 'f32',
    dimPass: 'f32',
    opacity: 'f32',
  },
} as const;

const vertexShader = `#version 300 es
#define SHADER_NAME point-list-vertex
in vec2 startPositions;
in vec2 endPositions;
in vec4 colours;
in float dims;
in float sizes;
out vec4 vColour;
out float vInnerPx;
out float vOuterPx;
out float vHollow;
const float ABSENT = 5.0e8;
void main(void) {
  bool isDim = dims > 0.5;
  vec2 start = startPositions.x > ABSENT ? endPositions : startPositions;
  vec2 world = mix(start, endPositions, points.progress);
  float radius = (isDim ? max(points.radiusPx - 0.7, 0.6) : points.radiusPx * sizes) * points.pixelRatio;
  float edge = points.edgePx * points.pixelRatio;
  vInnerPx = radius - edge * 0.5;
  vOuterPx = radius + edge * 0.5;
  vHollow = dims > 1.5 ? points.pixelRatio : 0.0;
  vColour = isDim ? vec4(points.dimColour.rgb, colours.a) : colours;
  bool isOtherPass = isDim != (points.dimPass > 0.5);
  bool isLeftOut = endPositions.x > ABSENT || colours.a == 0.0 || isOtherPass;
  gl_Position = isLeftOut ? vec4(2.0, 2.0, 2.0, 1.0) : vec4((world - points.centre) * points.clipScale, 0.0, 1.0);
  gl_PointSize = 2.0 * vOuterPx + 2.0;
}
`;

const fragmentShader = `#version 300 es
#define SHADER_NAME point-list-fragment
precision highp float;
in vec4 vColour;
in float vInnerPx;
in float vOuterPx;
in float vHollow;
out vec4 fragColor;
void main(void) {
  float distancePx = length(gl_PointCoord - 0.5) * (2.0 * vOuterPx + 2.0);
  float cover = clamp(vOuterPx - distancePx + 0.5, 0.0, 1.0);
  if (cover <= 0.0) discard;
  float edge = points.edgePx > 0.0 ? clamp(distancePx - vInnerPx + 0.5, 0.0, 1.0) : 0.0;
  vec3 colour = mix(vColour.rgb, points.edgeColour.rgb, edge);
  float hole = vHollow > 0.0 ? clamp(vInnerPx - vHollow - distancePx + 0.5, 0.0, 1.0) : 0.0;
  float alpha = cover * vColour.a * points.opacity * (1.0 - hole);
  fragColor = vec4(colour * alpha, alpha);
}
`;

/** Blending for shaders that write colours already multiplied by alpha, without depth. */
export const flatParameters = {
  depthCompare: 'always',
  depthWriteEnabled: false,
  blend: true,
  blendColorOperation: 'add',
  blendColorSrcFactor: 'one',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
} as const;

/** What deck.gl knows of the props of a layer of points. */
export const pointLayerDefaults = {
  paneKey: '',
  start: { type: 'object', value: null },
  end: { type: 'object', value: null },
  progress: 1,
  colours: { type: 'object', value: null },
  dims: { type: 'object', value: null },
  dimColour: { type: 'array', value: [0, 0, 0], compare: true },
  radiusPx: 3,
  sizes: { type: 'object', value: null },
  edgePx: 0,
  pointOpacity: 1,
  edgeColour: { type: 'array', value: [0, 0, 0], compare: true },
  parameters: { type: 'object', value: flatParameters, compare: 2 },
};

interface PointLayerState {
  [key: string]: unknown;
  model?: Model;
  buffers: Record<string, Buffer>;
}

/** Draws a point list, one vertex a row, moving between two arrays of places on the graphics card. */
export class PointLayer extends Layer<PointLayerProps> {
  static override layerName = 'PointLayer';
  static override defaultProps = pointLayerDefaults;

  declare state: PointLayerState;

  override initializeState(): void {
    const model = new Model(this.context.device, {
      ...super.getShaders({ vs: vertexShader, fs: fragmentShader, modules: [pointsModule] }),
      id: this.props.id,
      topology: 'point-list',
      isInstanced: false,
      bufferLayout: [
        { name: 'startPositions', format: 'float32x2' },
        { name: 'endPositions', format: 'float32x2' },
        { name: 'colours', format: 'unorm8x4' },
        { name: 'dims', format: 'float32' },
        { name: 'sizes', format: 'float32' },
      ],
    });
    this.setState({ model, buffers: {} });
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const { model } = this.state;
    if (model === undefined) return;
    const rowCount = Math.floor(props.end.length / 2);
    if (props.start !== oldProps.start) this.upload('startPositions', props.start);
    if (props.end !== oldProps.end) this.upload('endPositions', props.end);
    if (props.colours !== oldProps.colours) this.upload('colours', props.colours);
    const dimsFit = this.state.buffers.dims?.byteLength === Math.max(8, 4 * rowCount);
    if (props.dims !== oldProps.dims || !dimsFit) {
      this.upload('dims', props.dims === null ? new Float32Array(rowCount) : Float32Array.from(props.dims));
    }
    const sizesFit = this.state.buffers.sizes?.byteLength === Math.max(8, 4 * rowCount);
    if (props.sizes !== oldProps.sizes || !sizesFit)
      this.upload('sizes', props.sizes ?? new Float32Array(rowCount).fill(1));
    model.setAttributes(this.state.buffers);
    model.setVertexCount(Math.min(rowCount, Math.floor(props.colours.length / 4)));
    this.setNeedsRedraw();
  }

  override draw(): void {
    const { model } = this.state;
    const { viewport, renderPass, device } = this.context;
    if (model === undefined || !(viewport instanceof OrthographicViewport)) return;
    const { progress, radiusPx, edgePx, pointOpacity, edgeColour, dimColour, dims } = this.props;
    const scale = 2 ** viewport.zoom;
    const uniforms = {
      centre: [viewport.target[0], viewport.target[1]],
      clipScale: [(2 * scale) / viewport.width, (-2 * scale) / viewport.height],
      edgeColour: [...edgeColour.map((channel) => channel / 255), 1],
      dimColour: [...dimColour.map((channel) => channel / 255), 1],
      progress,
      radiusPx,
      edgePx,
      opacity: pointOpacity,
      pixelRatio: device.getDefaultCanvasContext().cssToDeviceRatio(),
    };
    for (const dimPass of dims === null ? [0] : [1, 0]) {
      model.shaderInputs.setProps({ points: { ...uniforms, dimPass } });
      model.draw(renderPass);
    }
  }

  override finalizeState(context: this['context']): void {
    super.finalizeState(context);
    for (const buffer of Object.values(this.state.buffers)) buffer.destroy();
  }

  private upload(name: string, data: Float32Array | Uint8Array): void {
    const { buffers } = this.state;
    const known = buffers[name];
    if (known !== undefined && known.byteLength === data.byteLength) {
      known.write(data);
      return;
    }
    known?.destroy();
    buffers[name] = this.context.device.createBuffer({
      usage: Buffer.VERTEX | Buffer.COPY_DST,
      // A buffer of no bytes cannot be bound.
      data: data.byteLength > 0 ? data : new Float32Array(2),
    });
  }
}
