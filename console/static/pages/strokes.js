// A drawn signature as the server keeps it.

const MOST_POINTS = 3000;

/** Return lines of `[x, y, milliseconds since the first point]` in whole numbers; of very many points every nth is kept. */
export function compact(strokes) {
  const drawn = strokes.filter(({ points }) => points.length > 0);
  const began = drawn[0]?.points[0].time ?? 0;
  const count = drawn.reduce((sum, { points }) => sum + points.length, 0);
  const every = Math.max(1, Math.ceil(count / MOST_POINTS));
  const kept = (points) => points.filter((_, at) => at % every === 0 || at === points.length - 1);
  return drawn.map(({ points }) => kept(points).map(({ x, y, time }) => [Math.round(x), Math.round(y), Math.round(time - began)]));
}
