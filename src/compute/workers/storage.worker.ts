import { storageJobs } from '@/compute/jobs/storage-jobs';
import { serveJobs } from '@/compute/serve-jobs';

serveJobs(self, storageJobs);
