import { expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { averagesCsv, correspondenceCsv, disagreementCsv, movesCsv } from './disagreement-csv';

const texts = packTexts(['oak', '=1+1', 'elm, "old"', 'ash']);

it('writes rows with what is near them in one run, in both and in the other, nearest first', async () => {
  const csv = await disagreementCsv({
    dataset: { texts },
    a: { id: 'm#1' },
    b: { id: 'n#2' },
    rows: [
      { row: 2, position: 1, shared: 2 },
      { row: 1, position: 0, shared: 0 },
    ],
    k: 2,
    lists: {
      a: { ids: Int32Array.of(2, 0, 3, 0, 1, 1), k: 3 },
      b: { ids: Int32Array.of(3, -1, 0, 1), k: 2 },
    },
  });
  expect(csv).toBe(
    'row,text,shared,of,only in m#1,in both,only in n#2\n2,"elm, ""old""",2,2,,0 1,\n1,\'=1+1,0,2,2 0,,3\n',
  );
});

it('writes averages, moves and clusters a line each', () => {
  expect(averagesCsv('kind', 'no value', [{ group: -1, name: '', rows: [0, 3], meanShared: 1.5 }], 10)).toBe(
    'kind,rows,mean_shared,of\nno value,2,1.5,10\n',
  );
  const textOf = (row: number) => ['oak', '=1+1'][row]!;
  expect(movesCsv([{ rows: [0, 1], title: 'Trees', reason: 'Near elm in one only.' }], textOf)).toBe(
    "group,row,text,title,reason\n1,0,oak,Trees,Near elm in one only.\n1,1,'=1+1,Trees,Near elm in one only.\n",
  );
  const csv = correspondenceCsv(
    { a: { run: { id: 'm' }, names: ['x', 'y'] }, b: { run: { id: 'n' }, names: ['z'] } },
    { counts: Uint32Array.of(4, 0), columns: 1, onlyInA: Uint32Array.of(0, 2), onlyInB: Uint32Array.of(3) },
  );
  expect(csv).toBe('m,n,rows\nx,z,4\ny,,2\n,z,3\n');
});
