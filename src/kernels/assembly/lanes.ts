/** The sum of four i32s. */
@inline
export function sumLanes(values: v128): i32 {
  return (
    i32x4.extract_lane(values, 0) + i32x4.extract_lane(values, 1) + i32x4.extract_lane(values, 2) + i32x4.extract_lane(values, 3)
  );
}
