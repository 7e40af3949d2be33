import { loadAsset } from '@/compute/jobs/load-asset';
import { createMatrixJobs } from '@/compute/jobs/matrix-jobs';
import { serveJobs } from '@/compute/serve-jobs';
import { loadKernels, plainKernels } from '@/kernels/kernels';
import kernelsUrl from '@/kernels/kernels.wasm?url';
import pictureUrl from '@/kernels/picture.wasm?url';

const kernels = Promise.all([loadAsset(kernelsUrl), loadAsset(pictureUrl).catch(() => null)])
  .then(([bytes, pictureBytes]) => loadKernels(bytes, pictureBytes))
  .catch(plainKernels);

serveJobs(self, createMatrixJobs(kernels));
