import type { RowGroups } from '@/core/dataset/group-rows';
import { blockMeansOf, placesOf, sharesOf } from '@/core/export/pack-report';
import { unpackNumbers } from '@/core/export/packed-numbers';
import type { ReportData, ReportRun } from '@/core/export/report-data';
import { formatHundredths } from '@/core/similarity/format-similarity';

/** One map of a report with its arrays. */
export interface ReportMap {
  readonly head: ReportData['maps'][number];
  readonly run: ReportRun;
  readonly positions: Float32Array;
  /** rows × k, −1 for none. */
  readonly ids: Int32Array;
  /** rows × k cosines in hundredths. */
  readonly hundredths: Int32Array;
}

export interface ReportMatrix {
  readonly head: NonNullable<ReportData['matrix']>;
  readonly run: ReportRun;
  readonly values: Float32Array;
  /** Dataset rows in their order. */
  readonly rows: Int32Array;
}

/** A report as it is shown. */
export interface Report {
  readonly data: ReportData;
  readonly groups: RowGroups | null;
  readonly own: ReadonlyMap<number, string>;
  /** Where each row lies on the scale that colours it; null where groups do. */
  readonly shares: Float32Array | null;
  readonly maps: readonly ReportMap[];
  readonly matrix: ReportMatrix | null;
}

/** Reads the data of a report file. Throws where they are not those of a report. */
export function openReport(json: string): Report {
  const data = JSON.parse(json) as ReportData;
  if (data.format !== 'murmuration report') throw new Error('These are not the data of a report.');
  const { groups, scale, matrix } = data;
  const runOf = (id: string) => data.runs.find((run) => run.id === id)!;
  return {
    data,
    groups: groups === null ? null : { ...groups, groupOf: unpackNumbers(groups.groupOf) },
    own: new Map(groups?.own ?? []),
    shares: scale === null ? null : sharesOf(scale),
    maps: data.maps.map((head) => ({
      head,
      run: runOf(head.run),
      positions: placesOf(data, head),
      ids: unpackNumbers(head.ids),
      hundredths: unpackNumbers(head.similarities),
    })),
    matrix:
      matrix === null
        ? null
        : {
            head: matrix,
            run: runOf(matrix.run),
            values: blockMeansOf(matrix),
            rows: unpackNumbers(matrix.rows),
          },
  };
}

/** The nearest of a row in one map's run, as they are listed on the page; empty without a vector. */
export function nearestOf({ head, ids, hundredths }: ReportMap, row: number) {
  return Array.from({ length: head.k }, (_, i) => ({
    row: ids[row * head.k + i]!,
    similarity: formatHundredths(hundredths[row * head.k + i]! / 100),
  })).filter((near) => near.row >= 0);
}

/** What a row is called where its text is not in the file. */
export function textOf({ data }: Report, row: number): string {
  return data.texts?.[row] ?? `row ${row}`;
}

/** What colours a row, in words: its value on the scale, else its group; empty where it has none. */
export function colourWordsOf(report: Report, row: number): string {
  const { scale } = report.data;
  if (scale === null) return groupNameOf(report, row);
  const value = scale.words[row] ?? '';
  return value === '' ? '' : `${scale.title} ${value}`;
}

/** The group of a row by name; empty where it has none. */
export function groupNameOf({ groups }: Report, row: number): string {
  return groups?.names[groups.groupOf[row] ?? -1] ?? '';
}
