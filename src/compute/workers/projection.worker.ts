import { projectionJobs } from '@/compute/jobs/projection-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, projectionJobs);
