import { ComputeClient } from '@/compute/client';

/** The page's workers. */
export const compute = new ComputeClient();
