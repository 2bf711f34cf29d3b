import os from 'node:os';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  platform: string;
  node: string;
  postgres: string;
}

export const describeMachine = (postgres: string): Machine => ({
  cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
  cores: os.availableParallelism(),
  memoryGiB: Math.round(os.totalmem() / 1024 ** 3),
  platform: `${os.type()} ${os.release()} ${os.arch()}`,
  node: process.versions.node,
  postgres,
});
