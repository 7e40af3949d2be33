import { Layer, OrthographicViewport } from '@deck.gl/core';
import { Texture } from '@luma.gl/core';
import { Model } from '@luma.gl/engine';
import { type PointLayerProps, pointLayerDefaults } from './point-layer';
import { PointRaster, rasterRoom } from './point-raster';
import pointsWasm from './points.wasm?url&inline';
import { openStampSpace } from './stamp-space';

const uniformBlock = `\
layout(std140) uniform pictureUniforms {
  vec2 corner;
} picture;
`;

const pictureModule = {
  name: 'picture',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: { corner: 'vec2<f32>' },
} as const;

/** One triangle that covers all. */
const vertexShader = `#version 300 es
#define SHADER_NAME point-picture-vertex
void main(void) {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}
`;

const fragmentShader = `#version 300 es
#define SHADER_NAME point-picture-fragment
precision highp float;
uniform highp sampler2D pictureTexture;
out vec4 fragColor;
void main(void) {
  fragColor = texelFetch(pictureTexture, ivec2(gl_FragCoord.xy - picture.corner), 0);
}
`;

interface PointRasterLayerState {
  [key: string]: unknown;
  model?: Model;
  raster: PointRaster;
  texture: Texture | null;
  /** What the picture in the texture was made of. */
  drawn: readonly unknown[];
}

/** Draws what `PointLayer` draws where there is no graphics card: points into a picture, and the picture onto the canvas. */
export class PointRasterLayer extends Layer<PointLayerProps> {
  static override layerName = 'PointRasterLayer';
  static override defaultProps = pointLayerDefaults;

  declare state: PointRasterLayerState;

  override initializeState(): void {
    const model = new Model(this.context.device, {
      ...super.getShaders({ vs: vertexShader, fs: fragmentShader, modules: [pictureModule] }),
      id: this.props.id,
      topology: 'triangle-list',
      vertexCount: 3,
      isInstanced: false,
    });
    this.setState({
      model,
      raster: new PointRaster(openStampSpace(...rasterRoom, kernelBytes())),
      texture: null,
      drawn: [],
    });
  }

  override updateState(): void {
    this.setNeedsRedraw();
  }

  override draw(): void {
    const { model } = this.state;
    const { viewport, renderPass, device } = this.context;
    if (model === undefined || !(viewport instanceof OrthographicViewport)) return;
    const canvas = device.getDefaultCanvasContext();
    const pixelRatio = canvas.cssToDeviceRatio();
    const pane = paneInPixels(viewport, pixelRatio, canvas.getDrawingBufferSize()[1]);
    if (pane.width === 0 || pane.height === 0) return;
    const texture = this.paint(viewport, pane, pixelRatio);
    model.shaderInputs.setProps({ picture: { corner: [pane.x, pane.y] } });
    model.setBindings({ pictureTexture: texture });
    model.draw(renderPass);
  }

  override finalizeState(context: this['context']): void {
    super.finalizeState(context);
    this.state.texture?.destroy();
  }

  /** The texture with the points, drawn anew only where something differs from what is in it. */
  private paint(
    viewport: OrthographicViewport,
    { width, height }: PaneInPixels,
    pixelRatio: number,
  ): Texture {
    const { raster, texture: known } = this.state;
    const [centreX, centreY] = viewport.target;
    const scale = 2 ** viewport.zoom;
    const scaleX = (scale * width) / viewport.width;
    const scaleY = (scale * height) / viewport.height;
    const { start, end, progress, colours, dims, sizes, radiusPx, edgePx, pointOpacity } = this.props;
    const drawn = [
      ...[width, height, centreX, centreY, scaleX, scaleY, pixelRatio],
      ...[start, end, progress, colours, dims, sizes, radiusPx, edgePx, pointOpacity],
      ...[...this.props.dimColour, ...this.props.edgeColour],
    ];
    if (known !== null && drawn.every((value, index) => value === this.state.drawn[index])) return known;
    const fits = known !== null && known.width === width && known.height === height;
    if (!fits) known?.destroy();
    const texture = fits ? known : this.createTexture(width, height);
    raster.draw(this.props, { width, height, centreX, centreY, scaleX, scaleY, pixelRatio });
    const { buffer, byteOffset, byteLength } = raster.pixels;
    texture.writeData(new Uint8Array(buffer, byteOffset, byteLength), {
      byteOffset: 4 * raster.first,
      bytesPerRow: 4 * raster.stride,
    });
    // Not by setState, which would ask for another frame.
    Object.assign(this.state, { texture, drawn });
    return texture;
  }

  private createTexture(width: number, height: number): Texture {
    return this.context.device.createTexture({
      format: 'rgba8unorm',
      width,
      height,
      usage: Texture.SAMPLE | Texture.COPY_DST,
      sampler: { minFilter: 'nearest', magFilter: 'nearest' },
    });
  }
}

/** The kernel lies in the script: a report has no other file, and a few hundred bytes are not worth a request. */
function kernelBytes(): Uint8Array<ArrayBuffer> {
  const [, base64 = ''] = pointsWasm.split(',');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

interface PaneInPixels {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a viewport (CSS pixels, y down) lies in the canvas, in whole pixels from the bottom, cut off as WebGL cuts off what Deck tells it. */
function paneInPixels(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  pixelRatio: number,
  canvasHeight: number,
): PaneInPixels {
  return {
    x: Math.trunc(x * pixelRatio),
    y: Math.trunc(canvasHeight - (y + height) * pixelRatio),
    width: Math.trunc(width * pixelRatio),
    height: Math.trunc(height * pixelRatio),
  };
}
