import { describe, expect, it } from 'vitest';
import { kindOfRenderer } from './renderer-kind';

describe('kindOfRenderer', () => {
  it.each([
    'ANGLE (Mesa, llvmpipe (LLVM 19.1.7, 256 bits), OpenGL ES 3.2)',
    'llvmpipe, or similar',
    'softpipe',
    'Mesa DRI swrast',
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'Google SwiftShader',
    'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'Apple Software Renderer',
    'Software Rasterizer',
  ])('has the processor draw for %s', (name) => {
    expect(kindOfRenderer(name)).toBe('processor');
  });

  it.each([
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL ES 3.2)',
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 (0x00002786) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)',
    'AMD Radeon RX 6600 (radeonsi, navi23, LLVM 17.0.6)',
    'Mesa Intel(R) Xe Graphics (TGL GT2)',
    'Adreno (TM) 640',
    'Mali-G78',
    'WebKit WebGL',
    '',
  ])('leaves it to the card for %s', (name) => {
    expect(kindOfRenderer(name)).toBe('card');
  });
});
