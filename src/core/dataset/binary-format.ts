interface Signature {
  readonly bytes: readonly number[];
  readonly at?: number;
  readonly format: string;
  readonly advice: string;
}

const spreadsheetAdvice = 'Export the sheet as CSV (UTF-8) and open that.';
const archiveAdvice = 'Unpack it first and open the file inside.';
const tableAdvice = 'Save the table as CSV or JSONL and open that.';
const pictureAdvice = 'Only texts can be read.';

const signatures: readonly Signature[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    format: 'a ZIP archive (Excel and Word files are ZIP archives too)',
    advice: `${spreadsheetAdvice} An archive has to be unpacked first.`,
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    format: 'an older Excel or Word file',
    advice: spreadsheetAdvice,
  },
  { bytes: ascii('PAR1'), format: 'a Parquet file', advice: tableAdvice },
  { bytes: ascii('ARROW1'), format: 'an Arrow file', advice: tableAdvice },
  { bytes: ascii('SQLite format 3'), format: 'an SQLite database', advice: tableAdvice },
  {
    bytes: [0x93, ...ascii('NUMPY')],
    format: 'a NumPy file of numbers',
    advice: 'Open the texts here, as lines, CSV or JSON.',
  },
  {
    bytes: ascii('%PDF-'),
    format: 'a PDF',
    advice: 'Copy its text into a text file, one text a line.',
  },
  { bytes: [0x1f, 0x8b], format: 'a gzip archive', advice: archiveAdvice },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'a Zstandard archive', advice: archiveAdvice },
  { bytes: [0xfd, ...ascii('7zXZ')], format: 'an XZ archive', advice: archiveAdvice },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], format: 'a 7-Zip archive', advice: archiveAdvice },
  { bytes: [0x89, ...ascii('PNG')], format: 'a PNG picture', advice: pictureAdvice },
  { bytes: [0xff, 0xd8, 0xff], format: 'a JPEG picture', advice: pictureAdvice },
  { bytes: ascii('GIF87a'), format: 'a GIF picture', advice: pictureAdvice },
  { bytes: ascii('GIF89a'), format: 'a GIF picture', advice: pictureAdvice },
  { bytes: ascii('WEBP'), at: 8, format: 'a WebP picture', advice: pictureAdvice },
  { bytes: ascii('ftyp'), at: 4, format: 'a video or picture', advice: pictureAdvice },
];

function ascii(letters: string): number[] {
  return Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** A sentence or two naming the binary format that the first bytes give away, or null. */
export function describeBinary(bytes: Uint8Array): string | null {
  for (const { bytes: expected, at = 0, format, advice } of signatures) {
    if (!expected.every((value, i) => bytes[at + i] === value)) continue;
    const isText = expected.every((value) => value < 0x80) && !hasBinaryBytes(bytes);
    if (!isText || format === 'a PDF') return `This is ${format}, not text. ${advice}`;
  }
  return null;
}

/** A text may begin with the letters of a signature; a binary file has bytes beside them that no text has. */
function hasBinaryBytes(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, 512)
    .some((value) => value < 0x09 || (value > 0x0d && value < 0x20 && value !== 0x1b));
}
