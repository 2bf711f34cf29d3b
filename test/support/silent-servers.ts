import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

/** Where a mail server falls silent: the last thing that it has heard, or nothing at all. */
export const SMTP_MOMENTS = [
  'connected',
  'EHLO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'text',
] as const;
export type SmtpMoment = (typeof SMTP_MOMENTS)[number];
/** It reads no further than the beginning of the text, and so the rest stays with who sends it. */
type Moment = SmtpMoment | 'half';

const ANSWERS: Record<string, string> = {
  AUTH: '235 ok',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
};

/** Talks as a mail server does until a moment, and says nothing more. It tells when its peer is gone. */
export class SilentServer {
  readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer();

  private constructor(readonly onSocket: (socket: net.Socket) => void) {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
      onSocket(socket);
    });
  }

  /** One that takes connections and says nothing: greets nobody, shakes no hands. */
  static mute(): Promise<SilentServer> {
    return SilentServer.start((socket) => socket.resume());
  }

  static smtp(moment: Moment): Promise<SilentServer> {
    return SilentServer.start((socket) => talk(socket, moment));
  }

  /** One that has begun to answer a request by HTTP: its headers, and half of its body. */
  static http(): Promise<SilentServer> {
    return SilentServer.start((socket) => {
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"code"',
        ),
      );
    });
  }

  private static async start(onSocket: (socket: net.Socket) => void): Promise<SilentServer> {
    const made = new SilentServer(onSocket);
    made.server.listen(0, '127.0.0.1');
    await once(made.server, 'listening');
    return made;
  }

  get port(): number {
    return Object(this.server.address()).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

function talk(socket: net.Socket, moment: Moment): void {
  let isText = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  if (moment === 'connected') return void socket.resume();
  say('220 here');
  socket.on('data', (chunk) => {
    for (const line of chunk.toString().split('\r\n')) {
      const word = line.split(' ')[0]?.toUpperCase() ?? '';
      if (isText || word === moment || word === '') continue;
      if (word === 'EHLO')
        say(`250-here\r\n250-${moment === 'STARTTLS' ? 'STARTTLS' : 'AUTH PLAIN'}\r\n250 8BITMIME`);
      else say(ANSWERS[word] ?? '500 what');
      if (word === 'DATA') isText = true;
      if (isText && moment === 'half') socket.pause();
    }
  });
}

/** A port that takes no more connections: whoever comes waits at the door. */
export class FullPort {
  private constructor(
    private readonly child: ChildProcess,
    private readonly fillers: readonly net.Socket[],
    readonly port: number,
  ) {}

  static async open(): Promise<FullPort> {
    // Node takes every connection at once, so the one that does not is a process that has been stopped.
    const listen = `const s = require('net').createServer();
      s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port));`;
    const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await once(child.stdout, 'data');
    const port = Number(String(said));
    child.kill('SIGSTOP');
    const fillers = Array.from({ length: 8 }, () =>
      net.connect(port, '127.0.0.1').on('error', () => undefined),
    );
    await Promise.race(fillers.map((socket) => once(socket, 'connect')));
    return new FullPort(child, fillers, port);
  }

  async close(): Promise<void> {
    for (const socket of this.fillers) socket.destroy();
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }
}
