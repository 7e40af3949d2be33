/**
 * An OpenAI-compatible server that answers at once: every vector is made before it listens. Runs as a process of its own, so
 * that it takes no time from who measures. `--rows N --dimensions D`; prints its address when it is ready.
 *
 * GET /v1/models lists models `bench/D-1` to `bench/D-9`, which all give the same vectors; POST /v1/embeddings finds a
 * text's vector by the number it begins with; GET /log tells what was asked since the last call.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { rows: { type: 'string' }, dimensions: { type: 'string' } },
});
const rows = Number(options.rows);
const dimensions = Number(options.dimensions);

const vectors = makeUnitRows();
const openings = Buffer.from('{"object":"embedding","index":');
const encodedLength = Buffer.from(vectors.buffer, 0, dimensions * 4).toString('base64').length;
const encoded = Buffer.alloc(rows * encodedLength);
for (let row = 0; row < rows; row++) {
  const bytes = Buffer.from(vectors.buffer, row * dimensions * 4, dimensions * 4);
  encoded.write(bytes.toString('base64'), row * encodedLength, 'latin1');
}

let log = { batches: [], inFlight: 0, mostInFlight: 0 };
const cors = { 'Access-Control-Allow-Origin': '*' };
const modelIds = Array.from({ length: 9 }, (_, i) => `bench/${dimensions}-${i + 1}`);

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (request.method === 'OPTIONS') {
    response.writeHead(204, {
      ...cors,
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    });
    response.end();
  } else if (request.method === 'GET' && path === '/v1/models') {
    sendJson(response, 200, {
      object: 'list',
      data: modelIds.map((id) => ({ id, object: 'model', modality: 'embedding' })),
    });
  } else if (request.method === 'GET' && path === '/log') {
    sendJson(response, 200, log);
    log = { batches: [], inFlight: log.inFlight, mostInFlight: log.inFlight };
  } else if (request.method === 'POST' && path === '/v1/embeddings') {
    log.inFlight++;
    log.mostInFlight = Math.max(log.mostInFlight, log.inFlight);
    response.once('close', () => log.inFlight--);
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => embed(JSON.parse(Buffer.concat(parts).toString()), response));
  } else {
    sendJson(response, 404, {
      error: { message: `Nothing is at ${request.method} ${path}.`, code: 'not_found' },
    });
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

function embed({ model, input, encoding_format: encoding }, response) {
  const texts = Array.isArray(input) ? input : [input];
  log.batches.push(texts.length);
  const pieces = [Buffer.from('{"object":"list","data":[')];
  texts.forEach((text, index) => {
    const row = rowOf(text);
    const isBase64 = encoding === 'base64';
    pieces.push(openings, Buffer.from(`${index},"embedding":${isBase64 ? '"' : ''}`));
    if (isBase64) pieces.push(encoded.subarray(row * encodedLength, (row + 1) * encodedLength));
    else {
      const numbers = Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions));
      pieces.push(Buffer.from(JSON.stringify(numbers)));
    }
    pieces.push(Buffer.from(`${isBase64 ? '"' : ''}}${index === texts.length - 1 ? '' : ','}`));
  });
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  const usage = JSON.stringify({ prompt_tokens: tokens, total_tokens: tokens });
  pieces.push(Buffer.from(`],"model":${JSON.stringify(model)},"usage":${usage}}`));
  send(response, 200, Buffer.concat(pieces));
}

/** The number a text begins with; a text without one gets the vector of the row its letters add up to. */
function rowOf(text) {
  const number = Number.parseInt(text, 10);
  const sum = Number.isNaN(number)
    ? [...text].reduce((all, letter) => all + letter.codePointAt(0), 0)
    : number;
  return sum % rows;
}

function sendJson(response, status, value) {
  send(response, status, Buffer.from(JSON.stringify(value)));
}

function send(response, status, body) {
  response.writeHead(status, { ...cors, 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}

/** Seeded rows of length 1 (a 32-bit xorshift, numbers spread evenly around 0). */
function makeUnitRows() {
  let state = 20_261_122;
  const made = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let k = 0; k < dimensions; k++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const value = state / 2 ** 31;
      made[row * dimensions + k] = value;
      squares += value * value;
    }
    const factor = 1 / Math.sqrt(squares);
    for (let k = 0; k < dimensions; k++) made[row * dimensions + k] *= factor;
  }
  return made;
}
