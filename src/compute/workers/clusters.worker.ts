import { createClusterJobs } from '@/compute/jobs/cluster-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, createClusterJobs());
