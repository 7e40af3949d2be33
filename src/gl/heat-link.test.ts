import { expect, it } from 'vitest';
import { HeatLink, type LinkedHeat } from './heat-link';

it('tells the others, once, even where they would tell in turn', () => {
  const link = new HeatLink();
  const heard: string[] = [];
  const member = (name: string): LinkedHeat => ({
    followCamera(camera, isFitted) {
      heard.push(`${name} ${camera.zoom} ${isFitted}`);
      link.tellCamera(this, camera, isFitted);
    },
    followCell: (cell) => heard.push(`${name} ${cell?.row ?? 'none'}`),
  });
  const [a, b, c] = ['a', 'b', 'c'].map(member) as [LinkedHeat, LinkedHeat, LinkedHeat];
  link.join(a);
  const leave = link.join(b);
  link.join(c);
  link.tellCamera(a, { x: 0, y: 0, zoom: 3 }, true);
  link.tellCell(c, { row: 7, column: 1 });
  leave();
  link.tellCell(c, null);
  expect(heard).toEqual(['b 3 true', 'c 3 true', 'a 7', 'b 7', 'a none']);
});
