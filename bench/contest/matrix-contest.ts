import { blockedLoop, plainLoop } from './loops';
import { ourCosines } from './our-engine';
import type { Contender, OpenContest } from './task';

/** Multiplications of a slow contender: it does as many rows as they suffice for. */
const slowWork = 2 ** 28;
/** Rows above which n × n is not held. */
const mostHeld = 8192;

/** The full cosine matrix: normalising, and the products of all pairs. */
export const openMatrixContest: OpenContest = ({ n, d }, { rows }, { kernels, tensors }) => {
  const isHeld = n <= mostHeld;
  const out = new Float32Array(isHeld ? n * n : 0);
  const unit = new Float32Array(n * d);
  const norms = new Float32Array(n);
  const height = Math.max(1, Math.min(n, Math.floor(slowWork / (n * d))));
  const band = new Float32Array(height * n);
  const contenders: Record<string, Contender> = {
    ours: {
      run() {
        kernels.normaliseRows(rows, n, d, unit, norms);
        ourCosines(kernels.tileProduct, unit, n, d, isHeld ? out : null);
      },
    },
    ...(kernels.pictureProduct === kernels.tileProduct
      ? {}
      : {
          'ours, fused products of pictures': {
            run() {
              kernels.normaliseRows(rows, n, d, unit, norms);
              ourCosines(kernels.pictureProduct, unit, n, d, isHeld ? out : null);
            },
          },
        }),
    'plain loop': { run: () => plainLoop(rows, n, d, height, band), share: height / n },
    'blocked loop': { run: () => blockedLoop(rows, n, d, height, band), share: height / n },
  };
  if (tensors === null) return { contenders };
  const part = tensors.tensor2d(rows.slice(0, height * d), [height, d]);
  const all = tensors.tensor2d(rows, [n, d]);
  const turned = tensors.transpose(all);
  const multiply = (other: typeof all, isTurned: boolean) => async () => {
    const product = tensors.matMul(part, other, false, isTurned);
    await product.data();
    product.dispose();
  };
  contenders['tfjs-wasm, transposeB'] = { run: multiply(all, true), share: height / n };
  contenders['tfjs-wasm, X and Xᵀ given'] = { run: multiply(turned, false), share: height / n };
  return {
    contenders,
    close() {
      for (const tensor of [part, all, turned]) tensor.dispose();
    },
  };
};
