/** What draws: a graphics card, or the processor in its place. */
export type RendererKind = 'card' | 'processor';

/** Names of renderers that have no card: Mesa's, Chromium's, Windows', macOS' and what browsers say instead of a name. */
const processorNames = /llvmpipe|softpipe|swrast|swiftshader|basic render|software/i;

/** What draws where a renderer calls itself so. */
export function kindOfRenderer(name: string): RendererKind {
  return processorNames.test(name) ? 'processor' : 'card';
}

/** The name of what draws for a context, as far as the browser tells it. */
export function nameRenderer(context: WebGL2RenderingContext): string {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  return String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
}
