import { loadAsset } from '@/compute/jobs/load-asset';
import { createProjectionJobs } from '@/compute/jobs/projection-jobs';
import { serveJobs } from '@/compute/serve-jobs';
import kernelsUrl from '@/kernels/umap.wasm?url';
import { loadUmapKernels, plainUmapKernels } from '@/kernels/umap-kernels';

const kernels = loadAsset(kernelsUrl).then(loadUmapKernels).catch(plainUmapKernels);

serveJobs(self, createProjectionJobs(kernels));
