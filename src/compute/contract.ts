import { type ComparisonContract, comparisonLanes } from '@/compute/comparison-contract';
import { type MapContract, mapLanes } from '@/compute/map-contract';
import { type MatrixContract, matrixLanes } from '@/compute/matrix-contract';
import { type StorageContract, storageLanes } from '@/compute/storage-contract';
import { type TableContract, tableLanes } from '@/compute/table-contract';

export type {
  KeyedOrder,
  MatrixId,
  MatrixShape,
  MatrixSource,
  SharedLists,
  SharedMatrix,
} from '@/compute/matrix-contract';
export type { DatasetSummary, KeptSpace } from '@/compute/storage-contract';
export type { RowsToWrite, SessionHead, TableHead, TableSource } from '@/compute/table-contract';

/**
 * Every job the workers do: arguments, result and progress. The wire messages derive from this map, so a new job is one
 * entry in the contract of its subject, one in that file's lanes and one function in jobs/.
 */
interface ComputeContract
  extends TableContract,
    StorageContract,
    MatrixContract,
    MapContract,
    ComparisonContract {}

export type JobName = keyof ComputeContract;
export type JobArgs<J extends JobName> = ComputeContract[J]['args'];
export type JobResult<J extends JobName> = ComputeContract[J]['result'];
export type JobProgress<J extends JobName> = ComputeContract[J]['progress'];

/**
 * Which worker does what, so that nothing that cannot be interrupted stands in the way of something else: `table` reads
 * sources, `rows` sorts and searches them, `baseline` learns from texts, `storage` keeps, the `matrix` pool holds embedding matrices (its first worker
 * writes, stores and draws), `clusters` groups and names, `projection` runs layouts.
 */
export type Lane = 'table' | 'rows' | 'baseline' | 'storage' | 'matrix' | 'clusters' | 'projection';

export const jobLanes = {
  ...tableLanes,
  ...storageLanes,
  ...matrixLanes,
  ...mapLanes,
  ...comparisonLanes,
} as const satisfies Record<JobName, Lane>;

export type JobsOf<L extends Lane> = {
  [J in JobName]: (typeof jobLanes)[J] extends L ? J : never;
}[JobName];

export type ToWorker =
  | { [J in JobName]: { type: 'call'; id: number; job: J; args: JobArgs<J> } }[JobName]
  | { type: 'abort'; id: number };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'done'; id: number; result: unknown }
  | { type: 'failed'; id: number; code: string; message: string };
