import type { FastifyReply } from 'fastify';
import { PAGE_POLICY } from './page.js';

/** A page of its own: kept nowhere, found by no search engine, framed by nobody. */
export function sendPage(reply: FastifyReply, status: number, html: string): void {
  void reply
    .status(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Content-Security-Policy', PAGE_POLICY)
    .header('X-Robots-Tag', 'noindex, nofollow')
    .send(html);
}
