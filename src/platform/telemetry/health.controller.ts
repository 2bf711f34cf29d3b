import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../config/app-config.js';
import { Refusal } from '../errors/refusal.js';
import { Public } from '../http/public-route.js';
import { metrics } from './metrics.js';
import { MetricsReaders } from './metrics-readers.js';
import { type Readiness, ReadinessProbe } from './readiness.js';

@Public()
@ApiExcludeController()
@Controller()
export class HealthController {
  private readonly readers: MetricsReaders;

  constructor(
    private readonly probe: ReadinessProbe,
    config: AppConfig,
  ) {
    this.readers = new MetricsReaders(config.metricsNetworks);
  }

  /** The process answers; says nothing about what it needs. */
  @Get('health/live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.probe.read();
    if (readiness.status === 'unavailable') void reply.status(503).header('Retry-After', 5);
    return readiness;
  }

  /** Prometheus text; to others than its readers there is no such address. */
  @Get('metrics')
  async metrics(
    @Req() { ip, socket, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const reader = { address: ip, peer: socket.remoteAddress, headers };
    if (!this.readers.has(reader)) throw new Refusal(404, 'ROUTE_UNKNOWN');
    void reply.type(metrics.contentType);
    return metrics.metrics();
  }
}
