import { rowsJobs } from '@/compute/jobs/rows-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, rowsJobs);
