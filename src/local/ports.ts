import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The port of a server that listens on TCP. */
export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  return address.port;
}

export interface Reservation {
  port: number;
  /** Lets the port go, right before the server that is to have it starts. */
  release(): Promise<void>;
}

/** `preferred` when nobody has it, else any free port, kept from others until it is released. */
export async function reservePort(host: string, preferred = 0): Promise<Reservation> {
  const holder = createServer((socket) => socket.destroy());
  try {
    holder.listen({ port: preferred, host, exclusive: true });
    await once(holder, 'listening');
  } catch (error) {
    if (preferred === 0) throw error;
    return reservePort(host);
  }
  return {
    port: portOf(holder.address()),
    release: async () => {
      if (!holder.listening) return;
      holder.close();
      await once(holder, 'close');
    },
  };
}

/** A port that is free at this moment; another process may still take it before it is used. */
export async function freePort(host: string, preferred = 0): Promise<number> {
  const reservation = await reservePort(host, preferred);
  await reservation.release();
  return reservation.port;
}
