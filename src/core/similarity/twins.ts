import type { Work } from '@/core/work';
import { rowsPerYield, type UnitRows } from './unit-rows';

/**
 * For each member, in members' order (ascending), the row index of the first member whose vector is the same bit by bit; its
 * own where there is none before it. Hashes every vector once and compares only those with equal hashes.
 */
export function* findTwins(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
}): Work<Int32Array<ArrayBuffer>> {
  const { rows, members } = request;
  const { dims } = rows;
  const bits = new Int32Array(rows.values.buffer, rows.values.byteOffset, rows.values.length);
  const total = members.length;
  const rowsAYield = rowsPerYield(dims);
  const firsts = new Int32Array(total);
  const hashes = new Int32Array(total);
  const slots = new Int32Array(slotCountFor(total)).fill(-1);
  const mask = slots.length - 1;
  for (let member = 0; member < total; member++) {
    const row = members[member]!;
    const hash = hashRow(bits, row * dims, dims);
    hashes[member] = hash;
    let slot = hash & mask;
    firsts[member] = row;
    for (;;) {
      const earlier = slots[slot]!;
      if (earlier === -1) {
        slots[slot] = member;
        break;
      }
      const earlierRow = members[earlier]!;
      if (hashes[earlier] === hash && areEqual(bits, earlierRow * dims, row * dims, dims)) {
        firsts[member] = earlierRow;
        break;
      }
      slot = (slot + 1) & mask;
    }
    if ((member + 1) % rowsAYield === 0) yield { done: member + 1, total };
  }
  return firsts;
}

/** A power of two at least twice the number of members, so that searches in the table stay short. */
function slotCountFor(members: number): number {
  let slots = 2;
  while (slots < members * 2) slots *= 2;
  return slots;
}

function hashRow(bits: Int32Array, start: number, dims: number): number {
  let hash = 0x2545f491;
  for (let at = start; at < start + dims; at++) {
    hash = Math.imul(hash ^ bits[at]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function areEqual(bits: Int32Array, a: number, b: number, dims: number): boolean {
  for (let k = 0; k < dims; k++) if (bits[a + k] !== bits[b + k]) return false;
  return true;
}
