/**
 * Spreadsheets as text (RFC 4180), safe to open: a cell that a spreadsheet would take for a formula gets an
 * apostrophe before it, which reading takes away again.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  // Excel takes a file for UTF-8 only when it begins with this mark.
  return `\ufeff${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/**
 * Rows of cells. `;` and tab separate as well, since a spreadsheet saves by its own country's habit. Throws where the text
 * ends inside a cell.
 */
export function readCsv(text: string): readonly (readonly string[])[] {
  const plain = text.replace(/^\ufeff/, '');
  const separator = separatorOf(plain);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < plain.length) {
    const cell = readCell(plain, at, separator);
    row.push(unguarded(cell.value));
    at = cell.end;
    if (plain[at] === separator) {
      at += 1;
      if (at === plain.length) row.push('');
      continue;
    }
    at += plain.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

const formula = /^[=+\-@\t\r\n]/;
const guarded = /^'(?=[=+\-@\t\r\n'])/;

function quoted(cell: string): string {
  const safe = formula.test(cell) || guarded.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

function unguarded(cell: string): string {
  return cell.replace(guarded, '');
}

/** The one that stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const [head = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/);
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function readCell(
  text: string,
  from: number,
  separator: string,
): { readonly value: string; readonly end: number } {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { value: text.slice(from, end), end };
  }
  let end = from + 1;
  while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1;
  if (end >= text.length) throw new Error('the file ends inside a cell: it was cut off');
  return { value: text.slice(from + 1, end).replaceAll('""', '"'), end: end + 1 };
}
