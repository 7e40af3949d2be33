/** The only request headers a page may send; anything else is refused in the preflight. */
const allowedRequestHeaders: readonly string[] = ['authorization', 'content-type'];

/** A header every answer carries, errors included. */
export const corsHeaders: Readonly<Record<string, string>> = { 'Access-Control-Allow-Origin': '*' };

/** An answer of the given media type, readable across origins. */
export function makeReply(
  status: number,
  body: string | null,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers: { ...corsHeaders, 'Content-Type': contentType, ...headers } });
}

/** An answer whose body is the JSON text of a value. */
export function makeJsonReply(status: number, value: unknown): Response {
  return makeReply(status, JSON.stringify(value), 'application/json');
}

/** An error in the form Featherless and OpenAI use: `{"error":{message,type,param,code}}`. */
export function makeErrorReply(
  status: number,
  code: string,
  message: string,
  param: string | null = null,
): Response {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return makeJsonReply(status, { error: { message, type, param, code } });
}

/** Answers a preflight: GET and POST with the two allowed headers pass, anything else gets a bare 403. */
export function answerPreflight(
  requestedMethod: string | undefined,
  requestedHeaders: string | undefined,
): Response {
  const names = (requestedHeaders ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const refused =
    !['GET', 'POST'].includes(requestedMethod ?? 'GET') ||
    names.some((name) => !allowedRequestHeaders.includes(name));
  if (refused) return new Response(null, { status: 403 });
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders,
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    },
  });
}
