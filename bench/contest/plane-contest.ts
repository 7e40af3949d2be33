import { ourPlane } from './our-engine';
import type { OpenContest } from './task';

/** PCA to two dimensions. */
export const openPlaneContest: OpenContest = ({ n, d }, { rows }, { kernels }) => {
  let ours = new Float32Array();
  return {
    contenders: {
      ours: {
        run() {
          ours = ourPlane(kernels, rows, n, d) as Float32Array<ArrayBuffer>;
        },
        read: () => ours,
      },
    },
  };
};
