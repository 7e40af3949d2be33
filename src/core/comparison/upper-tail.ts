/**
 * The chance of at least `hits` marked ones among `drawn` out of a population of which `marked` are marked, without putting back:
 * the upper tail of the hypergeometric distribution. 1 for 0 hits, 0 for more than can be.
 */
export function upperTail(request: {
  readonly population: number;
  readonly marked: number;
  readonly drawn: number;
  readonly hits: number;
}): number {
  const { population, marked, drawn, hits } = request;
  const most = Math.min(marked, drawn);
  const least = Math.max(hits, drawn + marked - population, 0);
  if (hits <= drawn + marked - population || hits <= 0) return 1;
  if (least > most) return 0;
  let term = Math.exp(
    logChoose(marked, least) + logChoose(population - marked, drawn - least) - logChoose(population, drawn),
  );
  let sum = 0;
  for (let x = least; x <= most && term > sum * 1e-17; x++) {
    sum += term;
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (population - marked - drawn + x + 1));
  }
  return Math.min(1, sum);
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]!;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
