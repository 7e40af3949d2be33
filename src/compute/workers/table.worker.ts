import { tableJobs } from '@/compute/jobs/table-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, tableJobs);
