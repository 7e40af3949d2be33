import type { PointMapHandle } from '@/gl/point-map';

/** The maps that Compare has on the screen, for pictures of them; null while none are drawn. */
export const shownMaps: { current: PointMapHandle | null } = { current: null };
