import { once } from 'node:events';
import net from 'node:net';
import { Transform } from 'node:stream';

/** A way to a server that can be cut and mended, as when the server or the network goes away, or answers late. */
export class CutOff {
  private readonly sockets = new Set<net.Socket>();
  private isCut = false;
  private isHeldBack = false;
  private readonly held = new Set<() => void>();

  private constructor(
    private readonly server: net.Server,
    readonly port: number,
  ) {}

  static async to(url: string): Promise<CutOff> {
    const { hostname, port } = new URL(url);
    const server = net.createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const way = new CutOff(server, address.port);
    server.on('connection', (near) => way.join(near, net.connect(Number(port), hostname)));
    return way;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  /** What is asked arrives; what is answered waits for `letThrough`. */
  holdBack(): void {
    this.isHeldBack = true;
  }

  letThrough(): void {
    this.isHeldBack = false;
    for (const pass of this.held) pass();
    this.held.clear();
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private holder(): Transform {
    return new Transform({
      transform: (chunk, _encoding, done) => {
        const pass = (): void => done(null, chunk);
        if (this.isHeldBack) this.held.add(pass);
        else pass();
      },
    });
  }

  private join(near: net.Socket, far: net.Socket): void {
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    if (this.isCut) near.destroy();
    else near.pipe(far).pipe(this.holder()).pipe(near);
  }
}
