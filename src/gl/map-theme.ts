import type { MapTheme } from './map-content';

/** The colours a map takes from the page's tokens (ui/tokens.css), as the drawing code needs them. */
export function mapTheme(isDark: boolean): MapTheme {
  return isDark
    ? { canvas: '#101318', text: '#E8EBEF', accent: '#8E8CF5', line: '#87919E', context: '#3A424D' }
    : { canvas: '#FFFFFF', text: '#171B21', accent: '#4B49C9', line: '#67707C', context: '#C9CED6' };
}
