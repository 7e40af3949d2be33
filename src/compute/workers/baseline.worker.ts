import { baselineJobs } from '@/compute/jobs/baseline-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, baselineJobs);
