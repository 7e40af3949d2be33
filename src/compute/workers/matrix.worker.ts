import { loadAsset } from '@/compute/jobs/load-asset';
import { createMatrixJobs } from '@/compute/jobs/matrix-jobs';
import { serveJobs } from '@/compute/serve-jobs';
import { loadKernels, plainKernels } from '@/kernels/kernels';
import kernelsUrl from '@/kernels/kernels.wasm?url';

const kernels = loadAsset(kernelsUrl).then(loadKernels).catch(plainKernels);

serveJobs(self, createMatrixJobs(kernels));
