// The part of TensorFlow.js that the contests use.

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface TensorModule {
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  transpose(tensor: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor;
}
