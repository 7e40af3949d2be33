export interface Job<Args, Result, Progress = never> {
  args: Args;
  result: Result;
  progress: Progress;
}
